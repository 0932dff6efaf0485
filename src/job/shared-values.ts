/** Values that many jobs have, once for all of them. */
import type { JobFacts } from './job.ts';

const none: string[] = [];

/** The facts of a job, of which no string is part of anything larger. */
export function valueSharer(): (facts: JobFacts) => JobFacts {
  const texts = new Map<string, string>();
  const maps = new Map<string, Record<string, string>>();

  const text = (one: string): string => {
    if (one === '') return one;
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

  // Each by its name: a copy of all that a job has takes longer than reading it.
  return (facts) => ({
    name: facts.name,
    displayname: facts.displayname,
    timezone: text(facts.timezone),
    schedule: text(facts.schedule),
    owner: text(facts.owner),
    owner_email: text(facts.owner_email),
    success_count: facts.success_count,
    error_count: facts.error_count,
    last_success: facts.last_success,
    last_error: facts.last_error,
    disabled: facts.disabled,
    tags: map(facts.tags),
    metadata: map(facts.metadata),
    dependent_jobs: facts.dependent_jobs?.length === 0 ? none : facts.dependent_jobs,
    parent_job: text(facts.parent_job),
    executor: text(facts.executor),
    status: text(facts.status),
    next: text(facts.next),
    starts_at: facts.starts_at,
    expires_at: facts.expires_at,
  });
}
