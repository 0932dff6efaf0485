import { type ChangedMeanwhile, NotSent, type OperatorError } from '../../base/errors.ts';
import type { FieldChange } from '../../job/compare.ts';
import type { JobText } from '../../job/job.ts';
import type { Merge } from '../../job/merge.ts';

/** The change is on the server, seen there. */
export interface Written {
  readonly outcome: 'written';
  /** Null for a job that did not exist. */
  readonly before: JobText | null;
  /** Null for a job that was deleted. */
  readonly after: JobText | null;
  /** What the journal could not record, and why; the job was written. */
  readonly unnoted?: string;
}

/** What was done, and what the journal lacks of it. */
export const withUnnoted = (done: string, { unnoted }: Written): string =>
  unnoted === undefined ? done : `${done}; ${unnoted}`;

/** The server has it so already; nothing was sent. */
export interface Same {
  readonly outcome: 'same';
  readonly now: JobText | null;
}

/** Not sent, as the server has not accepted what comes before it; whether that is there after all may be seen by now. */
export class NotYet extends NotSent {
  constructor(before: string) {
    super(`not sent: it comes after ${before}, which was not accepted`);
  }
}

/** Nothing was written, and why. */
export interface Refusal {
  readonly outcome: 'refused';
  readonly error: OperatorError;
}

/** Somebody changed the job since the operator looked at it; nothing was written. */
export interface Conflict {
  readonly outcome: 'changed';
  readonly error: ChangedMeanwhile;
  readonly now: JobText | null;
  /** How both sides' changes fit together; null when the job appeared or went away. */
  readonly merge: Merge | null;
}

/** It was sent and may have been carried out; here is what the server has. */
export interface Unknown {
  readonly outcome: 'unknown';
  readonly error: OperatorError;
  /** Null for no such job, undefined when it could not be read. */
  readonly now: JobText | null | undefined;
  /** From what was sent to what the server has. */
  readonly differs: readonly FieldChange[];
}

export type WriteResult = Written | Same | Refusal | Conflict | Unknown;
