import { own } from '../base/own.ts';
import { closeBody } from '../json/layout.ts';
import type { Job } from './job.ts';

/**
 * The job with the JSON in its executor's settings spaced as in `stored`: what differs by white space
 * only does not differ. A file lays it out for people; a server keeps it as it was sent.
 */
export function spacedLike(job: Job, stored: Job | undefined): Job {
  const [old, config] = [stored?.executor_config, job.executor_config];
  if (!old || !config) return job;
  const spaced = Object.entries(config).map(([key, text]) => {
    const before = own(old, key);
    return [
      key,
      typeof before === 'string' && /^\s*[{[]/.test(before) ? closeBody(before, text) : text,
    ];
  });
  return { ...job, executor_config: Object.fromEntries(spaced) };
}
