/** A plan: what each job would become, why, and the difference under the cursor. */

import { diffJobs, type FieldChange } from '../../../job/compare.ts';
import { filterProblem } from '../../../job/filter-language.ts';
import type { Job } from '../../../job/job.ts';
import type { CheckedItem, CheckedPlan, RestoreItem, RestoreResult } from '../../../plan/model.ts';
import { clean, width } from '../../../terminal/cell.ts';
import { fillRows, fitLine, from, paragraph, spanWidth, spread } from '../../../view/compose.ts';
import { changeLines, differenceOverhang } from '../../../view/diff.ts';
import { findingLines } from '../../../view/findings.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../../../view/line.ts';
import { memo } from '../../../view/memo.ts';
import { cells, row, type Width } from '../../../view/table.ts';
import { windowOf } from '../../state/cursor.ts';
import { planRows } from '../../state/layout.ts';
import type { PlanScreen, State } from '../../state/model.ts';
import { foldKey, planFilter, planKeys } from '../../state/plan-rows.ts';
import { partBelow } from '../below.ts';

const kindTone: Record<RestoreItem['kind'], Tone> = {
  new: 'ok',
  change: 'attention',
  same: 'quiet',
  delete: 'bad',
  blocked: 'bad',
  'only-here': 'quiet',
};

export function planTitle(state: State, screen: PlanScreen): Line {
  const summary = screen.plan ? kindCounts(screen.plan) : 'comparing with the server…';
  const left = [plain(' '), bold(screen.title), quiet(`  ${summary}`)];
  const filter = plain(screen.filter === '' ? ' ' : ` /${screen.filter} `);
  const into = [filter, quiet(`into ${state.setting.label} `)];
  // The line above names the server too; the counts stand here only.
  const fits = spanWidth(left) + spanWidth(into) <= state.columns;
  return spread(left, fits ? into : [filter], state.columns);
}

const kindWords: Record<RestoreItem['kind'], string> = {
  change: 'changed',
  new: 'new',
  delete: 'to delete',
  same: 'same',
  blocked: 'blocked',
  'only-here': 'only here',
};

