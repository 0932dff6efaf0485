/** A plan: what each job would become, why, and the difference under the cursor. */

import { filterProblem } from '../../../job/filter-language.ts';
import { findingText, isNote } from '../../../job/lint/finding.ts';
import { isToDo, isWritable } from '../../../plan/compare.ts';
import { kindCounts } from '../../../plan/kinds.ts';
import type { CheckedItem, RestoreResult } from '../../../plan/model.ts';
import { isDone } from '../../../plan/outcome.ts';
import { policyBrief } from '../../../plan/policy/words.ts';
import { tally } from '../../../plan/tally.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, fitLine, from, paragraph, spanWidth, spread } from '../../../view/compose.ts';
import { differenceOverhang } from '../../../view/diff.ts';
import { inFamily } from '../../../view/job-columns.ts';
import { bold, type Line, plain, quiet, type Span, toned } from '../../../view/line.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { windowOf } from '../../state/cursor.ts';
import { planRows } from '../../state/layout.ts';
import type { PlanScreen, State } from '../../state/model.ts';
import { planFilter } from '../../state/plan-filter.ts';
import { type Fold, type PlanRows, planKeys, planOrder } from '../../state/plan-rows.ts';
import type { FoldedKind } from '../../state/screen.ts';
import { arrow } from '../../state/sort.ts';
import { shareDone } from '../../state/under-way.ts';
import { partBelow } from '../below.ts';
import { aboutHere, aboutLines, changesShown } from './about.ts';
import { kindSpan, resultSpan } from './looks.ts';
import { itemHere } from './shown.ts';

export function planTitle(state: State, screen: PlanScreen): Line {
  const counts = screen.plan ? kindCounts(screen.plan.items).join(' · ') : null;
  const summary = counts === null ? 'comparing with the server…' : counts || 'no jobs';
  const { policy } = screen.plan ?? {};
  const brief = policy === undefined ? '' : ` · ${policyBrief(policy)}`;
  const left = [plain(' '), bold(screen.title), quiet(`  ${summary}`), toned(brief, 'attention')];
  const filter = plain(screen.filter === '' ? ' ' : ` /${screen.filter} `);
  const into = [filter, quiet(`into ${state.setting.label} `)];
  // The line above names the server too; the counts stand here only.
  const fits = spanWidth(left) + spanWidth(into) <= state.columns;
  return spread(left, fits ? into : [filter], state.columns);
}

export function planBody(state: State, screen: PlanScreen): Line[] {
  const keys = planKeys(screen);
  const { list: height, diff: under } = planRows(state, keys.keys.length);
  const widths = widthsAt(state.columns, keys.longestName);
  const why = screen.inPane ? 0 : (screen.left ?? 0);
  const { start, end } = windowOf(screen.cursor, keys, height);
  const rows = keys.keys.slice(start, end).map((key, at) =>
    row(cells(rowSpans(keys.rows[start + at] ?? keys.folds.get(key)!, screen, keys, why), widths), {
      cursor: key === screen.cursor.key,
      marked: screen.marks.has(key),
      columns: state.columns,
      dull: screen.inPane,
    }),
  );
  return [
    headLine(screen, widths),
    ...fillRows(rows.length > 0 ? rows : emptyLines(screen, state.columns), height),
    ...(under > 0 ? underLines(state, screen, under) : []),
    fitLine([plain(' '), ...lastLine(state, screen, keys)], state.columns),
  ];
}

/** With an arrow at what the rows are sorted by. */
function headLine({ sort = planOrder }: PlanScreen, widths: readonly Width[]): Line {
  const titles = (['job', 'plan', 'why'] as const).map((column) => {
    const title = column.toUpperCase();
    return quiet(column === sort.column ? `${title} ${arrow(sort)}` : title);
  });
  return [plain('   '), ...cells(titles, widths)];
}

/** Names whole, as far as the reasons keep more than half of the line. */
function widthsAt(columns: number, longestName: number): Width[] {
  const name = Math.min(Math.max(18, longestName), Math.floor(columns * 0.42));
  return [{ width: name }, { width: 11 }, { width: Math.max(6, columns - name - 18) }];
}

function rowSpans(
  item: CheckedItem | Fold,
  screen: PlanScreen,
  rows: PlanRows,
  left: number,
): Span[] {
  if ('count' in item) return foldSpans(item, screen);
  const [kind, why] = verdictSpans(item, screen);
  const name = plain(inFamily(item.name, rows.depth.get(item.name) ?? 0));
  return [name, kind, { ...why, text: from(clean(why.text), left) }];
}

const foldWords: Readonly<Record<FoldedKind, string>> = {
  same: 'unchanged',
  'only-here': 'others',
};

/** `▸ 37 unchanged`: closed until it is wanted. */
function foldSpans({ kind, count }: Fold, { open }: PlanScreen): Span[] {
  const isOpen = open?.has(kind) === true;
  return [
    plain(`${isOpen ? '▾' : '▸'} ${count} ${foldWords[kind]}`),
    kindSpan(kind),
    quiet(`${kind === 'same' ? '' : 'stay as they are; '}o ${isOpen ? 'hides' : 'shows'} them`),
  ];
}

