/** What a context says that nobody wants to be told. */
import { parseFilter } from '../filter.ts';
import type { Job } from '../job.ts';
import { idle } from '../status.ts';
import type { Finding } from './finding.ts';

export interface Ignored {
  /** Its name, or how the names of several begin: `clock-`. */
  readonly rule: string;
  /** A filter; all jobs unless told. */
  readonly jobs?: string | undefined;
}

/** Whether a finding of a job is to be left out. */
export function ignoring(
  rows: readonly Ignored[],
): (job: Job, finding: Pick<Finding, 'rule'>) => boolean {
  const tests = rows.map(({ rule, jobs }) => ({
    rule,
    holds: jobs === undefined ? () => true : parseFilter(jobs),
  }));
  return (job, finding) =>
    tests.some(({ rule, holds }) => finding.rule.startsWith(rule) && holds(job, idle));
}
