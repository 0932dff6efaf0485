/** What of a job its operator defines, as a hash: the same for two jobs that differ in counters only. */
import { createHash } from 'node:crypto';
import { definition } from '../../job/compare.ts';
import type { Job } from '../../job/job.ts';
import { stringifyJson } from '../../json/numbers.ts';

/** Hex. Of one job's text as it was parsed with its numbers as written (json/numbers.ts). */
export const definitionHash = (job: Job): string => hash(stringifyJson(definition(job)));

/** Of all jobs together, in whatever order they came. */
export function definitionsHash(
  jobs: readonly { readonly name: string; readonly definition: string }[],
): string {
  const lines = jobs.map(({ name, definition }) => `${definition} ${name}\n`);
  return hash(lines.sort().join(''));
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
