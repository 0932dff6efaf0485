/** The first list, shown while it comes: rows that are there need not wait for all others. */
import { type Sighting, serversOf } from '../../cluster/fingerprint.ts';
import type { Node } from '../../dkron/shapes.ts';
import type { JobRow } from '../../job/row.ts';
import type { Message } from '../state/model.ts';

export interface GrowingOptions {
  /** No list was seen before it. */
  readonly isFirst: boolean;
  /** How many jobs the server announced; null for not yet, or never. */
  readonly announced: () => number | null;
  /** Whether these are of the cluster whose earlier rows are shown. */
  readonly isOfEarlier: (rows: readonly JobRow[]) => boolean;
  readonly dispatch: (message: Message) => void;
}

/**
 * What most terminals show at once, and then ever more seldom: each look at it sorts the whole table. Of more rows
 * than that it would be felt at the keys.
 */
const shown = { first: 60, times: 10, most: 10_000 };

/** @returns what is told of each row of the list, in its order. */
export function growing(options: GrowingOptions): (row: JobRow) => void {
  const { isFirst, announced, isOfEarlier, dispatch } = options;
  if (!isFirst) return () => {};
  let arrived: JobRow[] = [];
  let next = shown.first;
  return (row) => {
    if (arrived.push(row) < next) return;
    const jobs = arrived;
    arrived = [];
    next = next * shown.times > shown.most ? Number.POSITIVE_INFINITY : next * shown.times;
    dispatch({
      type: 'arriving',
      jobs,
      announced: announced(),
      isOfEarlier: isOfEarlier(jobs),
    });
  };
}

/** Of a list that is still on its way; `at` in ms since the epoch by the server's clock. */
export const sightingOfSome = (
  rows: readonly JobRow[],
  nodes: readonly Node[],
  at: number,
): Sighting => ({
  ...serversOf(nodes),
  at,
  leader: true,
  jobs: new Map(rows.map((row) => [row.name, row])),
  whole: false,
});
