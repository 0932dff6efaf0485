import type { Screen, State } from './model.ts';

/** The topmost screen of a kind changed: what it asked for arrives also while another lies over it. */
export function onNearest<K extends Screen['kind']>(
  state: State,
  kind: K,
  change: (screen: Extract<Screen, { kind: K }>) => Screen,
): State {
  const at = state.screens.findLastIndex((screen) => screen.kind === kind);
  if (at < 0) return state;
  const screens = state.screens.with(at, change(state.screens[at] as never));
  return { ...state, screens: screens as unknown as State['screens'] };
}
