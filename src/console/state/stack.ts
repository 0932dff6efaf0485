/** The stack of screens: the jobs lie at the bottom, the last one is shown. */
import type { Job } from '../../job/job.ts';
import type { JobsScreen, Screen, State } from './model.ts';

export const topScreen = (state: State): Screen => state.screens[state.screens.length - 1]!;

/** The state with another stack; its first screen has to be the jobs. */
export const withScreens = (state: State, screens: readonly Screen[]): State => ({
  ...state,
  screens: screens as unknown as State['screens'],
});

/** The state with its top screen replaced. */
export const withTop = (state: State, screen: Screen): State =>
  withScreens(state, [...state.screens.slice(0, -1), screen]);

export const withJobs = (state: State, screen: JobsScreen): State =>
  withScreens(state, [screen, ...state.screens.slice(1)]);

export const push = (state: State, screen: Screen): State =>
  withScreens(state, [...state.screens, screen]);

export const pop = (state: State): State =>
  state.screens.length === 1 ? state : backTo(state, state.screens.length - 1);

/** Only so many screens are left. What was marked in a plan that is left is there when it is opened again. */
export function backTo(state: State, screens: number): State {
  const left = state.screens.slice(screens).find((screen) => screen.kind === 'plan');
  const kept = left?.kind === 'plan' && left.marks.size > 0 ? left : state.leftPlan;
  return withScreens({ ...state, leftPlan: kept }, state.screens.slice(0, screens));
}

/** The topmost screen of a kind changed: what it asked for arrives also while another lies over it. */
export function onNearest<K extends Screen['kind']>(
  state: State,
  kind: K,
  change: (screen: Extract<Screen, { kind: K }>) => Screen,
): State {
  const at = state.screens.findLastIndex((screen) => screen.kind === kind);
  if (at < 0) return state;
  return withScreens(state, state.screens.with(at, change(state.screens[at] as never)));
}

/** The job that the shown screen is about: under the cursor of the jobs, or the one that was opened. */
export function subject(state: State): Job | null {
  const screen = topScreen(state);
  const name = screen.kind === 'jobs' ? screen.cursor.key : 'job' in screen ? screen.job : null;
  return name === null ? null : (state.jobs.byName.get(name)?.job ?? null);
}

/** Whether the cursor rests on that snapshot, with nothing above it. */
export function restsOnSnapshot(state: State, file: string): boolean {
  const screen = topScreen(state);
  return state.overlay === null && screen.kind === 'snapshots' && screen.cursor.key === file;
}
