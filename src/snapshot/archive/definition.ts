/** What of a job its operator defines, as a hash: the same for two jobs that differ in counters only. */
import { isUtf8 } from 'node:buffer';
import { createHash, hash } from 'node:crypto';
import type { Job } from '../../job/job.ts';
import { normalText } from '../../job/normal.ts';
import { writtenJobs } from '../../job/written.ts';

/** Hex. Of a job that was parsed with its numbers as written (json/numbers.ts). */
export const definitionHash = (job: Job): string => short(normalText(job));

/**
 * The name and the same hash out of a job's exact bytes, ten times as fast. Null for a job that is not written
 * as Dkron writes it: that has to be parsed.
 */
export function lineDefinitions(): (
  line: Uint8Array,
) => { readonly name: string; readonly definition: string } | null {
  const read = writtenJobs();
  return (line) => {
    const job = isUtf8(line) ? read(line) : null;
    return job && { name: job.name, definition: short(job.normal) };
  };
}

/** Of all jobs together, in whatever order they came: a definition holds the name. */
export const definitionsHash = (jobs: Iterable<{ readonly definition: string }>): string =>
  sortedDefinitionsHash(Array.from(jobs, ({ definition }) => definition).sort());

/** The same, where they are sorted. */
export function sortedDefinitionsHash(definitions: Iterable<string>): string {
  const sum = createHash('sha256');
  let some = '';
  for (const definition of definitions) {
    some += `${definition}\n`;
    if (some.length < together) continue;
    sum.update(some);
    some = '';
  }
  return sum.update(some).digest('hex').slice(0, 32);
}

/** To hand over one definition takes longer than to add it up, UTF-16 units. */
const together = 1 << 14;

const short = (content: string | Uint8Array): string => hash('sha256', content, 'hex').slice(0, 32);
