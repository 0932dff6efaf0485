/** What was done from this machine, newest first. */

import { fillRows, paragraph, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { outcomeSpan, whatWasDone } from '../../../view/past-change.ts';
import { operationText, outcomesSpan } from '../../../view/past-operation.ts';
import { shortClock, shortSpan } from '../../../view/short.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { zoneOfTimes, zoneText } from '../../../view/zones.ts';
import { windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { JournalScreen, State } from '../../state/model.ts';
import { type JournalRow, rowsOfJournal } from './rows.ts';

export const journalTitle = (state: State, { operations }: JournalScreen): Line =>
  spread(
    [plain(' '), bold('Journal'), quiet('  what was done from this machine')],
    [
      quiet(
        operations?.length && state.columns >= 110 ? '  enter undoes one · o opens it · ' : '  ',
      ),
      quiet(`${zoneText(state)} `),
    ],
    state.columns,
  );

const titles: readonly string[] = ['WHEN', 'AGO', 'WHAT', 'OUTCOME', 'WHO'];

/** Who did it shows where there is room for it; what was done takes what is left. */
function widthsAt(columns: number): Width[] {
  const who = columns >= 120 ? [{ width: 24 }] : [];
  const outcome = columns >= 100 ? 27 : 19;
  return [
    { width: 12, align: 'right' },
    { width: 6, align: 'right' },
    { width: Math.max(12, Math.min(100, columns - 27 - outcome - 26 * who.length)) },
    { width: outcome },
    ...who,
  ];
}

export function journalBody(state: State, screen: JournalScreen): Line[] {
  const height = listRows(state);
  const widths = widthsAt(state.columns);
  const head: Line = [plain('   '), ...cells(titles.slice(0, widths.length).map(quiet), widths)];
  const told = (lines: readonly Line[]): Line[] => [head, ...fillRows([...lines], height)];
  const { operations, problem, cursor } = screen;
  if (operations === null) return told([[quiet('   reading…')]]);
  if (problem !== undefined && operations.length === 0)
    return told(paragraph(problem, state.columns - 6).map((line) => [toned(`   ${line}`, 'bad')]));
  if (operations.length === 0)
    return told([[quiet('   Nothing was changed from this machine yet.')]]);
  const all = rowsOfJournal(screen);
  const { start, end } = windowOf(cursor, all, height);
  return told(
    all.rows.slice(start, end).map((one, at) =>
      row(lineOf(state, one, widths), {
        cursor: all.keys.at(start + at) === cursor.key,
        marked: false,
        columns: state.columns,
      }),
    ),
  );
}

const empty = plain('');

/** What is told of the operation above may take the place of its outcome too. */
function lineOf(state: State, one: JournalRow, widths: readonly Width[]): Line {
  const all = cellsOf(state, one);
  if (one.kind !== 'note') return cells(all.slice(0, widths.length), widths);
  const [when, ago, what, ...more] = widths;
  const rest = more.reduce((sum, { width }) => sum + 2 + width, what!.width);
  return cells(all, [when!, ago!, { width: rest }]);
}

function cellsOf(state: State, row: JournalRow): Span[] {
  switch (row.kind) {
    case 'operation': {
      const { operation, isOpen } = row;
      const at = Date.parse(operation.at);
      return [
        plain(shortClock(at, state.now, zoneOfTimes(state))),
        quiet(shortSpan(state.now - at)),
        plain(`${isOpen ? '▾' : '▸'} ${operationText(operation)}`),
        outcomesSpan(operation),
        quiet(operation.who ?? ''),
      ];
    }
    case 'change':
      return [
        empty,
        empty,
        plain(`    ${row.change.job}  ${whatWasDone(row.change)}`),
        outcomeSpan(row.change),
      ];
    case 'note':
      return [empty, empty, quiet(`    ${row.text}`)];
    case 'more':
      return [empty, empty, quiet('older operations: reading…')];
  }
}