function emptyLines({ plan, filter }: PlanScreen, columns: number): Line[] {
  if (plan === null) return [];
  const problem = filterProblem(filter, planFilter);
  if (problem !== null)
    return paragraph(problem, columns - 4).map((line) => [toned(`   ${line}`, 'bad')]);
  return [
    [
      quiet(
        filter === '' ? '   There is no job in it.' : '   No job matches; esc clears the filter.',
      ),
    ],
  ];
}

/** What changes in the job under the cursor, and how much of it is out of sight. */
function underLines(state: State, screen: PlanScreen, rows: number): Line[] {
  const name = itemHere(screen)?.name;
  const word = name === undefined ? 'difference' : `difference of ${name}`;
  return partBelow(differenceOf(state, screen), word, screen, { rows, columns: state.columns });
}

/** All lines about the job under the cursor. */
export function differenceOf(state: State, screen: PlanScreen): Line[] {
  const about = aboutHere(state, screen);
  if (about !== null)
    return aboutLines(about, state.columns - 1, screen.inPane ? (screen.left ?? 0) : 0);
  const fold = planKeys(screen).folds.get(screen.cursor.key ?? '');
  if (fold === undefined) return [];
  return [
    [
      quiet(
        fold.kind === 'same'
          ? 'These jobs are the same on the server: nothing to write.'
          : 'These jobs are only on the server: they stay as they are.',
      ),
    ],
  ];
}

/** How much wider than its place the widest text is that can be scrolled sideways. */
export function planOverhang(state: State, screen: PlanScreen): number {
  if (screen.inPane) {
    const about = aboutHere(state, screen);
    return about === null ? 0 : differenceOverhang(changesShown(about), state.columns - 1);
  }
  const { rows, longestName } = planKeys(screen);
  const room = widthsAt(state.columns, longestName).at(-1)!.width;
  return rows.reduce((most, item) => {
    const text = item ? verdictSpans(item, screen)[1].text : '';
    return Math.max(most, width(text) - room);
  }, 0);
}

/** What becomes of a job and why, or what became of it. */
function verdictSpans(item: CheckedItem, { plan, results }: PlanScreen): [Span, Span] {
  const result = results.get(item.name);
  if (result === undefined) {
    const first = item.findings.find((found) => !isNote(found));
    const told = item.left ?? (item.why || (first ? findingText(first) : ''));
    const isNoted = item.left !== undefined || isWarned(item);
    const why = isNoted ? toned(`! ${told}`, 'attention') : quiet(told);
    const isLeft = plan !== null && isToDo(item) && !isWritable(plan, item);
    return [isLeft ? quiet('skip') : kindSpan(item.kind), why];
  }
  const { message } = result;
  return [resultSpan(result), isDone(result) ? quiet(message) : toned(message, 'bad')];
}

/** How far the writing is; what is marked; else what came of what was. */
function lastLine(state: State, screen: PlanScreen, rows: PlanRows): Line {
  const { applying, marks, results } = screen;
  if (applying !== null) {
    // What was sent and is not read back yet counts as below.
    const dealt = Math.round((shareDone(state) ?? 0) * applying.total);
    const done = Math.max(applying.done, dealt);
    return [toned(`writing ${done} of ${applying.total}…`, 'attention')];
  }
  if (marks.size > 0) return markedSpans(screen, rows);
  if (results.size > 0) return resultSpans([...results.values()]);
  return [quiet('nothing marked: space marks one, a all')];
}

/** What came of all that was written of this plan; the numbers add up to that. */
function resultSpans(results: readonly RestoreResult[]): Line {
  return [
    ...tally(results).flatMap((part, at) => (at === 0 ? [part] : [quiet(', '), part])),
    quiet(results.every(isDone) ? '' : ': their rows say why'),
  ];
}

/** `5 marked: 2 changed, 1 new, 2 to delete · 1 hidden`: only what there is. */
function markedSpans({ plan, marks }: PlanScreen, { index }: PlanRows): Line {
  const marked = (plan?.items ?? []).filter(({ name }) => marks.has(name));
  const hidden = marked.filter(({ name }) => !index.has(name)).length;
  const warned = marked.filter(isWarned).length;
  const kept = marked.length > 1 && marked.some(({ seen }) => seen !== null);
  return [
    toned(`${marked.length} marked`, 'attention'),
    plain(`: ${kindCounts(marked).join(', ')}`),
    toned(hidden === 0 ? '' : ` · ${hidden} hidden by the filter`, 'attention'),
    toned(warned === 0 ? '' : ` · ! ${warned} with warnings`, 'attention'),
    quiet(kept ? ' · safety snapshot first' : ''),
  ];
}

/** Whether there is something to beware of in a job that can be written. */
const isWarned = ({ kind, findings }: CheckedItem): boolean =>
  kind !== 'blocked' && !findings.every(isNote);
