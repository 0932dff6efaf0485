/** What is known of a job's past: how it was seen, and what the journal changed. */
import { sameDefinition, shows } from '../../job/compare.ts';
import type { Job } from '../../job/job.ts';
import { keptOf } from '../../job/lint/kept.ts';

/** A definition of the job, and its exact text. */
export interface Version {
  readonly job: Job;
  readonly text: string;
}

/** How the job was; null: there was none of its name. */
export type JobThen = Version | null;

/** Who says how the job was: a snapshot by its name, the journal by the id of a change, or the server. */
export interface Source {
  readonly kind: 'snapshot' | 'journal' | 'server';
  readonly id: string;
}

/** The job as somebody saw it. */
export interface Sighting {
  /** ms since the epoch. */
  readonly at: number;
  readonly state: JobThen;
  readonly source: Source;
}

/** A change that the journal has. */
export interface Change {
  readonly id: string;
  /** When it was about to be sent, and when it was known what came of it; ms since the epoch. */
  readonly at: number;
  readonly until: number;
  readonly before: JobThen;
  readonly after: JobThen;
  /** False: what was sent may have changed the job, or not. */
  readonly certain: boolean;
  readonly who: string | null;
}

/** Whether these are one definition. */
export const same = (a: JobThen, b: JobThen): boolean =>
  a === b || (a !== null && b !== null && sameDefinition(a.job, b.job));

/** Whether the job may have been so after this change; after one that is not certain, also as before. */
export function mayFollow(
  state: JobThen,
  { before, after, certain }: Pick<Change, 'before' | 'after' | 'certain'>,
): boolean {
  if (same(state, after)) return true;
  if (certain) return false;
  return same(state, before) || isSent(state, after);
}

/** Whether a server that was sent this shows that: older ones do not keep all of it. */
const isSent = (state: JobThen, sent: JobThen): boolean =>
  state !== null && sent !== null && shows(state.job, keptOf(sent.job).job);
