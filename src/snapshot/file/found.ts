/** What a file of jobs turns out to hold. */
import type { JobText } from '../../job/job.ts';
import type { FilePlace } from './position.ts';

/** A job with its exact text in the file, and where it begins. */
export interface FoundJob extends JobText {
  readonly place: FilePlace;
}

/** What stands where a job should be and cannot be read as one. */
export interface Unreadable {
  /** Null where it cannot be known. */
  readonly name: string | null;
  /** Where it is wrong; of a name that is there several times, where each of them begins. */
  readonly places: readonly FilePlace[];
  /** In plain words, without the place. */
  readonly why: string;
  /** Nothing about it says that a job was meant. */
  readonly foreign: boolean;
}

export type Found = FoundJob | Unreadable;

export const isJob = (found: Found): found is FoundJob => 'job' in found;

/** Reads jobs out of bytes as they come. */
export interface JobReader {
  /** What these bytes complete, in the order of the file. */
  push(chunk: Uint8Array): Iterable<Found>;
  /** What is left when the file ends here. */
  end(): Iterable<Found>;
}
