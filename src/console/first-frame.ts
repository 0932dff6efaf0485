/**
 * What the next console shows before its program is loaded: the frame of the rows that were seen last, as
 * it will paint it then, without what depends on when that is, and without a cursor, since no key works yet.
 */
import { keepFirstFrame, madeUnder } from '../cluster/first-frame.ts';
import type { LastSeen } from '../cluster/last-seen.ts';
import type { KnownContexts } from '../config/known-contexts.ts';
import type { Places } from '../config/places.ts';
import type { Target } from '../config/target.ts';
import { keepKnown } from '../contexts/keep-known.ts';
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
  /** The file that the target was made of; null: nobody knows. */
  readonly known: KnownContexts | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Keeps it for a console on the same context or address. Throws OperatorError when the disk refuses.
 *
 * @param start the state that a console of this size starts in, its times in the operator's zone.
 */
export async function keepFrame(
  { target, places, url, known, env }: On,
  start: State,
  seen: LastSeen,
  of: string,
) {
  const { context, readOnly } = target;
  const one = known?.contexts.find(({ name }) => name === context);
  if (context !== null && one === undefined) return;
  if (known !== null) await keepKnown(places.knownContexts, known);
  const { columns, rows } = start;
  const path = places.firstFrame({ context, url }, { columns, rows, readOnly });
  const mark = madeUnder(one?.mark ?? null, env);
  await keepFirstFrame(path, { columns, rows, mark, lines: firstFrame(start, seen, of) });
}
