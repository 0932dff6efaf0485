/** Lines that scroll: the part beside or below a list, once tab went there, or a whole text. */
import { firstShown } from '../state/layout.ts';
import type { Screen, State } from '../state/model.ts';
import { topScreen, withTop } from '../state/stack.ts';
import { rowOfScreen } from './table.ts';

export interface Pane {
  readonly screen: Extract<Screen, { readonly top?: number }>;
  readonly lines: number;
  readonly height: number;
  /** First line shown: never past the end. */
  readonly top: number;
}

/** Null where there is none. */
export function paneOf(state: State): Pane | null {
  const screen = topScreen(state);
  const part = rowOfScreen(screen).part?.(state, screen) ?? null;
  if (part === null) return null;
  const { lines, height } = part;
  const scrolling = screen as Pane['screen'];
  const top = part.top ?? firstShown(scrolling.top, lines, height);
  return { screen: scrolling, lines, height, top };
}

/** What the keys that move scroll: the pane when they are in it, or what there is beside no list. */
export function scrolled(state: State): Pane | null {
  const screen = topScreen(state);
  const isText = rowOfScreen(screen).listing === undefined;
  return isText || ('inPane' in screen && screen.inPane) ? paneOf(state) : null;
}

/** The pane with another line on top, as far as it has lines. */
export const scrollPane = (state: State, { screen, lines, height }: Pane, top: number): State =>
  withTop(state, { ...screen, top: firstShown(top, lines, height) });

/** To the other part and back; both stay as they are. */
export const switchPart = (state: State, { screen, top }: Pane): State =>
  withTop(state, {
    ...screen,
    inPane: !('inPane' in screen && screen.inPane),
    left: 0,
    top,
  } as Screen);
