/** Changes made from this machine, newest first. */

import { fillRows, paragraph, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { outcomeSpan, whatWasDone } from '../../../view/past-change.ts';
import { shortClock, shortSpan } from '../../../view/short.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { keysOf, type Rows, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { JournalScreen, State } from '../../state/model.ts';

export const journalKeys = memo(
  (changes: JournalScreen['changes']): Rows => keysOf((changes ?? []).map(({ id }) => id)),
);

export const journalTitle = (state: State, { changes }: JournalScreen): Line =>
  spread(
    [plain(' '), bold('Journal'), quiet('  changes made from this machine')],
    [
      quiet(changes?.length && state.columns >= 100 ? '  enter undoes one · ' : '  '),
      quiet(`${zoneText(state)} `),
    ],
    state.columns,
  );

const titles: readonly string[] = ['WHEN', 'AGO', 'JOB', 'WHAT', 'OUTCOME', 'WHO'];

/** Who made a change shows where there is room for it; names of jobs take what is left. */
function widthsAt(columns: number): Width[] {
  const who = columns >= 100 ? [{ width: 24 }] : [];
  return [
    { width: 16, align: 'right' },
    { width: 6, align: 'right' },
    { width: Math.max(12, Math.min(80, columns - 60 - 26 * who.length)) },
    { width: 8 },
    { width: 19 },
    ...who,
  ];
}

export function journalBody(state: State, screen: JournalScreen): Line[] {
  const height = listRows(state);
  const widths = widthsAt(state.columns);
  const head: Line = [plain('   '), ...cells(titles.slice(0, widths.length).map(quiet), widths)];
  if (screen.changes === null) return [head, ...fillRows([[quiet('   reading…')]], height)];
  if (screen.problem !== undefined) {
    const lines = paragraph(screen.problem, state.columns - 6);
    return [
      head,
      ...fillRows(
        lines.map((line) => [toned(`   ${line}`, 'bad')]),
        height,
      ),
    ];
  }
  if (screen.changes.length === 0)
    return [head, ...fillRows([[quiet('   No changes were made from this machine yet.')]], height)];
  const { start, end } = windowOf(screen.cursor, journalKeys(screen.changes), height);
  const rows = screen.changes.slice(start, end).map((change) => {
    const at = Date.parse(change.at);
    const all = [
      plain(shortClock(at, state.now, zoneOfTimes(state))),
      quiet(shortSpan(state.now - at)),
      plain(change.job),
      plain(whatWasDone(change)),
      outcomeSpan(change),
      quiet(change.who ?? ''),
    ];
    return row(cells(all.slice(0, widths.length), widths), {
      cursor: change.id === screen.cursor.key,
      marked: false,
      columns: state.columns,
    });
  });
  return [head, ...fillRows(rows, height)];
}
