/** What goes on and what was missed in the last day, as the filter of jobs lets it through. */
import { parseFilter } from '../../../job/filter.ts';
import { type Standings, standingOf } from '../../../job/status.ts';
import type { JobTable } from '../../../job/table.ts';
import { type Entry, reportOf } from '../../../oversight/report.ts';
import { memo } from '../../../view/memo.ts';
import { keysOf, type Rows } from '../../state/cursor.ts';
import type { MissedScreen, State } from '../../state/model.ts';
import { topScreen } from '../../state/stack.ts';
import { standingsIn } from '../../state/standings.ts';

export interface MissedRows extends Rows {
  readonly rows: readonly Entry[];
}

/** What is over longer is not shown, ms. */
const shownFor = 86_400_000;
/** How many firings there were is worked out so often, ms. */
const counted = 10_000;

const keyOf = ({ job, at }: Entry): string => `${job}\n${at}`;

export function rowsOfMissed(state: State, { filter }: MissedScreen): MissedRows {
  const now = Math.floor((state.now - state.clocks.skew) / counted) * counted;
  const { serverZone } = state.setting;
  const { byName } = state.jobs;
  const all = entriesOf(
    state.troubles,
    state.missed,
    byName,
    now,
    serverZone,
    state.server?.version,
  );
  return filtered(all, filter, byName, standingsIn(state));
}

const entriesOf = memo(
  (
    troubles: State['troubles'],
    missed: State['missed'],
    jobs: JobTable,
    now: number,
    serverZone: string,
    version: string | undefined,
  ): readonly Entry[] =>
    reportOf(
      { troubles, missed, job: (name) => jobs.get(name) },
      { now, since: now - shownFor, reader: { serverZone, version } },
    ),
);

const filtered = memo(
  (entries: readonly Entry[], filter: string, jobs: JobTable, standings: Standings): MissedRows => {
    const holds = parseFilter(filter);
    const rows = entries.filter(({ job: name, state: trouble }) => {
      const row = jobs.get(name);
      if (row === undefined) return filter === '';
      return holds(row, { running: standingOf(standings, name).running, trouble });
    });
    return { ...keysOf(rows.map(keyOf)), rows };
  },
);

export const missedHere = (state: State): MissedScreen | null => {
  const screen = topScreen(state);
  return screen.kind === 'missed' ? screen : null;
};

/** What is under the cursor. */
export function entryHere(state: State): Entry | undefined {
  const screen = missedHere(state);
  if (screen === null || screen.cursor.key === null) return undefined;
  const { rows, index } = rowsOfMissed(state, screen);
  return rows[index.get(screen.cursor.key) ?? -1];
}
