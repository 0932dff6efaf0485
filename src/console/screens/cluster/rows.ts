/** The rows of the cluster: its members, and what else runs something. */
import { type Member, membersOf } from '../../../dkron/overview/members.ts';
import type { Overview } from '../../../dkron/overview/read.ts';
import type { JobTable } from '../../../job/table.ts';
import { memo } from '../../../view/memo.ts';
import { keepCursor, keysOf, type Rows } from '../../state/cursor.ts';
import type { ClusterScreen, Cursor, State } from '../../state/model.ts';

const none: readonly Member[] = [];

const membersIn = memo(
  (overview: Overview, busy: State['busy'], isTold: boolean): readonly Member[] =>
    membersOf(overview, isTold ? [...busy.values()].flat() : null),
);

/** What runs comes with the looks at the server; null where that was never told. */
export const membersHere = (state: State, { overview }: ClusterScreen): readonly Member[] =>
  overview === null ? none : membersIn(overview, state.busy, state.busyAt !== null);

const keysIn = memo((members: readonly Member[]): Rows => keysOf(members.map(({ name }) => name)));

export const memberKeys = (state: State, screen: ClusterScreen): Rows =>
  keysIn(membersHere(state, screen));

export function memberHere(state: State, screen: ClusterScreen): Member | undefined {
  const members = membersHere(state, screen);
  return members.find(({ name }) => name === screen.cursor.key) ?? members[0];
}

/** On the same member; first on the one that answers. */
export function keepCursorOf(state: State, before: ClusterScreen, now: ClusterScreen): Cursor {
  const list = memberKeys(state, now);
  const here = now.overview?.server.name ?? '';
  if (before.cursor.key === null && list.index.has(here))
    return { key: here, row: list.index.get(here)! };
  return keepCursor(before.cursor, memberKeys(state, before), list).cursor;
}

/** How many jobs use each executor; once a list. */
export const executorsOf = memo((jobs: JobTable): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { executor } of jobs.rows) {
    const name = executor || 'none';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
});
