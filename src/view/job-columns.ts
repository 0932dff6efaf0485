/** The columns of the jobs table: what each shows, how it sorts, from which width on it is there. */
import type { JobFacts } from '../job/job.ts';
import type { Next } from '../job/next-seen.ts';
import { type RunTimes, usualOf } from '../job/run-times/times.ts';
import { lastRun } from '../job/runs.ts';
import { type JobStatus, jobStatus, type Standing } from '../job/status.ts';
import { plain, quiet, type Span, toned } from './line.ts';
import { shortSpan } from './short.ts';
import { sparkText } from './spark.ts';

export type ColumnId =
  | 'name'
  | 'status'
  | 'next'
  | 'last'
  | 'counts'
  | 'schedule'
  | 'executor'
  | 'times'
  | 'zone'
  | 'owner'
  | 'tags';

export interface Sort {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** A job with what a row says of it beyond its fields. */
export interface Row {
  readonly job: JobFacts;
  readonly status: JobStatus;
  readonly running: boolean;
  readonly next: Next;
  readonly now: number;
  /** Steps below the root of its family, when the table shows families. */
  readonly depth: number;
  /** How long its runs took, where that is known. */
  readonly times?: RunTimes | undefined;
}

export interface Column {
  readonly id: ColumnId;
  readonly title: string;
  /** Cells; the name and the schedule share what the others leave (the schedule's most). */
  readonly width: number;
  readonly align: 'left' | 'right';
  /** Least width of the table that has room for it. */
  readonly from: number;
  readonly cell: (row: Row) => Span;
  /** It shows how long ago, or how soon. */
  readonly ages?: true;
  /** Sorts rows of equal value by name; strings without regard to case. */
  readonly key: (row: Omit<Row, 'depth' | 'running'>) => string | number;
}

const glyphs: Record<JobStatus, Span> = {
  success: toned('✓ success', 'ok'),
  failed: toned('✗ failed', 'bad'),
  partially_failed: toned('✗ partial', 'bad'),
  running: toned('▸ running', 'attention'),
  disabled: quiet('‖ disabled'),
  never: quiet('– never'),
  stuck: toned('! stuck', 'bad'),
  nowhere: toned('! nowhere', 'bad'),
  late: toned('! late', 'bad'),
  missed: toned('! missed', 'attention'),
  overdue: toned('? overdue', 'attention'),
  long: toned('▸ long', 'attention'),
  overrun: toned('~ overrun', 'attention'),
  slow: toned('~ slow', 'attention'),
};
/** What needs an eye comes first. */
const order: readonly JobStatus[] = [
  'stuck',
  'nowhere',
  'late',
  'failed',
  'partially_failed',
  'missed',
  'overdue',
  'long',
  'overrun',
  'slow',
  'running',
  'never',
  'success',
  'disabled',
];

export const statusSpan = (status: JobStatus): Span => glyphs[status];

function nextCell({ next, now }: Row): Span {
  if (next.kind === 'at') return plain(shortSpan(next.at - now));
  if (next.kind === 'invalid') return toned('invalid', 'bad');
  return quiet(next.kind === 'after' ? 'after' : next.kind === 'never' ? 'never' : '–');
}

function lastCell({ job, running, now }: Row): Span {
  const last = lastRun(job);
  if (running) return toned('now ▸', 'attention');
  if (last === null) return quiet('–');
  const ago = shortSpan(now - last.at);
  return last.ok ? plain(`${ago} ✓`) : toned(`${ago} ✗`, 'bad');
}

const pairs = (map: Record<string, string> | null): string =>
  Object.entries(map ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

export const scheduleText = (job: JobFacts): string =>
  job.parent_job === '' ? job.schedule : `after ${job.parent_job}`;

/** Cells that a member of a family is set in by; the names of long chains still show. */
export const indent = (depth: number): number => 2 * Math.min(depth, 5);

/** The name of a member of a family, so many steps below its root. */
export const inFamily = (name: string, depth: number): string =>
  (depth > 0 ? '└ '.padStart(indent(depth)) : '') + name;

const left = { align: 'left' } as const;
const right = { align: 'right' } as const;

export const columns: readonly Column[] = [
  {
    id: 'name',
    title: 'NAME',
    width: 0,
    from: 0,
    ...left,
    cell: ({ job, depth }) => plain(inFamily(job.name, depth)),
    key: ({ job }) => job.name,
  },
  {
    id: 'status',
    title: 'STATUS',
    width: 10,
    from: 30,
    ...left,
    cell: ({ status }) => statusSpan(status),
    key: ({ status }) => order.indexOf(status),
  },
  {
    id: 'next',
    title: 'NEXT',
    width: 7,
    from: 42,
    ...right,
    cell: nextCell,
    ages: true,
    key: ({ next }) => (next.kind === 'at' ? next.at : Number.MAX_SAFE_INTEGER),
  },
  {
    id: 'last',
    title: 'LAST',
    width: 8,
    from: 52,
    ...right,
    cell: lastCell,
    ages: true,
    key: ({ job }) => -(lastRun(job)?.at ?? 0),
  },
  {
    id: 'counts',
    title: 'OK/FAILED',
    width: 11,
    from: 92,
    ...right,
    cell: ({ job }) =>
      job.error_count > 0
        ? plain(`${job.success_count}/${job.error_count}`)
        : quiet(`${job.success_count}/0`),
    key: ({ job }) => -job.error_count,
  },
  {
    id: 'schedule',
    title: 'SCHEDULE',
    width: 0,
    from: 63,
    ...left,
    cell: ({ job }) => (job.parent_job === '' ? plain(job.schedule) : quiet(scheduleText(job))),
    key: ({ job }) => scheduleText(job),
  },
  {
    id: 'executor',
    title: 'EXECUTOR',
    width: 10,
    from: 100,
    ...left,
    cell: ({ job }) => plain(job.executor),
    key: ({ job }) => job.executor,
  },
  {
    id: 'times',
    title: 'LAST 20 RUNS',
    width: 20,
    from: 124,
    ...right,
    cell: ({ times }) => (times === undefined ? quiet('') : plain(sparkText(times.runs, 20))),
    key: ({ times }) => -((times && usualOf(times)?.median) ?? 0),
  },
  {
    id: 'zone',
    title: 'ZONE',
    width: 16,
    from: 142,
    ...left,
    cell: ({ job }) => plain(job.timezone),
    key: ({ job }) => job.timezone,
  },
  {
    id: 'owner',
    title: 'OWNER',
    width: 12,
    from: 156,
    ...left,
    cell: ({ job }) => plain(job.owner),
    key: ({ job }) => job.owner,
  },
  {
    id: 'tags',
    title: 'TAGS',
    width: 18,
    from: 176,
    ...left,
    cell: ({ job }) => plain(pairs(job.tags)),
    key: ({ job }) => pairs(job.tags),
  },
];

export const columnOf = (id: ColumnId): Column => columns.find((column) => column.id === id)!;

export const rowOf = (
  job: JobFacts,
  standing: Standing,
  next: Next,
  now: number,
  depth: number,
  times?: RunTimes,
): Row => ({
  job,
  status: jobStatus(job, standing),
  running: standing.running,
  next,
  now,
  depth,
  times,
});
