/** An operation of the journal without the definitions that it changed. */
import type { Origin } from './entry.ts';
import type { ChangeHead } from './lines.ts';

/** What became of a change; `open`: the program ended before it knew. */
export type Fate = 'written' | 'refused' | 'unknown' | 'open';

export interface Operation extends Partial<Origin> {
  /** Tells it from all others of its journal; a newer one sorts after it. */
  readonly key: string;
  /** What its changes call it. */
  readonly id: string;
  /** When it began, RFC 3339. */
  readonly at: string;
  readonly who?: string;
  /** The name of the snapshot that was taken before it. */
  readonly safety?: string;
  /** How many jobs it is about, and the first of them. */
  readonly jobs: number;
  readonly job: string;
  /** How many of the jobs came to what, by the last change of each: a resumed operation may have more than one. */
  readonly outcomes: Readonly<Record<Fate, number>>;
}

/** Of its changes, oldest first; null where there are none. */
export function operationOf(key: string, changes: readonly ChangeHead[]): Operation | null {
  const [first] = changes;
  if (first === undefined) return null;
  const { operation = first.id, at, who, safety, what, source, job } = first;
  const outcomes = { written: 0, refused: 0, unknown: 0, open: 0 };
  const last = new Map(changes.map((change) => [change.job, change.result]));
  for (const result of last.values()) outcomes[result?.outcome ?? 'open']++;
  return {
    key,
    id: operation,
    at,
    ...(who !== undefined && { who }),
    ...(safety !== undefined && { safety }),
    ...(what !== undefined && { what }),
    ...(source !== undefined && { source }),
    jobs: last.size,
    job,
    outcomes,
  };
}
