/** The checks of a job that a server has. */
import type { Job } from '../job.ts';
import type { Finding } from './finding.ts';
import { type Around, checkJob } from './lint.ts';
import { staleFindings } from './ttl.ts';

/**
 * All that is wrong with it by itself and `among` the others (`amongFindings`). What a server gives it
 * keeps: a field that is not known here is no fault.
 */
export const listedFindings = (
  job: Job,
  around: Around,
  among: ReadonlyMap<string, readonly Finding[]>,
): Finding[] => [
  ...checkJob(job, around).filter(({ rule }) => rule !== 'field-unknown'),
  ...(among.get(job.name) ?? []),
  ...staleFindings(job, around),
];
