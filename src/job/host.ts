/** Which host a job calls. */
import type { Job, JobFacts } from './job.ts';

/** The host of an address, in small letters and without its port; '' where there is none. */
export const urlHost = (url: string): string =>
  (/^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/i.exec(url)?.[1] ?? '').toLowerCase();

type Calling = Pick<JobFacts, 'executor'> & Pick<Job, 'executor_config'>;

const known = new WeakMap<Calling, string>();

/** The host that a job of the http executor calls; '' for all others. Read once of each job. */
export function hostOf(job: Calling): string {
  if (job.executor !== 'http') return '';
  const before = known.get(job);
  if (before !== undefined) return before;
  const host = urlHost(job.executor_config?.['url'] ?? '');
  known.set(job, host);
  return host;
}

/** Who calls the same host as this job; nobody, where it calls none. */
export function callersWith(job: Calling): (other: Calling) => boolean {
  const host = hostOf(job);
  return (other) => host !== '' && hostOf(other) === host;
}
