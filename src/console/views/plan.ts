/** A plan: what each job would become, why, and the difference under the cursor. */
import { diffJobs } from '../../job/compare.ts';
import type { Job } from '../../job/job.ts';
import type { RestoreItem, RestorePlan, RestoreResult } from '../../restore/model.ts';
import { type Keys, keysOf, windowOf } from '../cursor.ts';
import { planRows } from '../layout.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../line.ts';
import { memo } from '../memo.ts';
import type { PlanScreen, State } from '../model.ts';
import { fillRows, fitLine, rule, spread } from './compose.ts';
import { changeLines } from './diff.ts';
import { cells, row, type Width } from './table.ts';

export const planKeys = memo(
  (plan: RestorePlan | null, filter: string): Keys & { items: readonly RestoreItem[] } => {
    const wanted = filter.toLowerCase();
    const items = (plan?.items ?? []).filter(
      ({ name, kind }) => name.toLowerCase().includes(wanted) || kind.startsWith(wanted),
    );
    return { ...keysOf(items.map(({ name }) => name)), items };
  },
);

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
  return spread(
    [plain(' '), bold(screen.title), quiet(`  ${summary}`)],
    [quiet(` into ${state.setting.label} `)],
    state.columns,
  );
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
const kindCounts = ({ items }: RestorePlan): string =>
  Object.entries(kindWords)
    .map(([kind, words]) => [items.filter((item) => item.kind === kind).length, words] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(' · ') || 'nothing in it';

export function planBody(state: State, screen: PlanScreen): Line[] {
  const keys = planKeys(screen.plan, screen.filter);
  const { list: height, diff: under } = planRows(state, keys.keys.length);
  const name = Math.min(34, Math.floor(state.columns * 0.42));
  const widths: Width[] = [
    { width: name },
    { width: 10 },
    { width: Math.max(6, state.columns - name - 17) },
  ];
  const { start, end } = windowOf(screen.cursor, keys, height);
  const rows = keys.items.slice(start, end).map((item) => {
    const [kind, why] = resultSpans(item, screen.results.get(item.name));
    return row(cells([plain(item.name), kind, why], widths), {
      cursor: item.name === screen.cursor.key,
      marked: screen.marks.has(item.name),
      columns: state.columns,
    });
  });
  const head: Line = [plain('   '), ...cells(['JOB', 'PLAN', 'WHY'].map(quiet), widths)];
  const item = keys.items.find(({ name }) => name === screen.cursor.key);
  return [
    head,
    ...fillRows(rows, height),
    ...(under > 0
      ? [rule(state.columns), ...fillRows(item ? itemLines(item, state.columns) : [], under - 1)]
      : []),
    marksLine(state, screen),
  ];
}

function resultSpans(item: RestoreItem, result: RestoreResult | undefined): [Span, Span] {
  if (!result) return [toned(item.kind.replace('-', ' '), kindTone[item.kind]), quiet(item.why)];
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
  return marked.length === 0
    ? [quiet(' nothing marked: space marks the job, a all that are new or changed')]
    : [
        toned(` ${marked.length} marked`, 'attention'),
        plain(`: ${count('change')} changed, ${count('new')} new · parents first`),
      ];
}

/** Field by field: `−` what the server has, `+` what the snapshot would make of it. */
function itemLines({ kind, why, changes, job, seen }: RestoreItem, columns: number): Line[] {
  if (kind === 'new')
    return changeLines(
      diffJobs(nothing, job).map((change) => ({ ...change, before: '' })),
      columns,
    );
  if (kind === 'delete') return changeLines(diffJobs(seen ?? job, nothing), columns);
  if (changes.length === 0) return [[quiet(` ${why || 'no difference'}`)]];
  return changeLines(changes, columns);
}

/** Where there is no job, no field of it has a value. */
const nothing = {} as Job;
