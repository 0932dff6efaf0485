/** Which jobs take too long, by what is known of their runs and by what runs now. */
import type { Execution } from '../dkron/shapes.ts';
import type { ReadBy } from '../job/lint/pauses.ts';
import type { JobRow } from '../job/row.ts';
import { isLongest, paceOf } from '../job/run-times/pace.ts';
import type { Pace } from '../job/status.ts';
import { serverTime } from '../job/time.ts';
import { instantFromMillis } from '../schedule/index.ts';
import type { KnownTimes } from './kept-times.ts';

/** Of all these jobs; `at`: by the server's clock, ms since the epoch. */
export function pacesOf(
  rows: readonly JobRow[],
  times: KnownTimes,
  busy: readonly Execution[],
  { at, ...by }: Omit<ReadBy, 'now'> & { readonly at: number },
): Map<string, Pace> {
  const paces = new Map<string, Pace>();
  const read = { ...by, now: instantFromMillis(at) };
  for (const row of rows) {
    const known = times.get(row.name);
    const pace = known === undefined ? null : paceOf(row, known, read);
    if (pace !== null) paces.set(row.name, pace);
  }
  for (const name of longRuns(busy, times, at)) paces.set(name, 'long');
  return paces;
}

/** The jobs of which a run goes on for longer than any that is known; `at`: by the server's clock, ms. */
export const longRuns = (
  busy: readonly Execution[],
  times: KnownTimes,
  at: number,
): readonly string[] =>
  busy.flatMap(({ job_name, started_at }) => {
    const known = times.get(job_name);
    const since = serverTime(started_at)?.getTime() ?? at;
    return known !== undefined && isLongest(known, at - since) ? [job_name] : [];
  });
