/** Since when a job is known as it is: what was disabled or another before owes nothing of that time. */
import { createHash } from 'node:crypto';
import type { JobFacts } from '../job/job.ts';

/** What earlier programs saw of jobs. */
export interface Sightings {
  /** Since when it is seen with this schedule and enabled, ms since the epoch; undefined: not known. */
  readonly since: (job: JobFacts) => number | undefined;
}

const fields = [
  'schedule',
  'timezone',
  'disabled',
  'parent_job',
  'starts_at',
  'expires_at',
] as const;

/** Whether the scheduler fires one as the other. */
export const isSameDefinition = (one: JobFacts, other: JobFacts): boolean =>
  fields.every((field) => (one[field] ?? null) === (other[field] ?? null));

/** The same for the same definition. */
export const definitionKey = (job: JobFacts): string =>
  createHash('sha256')
    .update(JSON.stringify(fields.map((field) => job[field] ?? null)))
    .digest('hex')
    .slice(0, 16);
