/** The columns of the jobs table: what each shows, how it sorts, from which width on it is there. */
import type { Job } from '../job/job.ts';
import { lastRun, type Next } from '../job/runs.ts';
import { type JobStatus, jobStatus } from '../job/status.ts';
import { plain, quiet, type Span, toned } from './line.ts';
import { shortSpan } from './short.ts';

export type ColumnId =
  | 'name'
  | 'status'
  | 'next'
  | 'last'
  | 'counts'
  | 'schedule'
  | 'executor'
  | 'zone'
  | 'owner'
  | 'tags';

export interface Sort {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** A job with what a row says of it beyond its fields. */
export interface Row {
  readonly job: Job;
  readonly status: JobStatus;
  readonly next: Next;
  readonly now: number;
  /** Steps below the root of its family, when the table shows families. */
  readonly depth: number;
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
  /** Sorts rows of equal value by name; strings without regard to case. */
  readonly key: (row: Omit<Row, 'depth'>) => string | number;
}

const glyphs: Record<JobStatus, Span> = {
  success: toned('✓ success', 'ok'),
  failed: toned('✗ failed', 'bad'),
  partially_failed: toned('✗ partial', 'bad'),
  running: toned('▸ running', 'attention'),
  disabled: quiet('‖ disabled'),
  never: quiet('– never'),
};
/** What needs an eye comes first. */
const order: readonly JobStatus[] = [
  'failed',
  'partially_failed',
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

function lastCell({ job, status, now }: Row): Span {
  const last = lastRun(job);
  if (status === 'running') return toned('now ▸', 'attention');
  if (last === null) return quiet('–');
  const ago = shortSpan(now - last.at);
  return last.ok ? plain(`${ago} ✓`) : toned(`${ago} ✗`, 'bad');
}

const pairs = (map: Record<string, string> | null): string =>
  Object.entries(map ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');

export const scheduleText = (job: Job): string =>
  job.parent_job === '' ? job.schedule : `after ${job.parent_job}`;

/** Cells that a member of a family is set in by; the names of long chains still show. */
export const indent = (depth: number): number => 2 * Math.min(depth, 5);

const left = { align: 'left' } as const;
const right = { align: 'right' } as const;

export const columns: readonly Column[] = [
  {
    id: 'name',
    title: 'NAME',
    width: 0,
    from: 0,
    ...left,
    cell: ({ job, depth }) => plain((depth > 0 ? '└ '.padStart(indent(depth)) : '') + job.name),
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
    key: ({ next }) => (next.kind === 'at' ? next.at : Number.MAX_SAFE_INTEGER),
  },
  {
    id: 'last',
    title: 'LAST',
    width: 8,
    from: 52,
    ...right,
    cell: lastCell,
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
    id: 'zone',
    title: 'ZONE',
    width: 16,
    from: 118,
    ...left,
    cell: ({ job }) => plain(job.timezone),
    key: ({ job }) => job.timezone,
  },
  {
    id: 'owner',
    title: 'OWNER',
    width: 12,
    from: 132,
    ...left,
    cell: ({ job }) => plain(job.owner),
    key: ({ job }) => job.owner,
  },
  {
    id: 'tags',
    title: 'TAGS',
    width: 18,
    from: 150,
    ...left,
    cell: ({ job }) => plain(pairs(job.tags)),
    key: ({ job }) => pairs(job.tags),
  },
];

export const columnOf = (id: ColumnId): Column => columns.find((column) => column.id === id)!;

export const rowOf = (job: Job, running: boolean, next: Next, now: number, depth: number): Row => ({
  job,
  status: jobStatus(job, running),
  next,
  now,
  depth,
});

export interface Placed {
  readonly column: Column;
  readonly width: number;
}

// `0 */20 * * * *` is the commonest form there is.
const leastSchedule = 15;
const leastName = 12;
const mostSchedule = 26;
/** The cursor, the mark and a space stand before the first column. */
const lead = 3;
const gap = 2;

/**
 * The columns that a table of so many cells shows, with the width of each. Names get more than
 * schedules, but never their last cells. `skipped` columns behind the name are left out at the
 * left, for the sake of those at the right that had no room.
 */
export function placeColumns(width: number, longestName: number, skipped = 0): readonly Placed[] {
  return skipped === 0 ? placeAll(width, longestName) : placeFrom(width, longestName, skipped);
}

function placeAll(width: number, longestName: number): readonly Placed[] {
  const shown = columns.filter((column) => column.from <= width);
  const gaps = gap * (shown.length - 1);
  const fixed = shown.reduce((sum, column) => sum + column.width, 0);
  const rest = Math.max(8, width - lead - gaps - fixed);
  const hasSchedule = shown.some((column) => column.id === 'schedule');
  const wanted = Math.max(longestName, leastName);
  const schedule = hasSchedule
    ? Math.min(mostSchedule, Math.max(leastSchedule, rest - Math.min(wanted, 40)))
    : 0;
  const name = Math.min(rest - schedule, wanted);
  const spare = rest - schedule - name;
  return shown.map((column) => ({
    column,
    width:
      column.id === 'name'
        ? name + (hasSchedule ? 0 : spare)
        : column.id === 'schedule'
          ? schedule + Math.min(spare, 14)
          : column.width,
  }));
}

/** The name keeps its place; the last column takes what is left over. */
function placeFrom(width: number, longestName: number, skipped: number): readonly Placed[] {
  const [first, ...others] = columns;
  const name = Math.min(Math.max(longestName, leastName), Math.floor(width * 0.4));
  const placed: Placed[] = [{ column: first!, width: name }];
  let left = width - lead - name;
  for (const column of others.slice(skipped)) {
    const wanted = column.width || mostSchedule;
    if (placed.length > 1 && wanted + gap > left) break;
    placed.push({ column, width: Math.min(wanted, left - gap) });
    left -= wanted + gap;
  }
  const last = placed.pop()!;
  return [...placed, { ...last, width: last.width + Math.max(0, left) }];
}

/** How many columns are left out at the left when the last one shows. */
export function mostSkipped(width: number, longestName: number): number {
  const last = columns.at(-1);
  const shows = (skipped: number): boolean =>
    placeColumns(width, longestName, skipped).at(-1)?.column === last;
  return columns.findIndex((_, skipped) => shows(skipped));
}