/** `1 changed · 41 same`: only what there is. */
const kindCounts = ({ items }: CheckedPlan): string =>
  Object.entries(kindWords)
    .map(([kind, words]) => [items.filter((item) => item.kind === kind).length, words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(' · ') || 'no jobs';

export function planBody(state: State, screen: PlanScreen): Line[] {
  const keys = planKeys(screen.plan, screen.filter, screen.open);
  const { list: height, diff: under } = planRows(state, keys.keys.length);
  const widths = widthsAt(state.columns, keys.longestName);
  const why = screen.inPane ? 0 : (screen.left ?? 0);
  const { start, end } = windowOf(screen.cursor, keys, height);
  const rows = keys.rows.slice(start, end).map((item) =>
    row(cells(item ? itemSpans(item, screen, why) : foldSpans(keys.same, screen), widths), {
      cursor: (item?.name ?? foldKey) === screen.cursor.key,
      marked: item !== null && screen.marks.has(item.name),
      columns: state.columns,
      dull: screen.inPane,
    }),
  );
  const head: Line = [plain('   '), ...cells(['JOB', 'PLAN', 'WHY'].map(quiet), widths)];
  return [
    head,
    ...fillRows(rows.length > 0 ? rows : emptyLines(screen, state.columns), height),
    ...(under > 0 ? underLines(state, screen, under) : []),
    marksLine(state, screen),
  ];
}

/** Names whole, as far as the reasons keep more than half of the line. */
function widthsAt(columns: number, longestName: number): Width[] {
  const name = Math.min(Math.max(18, longestName), Math.floor(columns * 0.42));
  return [{ width: name }, { width: 10 }, { width: Math.max(6, columns - name - 17) }];
}

const itemSpans = (item: CheckedItem, screen: PlanScreen, left: number): Span[] => {
  const [kind, why] = resultSpans(item, screen.results.get(item.name));
  return [plain(item.name), kind, { ...why, text: from(clean(why.text), left) }];
};

/** `▸ 37 the same`: closed until it is wanted. */
const foldSpans = (same: number, { open }: PlanScreen): Span[] => [
  plain(`${open ? '▾' : '▸'} ${same} unchanged`),
  quiet('same'),
  quiet(`o ${open ? 'hides' : 'shows'} them`),
];

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
  const { key } = screen.cursor;
  const word = key === null || key === foldKey ? 'difference' : `difference of ${key}`;
  return partBelow(differenceOf(state, screen), word, screen, { rows, columns: state.columns });
}

/** All lines of the difference of the job under the cursor. */
export function differenceOf(state: State, screen: PlanScreen): Line[] {
  const item = screen.plan?.items.find(({ name }) => name === screen.cursor.key);
  if (!item)
    return screen.cursor.key === foldKey
      ? [[quiet('These jobs are the same on the server: nothing to write.')]]
      : [];
  return itemLines(item, state.columns - 1, screen.inPane ? (screen.left ?? 0) : 0);
}

/** How much wider than its place the widest text is that can be scrolled sideways. */
export function planOverhang(state: State, screen: PlanScreen): number {
  if (screen.inPane) {
    const item = screen.plan?.items.find(({ name }) => name === screen.cursor.key);
    return item ? differenceOverhang(changesOf(item), state.columns - 1) : 0;
  }
  const { rows, longestName } = planKeys(screen.plan, screen.filter, screen.open);
  const room = widthsAt(state.columns, longestName).at(-1)!.width;
  return rows.reduce((most, item) => {
    const text = item ? resultSpans(item, screen.results.get(item.name))[1].text : '';
    return Math.max(most, width(text) - room);
  }, 0);
}

function resultSpans(item: CheckedItem, result: RestoreResult | undefined): [Span, Span] {
  if (!result)
    return [
      toned(item.kind.replace('-', ' '), kindTone[item.kind]),
      isWarned(item) ? toned(`! ${item.why}`, 'attention') : quiet(item.why),
    ];
  const done = result.outcome === 'written' || result.outcome === 'same';
  return [
    toned(`${done ? '✓' : '✗'} ${result.outcome}`, done ? 'ok' : 'bad'),
    done ? quiet(result.message) : toned(result.message, 'bad'),
  ];
}

function marksLine({ columns }: State, { marks, plan, applying, results }: PlanScreen): Line {
  if (applying !== null)
    return fitLine(
      [toned(` writing ${applying.done} of ${applying.total}…`, 'attention')],
      columns,
    );
  if (results.size > 0) {
    const failed = [...results.values()].filter(
      ({ outcome }) => outcome !== 'written' && outcome !== 'same',
    ).length;
    return [
      toned(` ${results.size - failed} written and verified`, 'ok'),
      failed > 0 ? toned(`, ${failed} not: their rows say why`, 'bad') : plain(''),
    ];
  }
  const marked = (plan?.items ?? []).filter(({ name }) => marks.has(name));
  const count = (kind: string): number => marked.filter((item) => item.kind === kind).length;
  const warned = marked.filter(isWarned).length;
  return marked.length === 0
    ? [quiet(' nothing marked: space marks one, a all')]
    : [
        toned(` ${marked.length} marked`, 'attention'),
        plain(`: ${count('change')} changed, ${count('new')} new · parents first`),
        toned(warned === 0 ? '' : ` · ! ${warned} with warnings`, 'attention'),
      ];
}

/** Whether something is to be told of a job that can be written. */
const isWarned = ({ kind, findings }: CheckedItem): boolean =>
  kind !== 'blocked' && findings.length > 0;

/**
 * What the checks say, whole; then field by field `−` what the server has, `+` what the snapshot
 * would make of it. A frame asks more than once: how many they are, and for them.
 */
const itemLines = memo((item: CheckedItem, columns: number, left: number): Line[] => {
  const changes = changesOf(item);
  const said = findingLines(item.findings, columns);
  if (changes.length > 0) return [...said, ...changeLines(changes, columns, left)];
  if (said.length > 0) return said;
  const why = item.why || 'no difference';
  return paragraph(why, columns).map((text) => [quiet(text)]);
});

function changesOf({ kind, changes, job, seen }: RestoreItem): readonly FieldChange[] {
  if (kind === 'new') return diffJobs(nothing, job).map((change) => ({ ...change, before: '' }));
  return kind === 'delete' ? diffJobs(seen ?? job, nothing) : changes;
}

/** Where there is no job, no field of it has a value. */
const nothing = {} as Job;
