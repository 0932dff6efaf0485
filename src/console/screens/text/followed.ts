/** What was seen of a run whose output is on the screen before it ends, and its end. */
import type { Execution } from '../../../dkron/shapes.ts';
import type { RunSight } from '../../../dkron/sight.ts';
import { withPiece } from '../../state/live.ts';
import type { MessageOf } from '../../state/message.ts';
import type { State, Step, TextScreen } from '../../state/model.ts';
import { onNearest } from '../../state/stack.ts';
import type { Live } from '../../state/text.ts';
import { wordsOfRun } from '../runs/words.ts';
import { lineAfter } from './place.ts';
import { firstRowOf } from './rows.ts';
import { isAtEnd, rowsOf, textHeight, toEnd, topOf } from './view.ts';

/** So long nobody may say that he runs it before it counts as lost: a follower hears of ends late, ms. */
const grace = 2_000;

export function followed(
  state: State,
  { name, execution, sight, now }: MessageOf<'followed'>,
): Step {
  const next = onNearest(state, 'text', (screen) => {
    const { live } = screen;
    if (screen.execution !== execution || live === undefined) return screen;
    if (sight.kind === 'ended') return over(state, screen, sight.run);
    const longer = withPiece(screen, seen(live, sight, now));
    return isAtEnd(state, screen) ? { ...longer, top: toEnd } : longer;
  });
  // The list of runs under it has the run without its end.
  return [next, sight.kind === 'ended' ? [{ type: 'load-runs', name }] : []];
}

type NotEnded = Exclude<RunSight, { readonly kind: 'ended' }>;

function seen(live: Live, sight: NotEnded, now: number): Live {
  if (sight.kind === 'runs') {
    const { output } = sight.run;
    return { kind: 'runs', piece: output === '' ? live.piece : output, heardAt: now };
  }
  if (sight.kind === 'untold') return live;
  return now - live.heardAt < grace && live.kind !== sight.kind
    ? live
    : { ...live, kind: sight.kind };
}

/** The whole in place of what was told of it, at the same line, or at its end. */
function over(state: State, screen: TextScreen, run: Execution): TextScreen {
  const whole: TextScreen = {
    ...screen,
    live: undefined,
    text: run.output,
    truncated: run.output_truncated,
    match: undefined,
    ...(screen.run && { run: { ...screen.run, words: wordsOfRun(run) } }),
  };
  if (isAtEnd(state, screen)) return { ...whole, top: toEnd };
  const before = rowsOf(state, screen);
  const line = before.rows[topOf(state, screen)]?.line ?? 0;
  const after = rowsOf(state, whole);
  const row = firstRowOf(after.rows, lineAfter(before.lines, after.lines, line));
  // Without the line above it the text has a row more: what is read stays where it is.
  const higher = textHeight(state, whole) - textHeight(state, screen);
  return { ...whole, top: Math.max(0, row - higher) };
}
