/** Families as a tree: state, when each runs, and what does not run when it fails. */
import { counted } from '../../../base/counted.ts';
import type { Branch } from '../../../job/family-tree.ts';
import type { JobRow } from '../../../job/row.ts';
import { standingOf } from '../../../job/status.ts';
import { width } from '../../../terminal/cell.ts';
import { fillRows, paragraph, spread } from '../../../view/compose.ts';
import { heldSpan, isBroken, stateOf, stem, whenOf } from '../../../view/family.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { cursorIndex, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { FamiliesScreen, State } from '../../state/model.ts';
import { standingsIn } from '../../state/standings.ts';
import { familyRows, treeIn } from './rows.ts';

export function familiesTitle(state: State, { of }: FamiliesScreen): Line {
  const tree = treeIn(state);
  const many = counted(tree.filter(({ depth }) => depth === 0).length, 'family', 'families');
  const broken = tree.filter(isBroken).length;
  return spread(
    [
      plain(' '),
      bold(of === null ? 'Families' : `Family of ${of}`),
      quiet(`  ${of === null ? '' : 'of '}${many}`),
      ...(broken === 0 ? [] : [quiet(' · '), toned(`${counted(broken, 'broken link')}`, 'bad')]),
    ],
    [],
    state.columns,
  );
}

/** What the longest of the usual sentences takes at 80 columns. */
const toldRows = 2;

export const familyHeight = (state: State): number => Math.max(1, listRows(state) - toldRows);

const titles: readonly string[] = ['JOB', 'STATUS', 'RUNS', 'IF IT FAILS'];

/** The tree has what it needs, up to the half; what is held up takes what is left. */
function widthsAt(columns: number, rows: readonly Branch<JobRow>[]): Width[] {
  const widest = rows.reduce((most, one) => Math.max(most, width(nameOf(one, false))), 12);
  const name = Math.min(widest, Math.floor(columns * (columns >= 120 ? 0.4 : 0.34)));
  const when = columns >= 120 ? 30 : columns >= 76 ? 14 : 0;
  const rest = columns - 3 - name - 2 - 10 - 2 - (when > 0 ? when + 2 : 0);
  return [
    { width: name },
    { width: 10 },
    ...(when > 0 ? [{ width: when }] : []),
    { width: Math.max(4, rest) },
  ];
}

const nameOf = (branch: Branch<JobRow>, isClosed: boolean): string =>
  `${stem(branch)}${branch.hasBelow ? (isClosed ? '▸ ' : '▾ ') : ''}${branch.name}`;

export function familiesBody(state: State, screen: FamiliesScreen): Line[] {
  const height = familyHeight(state);
  const all = familyRows(state, screen);
  const { start, end } = windowOf(screen.cursor, all, height);
  const shown = all.rows.slice(start, end);
  const widths = widthsAt(state.columns, shown);
  const at = cursorIndex(screen.cursor, all);
  const rows = shown.map((branch, index) =>
    row(cells(spansOf(state, branch, screen, widths.length), widths), {
      cursor: start + index === at,
      marked: false,
      columns: state.columns,
    }),
  );
  const heads =
    widths.length === titles.length ? titles : titles.filter((title) => title !== 'RUNS');
  const none = [quiet('   No job has a parent or children.')];
  return [
    [plain('   '), ...cells(heads.map(quiet), widths)],
    ...fillRows(rows.length > 0 ? rows : [none], height),
    ...lastLines(state, all.rows[at]),
  ];
}

function spansOf(
  state: State,
  branch: Branch<JobRow>,
  { closed }: FamiliesScreen,
  count: number,
): Span[] {
  const name = nameOf(branch, closed.has(branch.key));
  const spans = [
    isBroken(branch) ? bold(name) : plain(name),
    stateOf(branch, standingOf(standingsIn(state), branch.name)),
    quiet(whenOf(branch)),
    heldSpan(branch),
  ];
  return count === spans.length ? spans : [spans[0]!, spans[1]!, spans[3]!];
}

/** What is said of the branch under the cursor, in full where its place is too narrow. */
function lastLines({ columns }: State, branch: Branch<JobRow> | undefined): Line[] {
  if (branch === undefined) return fillRows([], toldRows);
  const { text, ...look } = heldSpan(branch);
  const isHeld = branch.held > 0 && branch.faults.length === 0 && branch.job?.disabled !== true;
  const told = text === '' ? '' : `${branch.name}${isHeld ? ', if it fails' : ''}: ${text}`;
  const lines = paragraph(told, columns - 2).map((line) => [{ ...look, text: ` ${line}` }]);
  return fillRows(lines, toldRows);
}
