/** Values that many jobs have, once for all of them. */
import type { Job, JobFacts } from './job.ts';

const none: string[] = [];

/** The facts of a job, of which no string is part of anything larger. */
export function valueSharer(): (job: Job) => JobFacts {
  const texts = new Map<string, string>();
  const maps = new Map<string, Record<string, string>>();

  const text = (one: string): string => {
    const known = texts.get(one);
    if (known === undefined) texts.set(one, one);
    return known ?? one;
  };
  const map = (one: Record<string, string> | null): Record<string, string> | null => {
    if (one === null) return null;
    const written = JSON.stringify(one);
    const known = maps.get(written);
    if (known === undefined) maps.set(written, one);
    return known ?? one;
  };

  return (job) => ({
    ...job,
    timezone: text(job.timezone),
    schedule: text(job.schedule),
    owner: text(job.owner),
    owner_email: text(job.owner_email),
    parent_job: text(job.parent_job),
    executor: text(job.executor),
    status: text(job.status),
    next: text(job.next),
    dependent_jobs: job.dependent_jobs?.length === 0 ? none : job.dependent_jobs,
    tags: map(job.tags),
    metadata: map(job.metadata),
  });
}
