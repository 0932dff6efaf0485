/** What follows from writing a job that its definition does not say. It keeps nobody from anything. */

import { atLeast } from '../base/dkron-version.ts';
import type { FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { type Finding, note } from '../job/lint/finding.ts';
import type { Around } from '../job/lint/lint.ts';
import { parsedOnce } from '../job/lint/parsed.ts';
import { numberText } from '../json/numbers.ts';
import { type Instant, millisFromInstant, zoneOf } from '../schedule/index.ts';

/** What a plan's checks judge by, beside what those of a job do. */
export interface Written extends Omit<Around, 'parents'> {
  /** A token is shown to the server, which with access control has an owner. */
  readonly token?: boolean | undefined;
}

interface Writing {
  readonly job: Job;
  readonly seen: Job | null;
  readonly changes: readonly FieldChange[];
}

/** Each a note. */
export const consequencesOf = (writing: Writing, around: Written): Finding[] => [
  ...shownNext(writing, around),
  ...lostCounts(writing),
  ...newOwner(writing, around),
];

const changed = ({ seen, changes }: Writing, field: string): boolean =>
  seen === null || changes.some(({ path }) => path === field);

/**
 * Dkron computes `next` when the text of the schedule changes, by its own clock and without the job's
 * zone (store.go SetJob, job.go GetNext). What it runs by is right (scheduler.go).
 */
function shownNext(writing: Writing, { version, serverZone = 'UTC', now }: Written): Finding[] {
  const { name, schedule, timezone, parent_job, disabled } = writing.job;
  if (
    parent_job !== '' ||
    disabled ||
    (timezone === '' && changed(writing, 'schedule')) ||
    !(changed(writing, 'schedule') || changed(writing, 'timezone'))
  )
    return [];
  const place = { name, timezone, serverTimezone: serverZone, ...(version && { version }) };
  const parsed = parsedOnce(schedule, place);
  if (!parsed.valid || parsed.schedule.kind !== 'fields') return [];
  const { zone, zoneFrom } = parsed.schedule;
  const until = 'until it has run once';
  if (!changed(writing, 'schedule'))
    return [
      note('next-shown', 'timezone', `Dkron goes on showing the next run as it was, ${until}`),
    ];
  if (zoneFrom !== 'job' || offsetIn(zone, now) === offsetIn(serverZone, now)) return [];
  const text = `Dkron shows its next run by the server's clock ${until}; it runs by that of ${zone}`;
  return [note('next-shown', 'timezone', text)];
}

/** Zones of many names tell the same time. */
const offsetIn = (zone: string, at: Instant): number =>
  zoneOf(zone).offsetAt(Math.floor(millisFromInstant(at) / 1_000));

/** A job that is new begins to count, whatever a snapshot says of it. */
function lostCounts({ job, seen }: Writing): Finding[] {
  const [good, bad] = [job.success_count, job.error_count].map((count) => numberText(count) ?? '0');
  if (seen !== null || (good === '0' && bad === '0')) return [];
  const text = `it had counted ${good} ok and ${bad} failed: Dkron begins at 0, and its runs are not restored`;
  return [note('counters-lost', 'success_count', text)];
}

/** Since 4.0.0 (api.go jobCreateOrUpdateHandler). */
function newOwner(writing: Writing, { token = false, version }: Written): Finding[] {
  const { owner } = writing.job;
  if (!token || owner === '' || !changed(writing, 'owner')) return [];
  if (version !== undefined && !atLeast(version, '4.0.0')) return [];
  const text = 'with access control Dkron writes the owner of your token in its place';
  return [note('owner-rewritten', 'owner', text)];
}
