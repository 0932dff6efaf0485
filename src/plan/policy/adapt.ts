/** The jobs of a source as a policy wants them. */
import type { Job } from '../../job/job.ts';
import { nameProblem } from '../../job/name.ts';
import { substitute } from '../../json/substitute.ts';
import type { Source } from '../source.ts';
import type { Policy, Replaced } from './policy.ts';
import { finderOf } from './replacement.ts';

export interface Adapted extends Source {
  /** By the names that the jobs have now. */
  readonly replaced: ReadonlyMap<string, readonly Replaced[]>;
}

/** Renames the jobs and writes over their settings. A parent that is not among them keeps its name. */
export function adapt(source: Source, policy: Policy): Adapted {
  const { jobs, barred } = source;
  const named = renamer(source, policy);
  const finders = policy.replacements.map(finderOf);
  const replaced = new Map<string, readonly Replaced[]>();
  return {
    jobs: jobs.map((job) => {
      const { config, done } = replacedIn(job.executor_config, finders);
      const name = named(job.name);
      if (done.length > 0) replaced.set(name, done);
      return { ...job, name, parent_job: named(job.parent_job), executor_config: config };
    }),
    barred: barred.map((one) => ({ ...one, name: named(one.name) })),
    replaced,
  };
}

/** The name that a job of the source has under the policy; any other name stays. */
export function renamer({ jobs, barred }: Source, { prefix }: Policy): (name: string) => string {
  // Where no name can be known a place in a file stands for it.
  const known = barred.filter(({ name }) => nameProblem(name) === undefined);
  const names = new Set([...jobs, ...known].map(({ name }) => name));
  return (name) => (names.has(name) ? prefix + name : name);
}

/** The job enabled or not as the policy wants it, where the server has `stored`. */
export function withEnabled(
  job: Job,
  stored: Job | undefined,
  { disabled, keepEnabled }: Policy,
): Job {
  if (keepEnabled && stored !== undefined) return { ...job, disabled: stored.disabled };
  return disabled ? { ...job, disabled } : job;
}

function replacedIn(
  config: Job['executor_config'],
  finders: readonly ReturnType<typeof finderOf>[],
): { readonly config: Job['executor_config']; readonly done: readonly Replaced[] } {
  if (config === null || config === undefined || finders.length === 0) return { config, done: [] };
  const done: Replaced[] = [];
  const entries = Object.entries(config).map(([key, value]) => {
    let text = value;
    for (const [by, find] of typeof text === 'string' ? finders.entries() : []) {
      const { text: now, count, broke } = substitute(text, find);
      const path = `executor_config.${key}`;
      if (count > 0) done.push({ path, by, count, ...(broke && { broke }) });
      text = now;
    }
    return [key, text] as const;
  });
  return { config: Object.fromEntries(entries), done };
}
