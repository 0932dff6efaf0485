/** The output of a run that has not ended, as far as it is known. */
import { isDeepStrictEqual } from 'node:util';
import type { Effect, State } from './model.ts';
import { topScreen } from './stack.ts';
import type { Followed, Live, TextScreen } from './text.ts';

/** The run on the screen that may still print; null where none is, or nothing is to be read. */
export function followedBy(state: State): Followed | null {
  const screen = topScreen(state);
  if (screen.kind !== 'text' || state.pace.paused) return null;
  const { live, execution, job } = screen;
  if (live === undefined || execution === undefined) return null;
  return { name: job, execution, focused: state.pace.focused };
}

/** What follows from another run, or none, being the one on the screen. */
export function followEffects(before: State, after: State): readonly Effect[] {
  const [was, is] = [followedBy(before), followedBy(after)];
  // Nearly always; Node takes milliseconds to load what compares them.
  if (was === null && is === null) return [];
  return isDeepStrictEqual(was, is) ? [] : [{ type: 'follow', run: is }];
}

/** No more of what is told in mid-run is kept, in UTF-16 units: Dkron keeps no more bytes either. */
const mostText = 256_000;

/** With another piece: each begins in a line of its own, for what lay between is not known. */
export function withPiece(screen: TextScreen, live: Live): TextScreen {
  const before = screen.text ?? '';
  if (live.piece === '' || live.piece === screen.live?.piece)
    return { ...screen, text: before, live };
  const glue = before === '' || before.endsWith('\n') ? '' : '\n';
  const text = `${before}${glue}${live.piece}`;
  const over = text.length - mostText;
  return { ...screen, live, text: over > 0 ? text.slice(text.indexOf('\n', over) + 1) : text };
}
