/**
 * What the next console shows before its program is loaded: the frame of the rows that were seen last, as
 * it will paint it then, without what depends on when that is, and without a cursor, since no key works yet.
 */
import { keepFirstFrame } from '../cluster/first-frame.ts';
import type { LastSeen } from '../cluster/last-seen.ts';
import type { Places } from '../config/places.ts';
import type { Target } from '../config/target.ts';
import type { Line } from '../view/line.ts';
import { frameOf } from './frame/frame.ts';
import { noCursor } from './state/cursor.ts';
import type { State } from './state/model.ts';
import { update } from './update/update.ts';

/** @param start the state that a console of this size starts in. */
export function firstFrame(
  start: State,
  { at, count, jobs }: LastSeen,
  of: string,
): readonly Line[] {
  const [there] = update(
    { ...start, now: at },
    {
      type: 'arriving',
      jobs: jobs.map((job) => ({ text: '', job })),
      seenAt: at,
      earlier: { count, of, ageless: true },
    },
  );
  const [first, ...above] = there.screens;
  const { lines } = frameOf({ ...there, screens: [{ ...first, cursor: noCursor }, ...above] });
  // The keys that will work on the first row.
  return [...lines.slice(0, -1), frameOf(there).lines.at(-1)!];
}

interface On {
  readonly target: Target;
  readonly places: Places;
  readonly url: string;
  /** The config file as it was when the target was made of it. */
  readonly config: string;
}

/**
 * Keeps it for a console on a bare address: what a context is called and may do is read in its file first.
 * Throws OperatorError when the disk refuses.
 */
export async function keepFrame(
  { target, places, url, config }: On,
  start: State,
  seen: LastSeen,
  of: string,
) {
  const { context, readOnly, theme } = target;
  if (context !== null) return;
  const { columns, rows } = start;
  const path = places.firstFrame(url, { columns, rows, readOnly });
  await keepFirstFrame(path, { columns, rows, config, theme, lines: firstFrame(start, seen, of) });
}
