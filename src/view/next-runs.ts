/** When a job runs now, and when it would run with a change. */
import type { FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import type { Next } from '../job/next-seen.ts';
import { type Clock, type Upcoming, upcoming } from '../job/upcoming.ts';
import { runText } from './run-times.ts';

/** Fields by which a job runs when it does. */
const moving = new Set([
  ...['name', 'schedule', 'timezone', 'disabled', 'parent_job'],
  ...['starts_at', 'expires_at'],
]);

/** Whether one of these changes moves the runs of a job. */
export const movesRuns = (changes: readonly FieldChange[]): boolean =>
  changes.some(({ path }) => moving.has(path));

/**
 * The next runs as one more difference, to stand among the others: one a line. Of a job that is new
 * `seen` is null, of one that goes `wanted` is. Null where a change moves nothing.
 */
export function runsChange(
  seen: Job | null,
  wanted: Job | null,
  clock: Clock,
  count = 3,
): FieldChange | null {
  const before = seen === null ? '' : runsText(seen, clock, { count, there: true });
  const after = wanted === null ? '' : runsText(wanted, clock, { count, there: false });
  return before === after ? null : { keys: ['next'], path: 'next runs', before, after };
}

function runsText(
  job: Job,
  clock: Clock,
  { count, there }: { readonly count: number; readonly there: boolean },
): string {
  const { kind, runs, zone }: Upcoming = upcoming(job, clock, count, there);
  if (kind !== 'at') return noRuns[kind](job);
  return runs.map((run) => runText(run, zone, clock.now)).join('\n');
}

/** Why a job has no runs by the clock. */
const noRuns: Readonly<Record<Exclude<Next['kind'], 'at'>, (job: Job) => string>> = {
  after: ({ parent_job }) => `after ${parent_job}`,
  disabled: () => 'none while it is disabled',
  never: () => 'no scheduled runs',
  invalid: () => 'none: Dkron refuses the schedule',
};
