/** The list of jobs to run again as a table, and in full what is said of the one under the cursor. */
import { counted } from '../../../base/counted.ts';
import { toAsk } from '../../../plan/again/choose.ts';
import { stateOf } from '../../../plan/again/state.ts';
import { howText, stateSpan, tallySpans, whyText } from '../../../plan/again/words.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, paragraph, rule, spread } from '../../../view/compose.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { cursorIndex, windowOf } from '../../state/cursor.ts';
import { listRows } from '../../state/layout.ts';
import type { AgainScreen, State } from '../../state/model.ts';
import { type AgainRow, againRows, itemsOf } from './rows.ts';

const stages = {
  going: 'running',
  stopping: 'stopping: what runs goes on',
  left: 'interrupted: t goes on, D leaves it',
  over: 'over',
} as const;

export function againTitle(state: State, screen: AgainScreen): Line {
  const { again } = state;
  const word = again === null ? '' : stages[again.stage];
  return spread(
    [plain(' '), bold('Run again'), quiet(`  ${counted(againRows(state, screen).keys.length)}`)],
    word === '' ? [] : [toned(`${word} `, 'attention')],
    state.columns,
  );
}

/** Below the list: a rule, what is said of the job, how far it is. */
const belowRows = ({ rows }: State): number => (rows < 18 ? 1 : 4);

export const againHeight = (state: State): number =>
  Math.max(1, listRows(state) - belowRows(state));

const titles = ['JOB', 'WHAT', 'WHY'];

/** The longest word of a state. */
const whatWidth = 14;

function widthsAt(columns: number, rows: readonly AgainRow[]): Width[] {
  const names = rows.reduce((most, { name }) => Math.max(most, width(name)), 4);
  const job = Math.min(names, Math.max(12, Math.floor(columns * 0.35)));
  const rest = columns - 3 - job - 2 - whatWidth - 2;
  return [{ width: job }, { width: whatWidth }, { width: Math.max(4, rest) }];
}

const none: Line[] = [[quiet('   None of the jobs shown failed, is late or was missed.')]];

export function againBody(state: State, screen: AgainScreen): Line[] {
  const height = againHeight(state);
  const all = againRows(state, screen);
  const { start, end } = windowOf(screen.cursor, all, height);
  const shown = all.rows.slice(start, end);
  const widths = widthsAt(state.columns, shown);
  const at = cursorIndex(screen.cursor, all);
  const rows = shown.map((one, index) =>
    row(cells(spansOf(one), widths), {
      cursor: start + index === at,
      marked: state.again === null && one.item !== null,
      columns: state.columns,
    }),
  );
  return [
    [plain('   '), ...cells(titles.map(quiet), widths)],
    ...fillRows(rows.length > 0 ? rows : none, height),
    ...belowLines(state, screen, all.rows[at]),
  ];
}

function spansOf(one: AgainRow): Span[] {
  const text = clean(textOf(one));
  const isBad = one.state?.state === 'failed' || one.state?.state === 'unknown';
  return [plain(one.name), whatOf(one), isBad ? plain(text) : quiet(text)];
}

const whatOf = ({ item, state }: AgainRow): Span =>
  state !== null && state.state !== 'waiting'
    ? stateSpan(state.state)
    : quiet(item === null ? '–' : howText(item));

/** What became of it, else what is to be known before. */
function textOf({ item, state }: AgainRow): string {
  if (item === null) return 'not marked: it is not run';
  if (state === null || (state.text === '' && state.state === 'waiting')) return whyText(item);
  return state.text;
}

function belowLines(state: State, screen: AgainScreen, here: AgainRow | undefined): Line[] {
  const last: Line = [plain(' '), ...tallyOf(state, screen)];
  const rows = belowRows(state);
  if (rows === 1) return [last];
  const text = here === undefined ? '' : clean(textOf(here));
  const lines = paragraph(text, state.columns - 4).map((line): Line => [plain(`   ${line}`)]);
  return [rule(state.columns, clean(here?.name ?? '')), ...fillRows(lines, rows - 2), last];
}

/** How many are asked for and how many come by themselves; then what became of them. */
function tallyOf(state: State, screen: AgainScreen): Line {
  const { again } = state;
  if (again !== null) {
    const states = again.items.map(
      ({ name }) => again.states.get(name) ?? stateOf(name, 'waiting'),
    );
    return tallySpans(states).flatMap((span, at) => (at === 0 ? [span] : [quiet(', '), span]));
  }
  const items = itemsOf(state, screen);
  if (items.length === 0) return [];
  const count = (how: string): number => items.filter((item) => item.how === how).length;
  const parts = [
    `${toAsk(items)} to run`,
    ...(count('with') === 0 ? [] : [`${count('with')} by their parents`]),
    ...(count('held') === 0 ? [] : [`${count('held')} left out`]),
  ];
  return [plain(`${parts.join(', ')}; `), quiet('t runs them, four at a time')];
}
