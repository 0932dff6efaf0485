/** Copies under other names that will run beside what they are copies of. */
import type { Job } from '../../job/job.ts';
import { type Finding, warning } from '../../job/lint/finding.ts';
import type { Policy } from './policy.ts';

/** Of one job that is to be written, where `there` are all that the server will have. */
export function besideOriginal(
  { name, disabled }: Job,
  { prefix }: Policy,
  there: ReadonlyMap<string, Pick<Job, 'disabled'>>,
): Finding[] {
  if (prefix === '' || disabled || !name.startsWith(prefix)) return [];
  if (there.get(name.slice(prefix.length))?.disabled !== false) return [];
  const text =
    'the job without the prefix is enabled on this server, so both will run; --disabled writes copies disabled';
  return [warning('runs-beside', 'name', text)];
}
