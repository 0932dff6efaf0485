/** One job in a snapshot: by its place, or by reading all of it. */
import { open } from 'node:fs/promises';
import { inputBytes } from '../../config/input.ts';
import { isPacked, unpacked } from '../../config/unpacked.ts';
import type { Version } from '../../journal/history/seen.ts';
import { definitionHash } from '../archive/definition.ts';
import type { Place } from '../archive/index-file.ts';
import { fileJobs } from '../file/file-jobs.ts';
import { type Found, type FoundJob, isJob } from '../file/found.ts';

/** What a snapshot says of a job. */
export type InFile =
  | { readonly version: Version }
  /** `whole`: all jobs of the file could be read, so that none of them has this name. */
  | { readonly none: true; readonly whole: boolean }
  | { readonly why: string };

/**
 * The job at its place, or wherever else it stands by now. Throws OperatorError for a file that cannot be read.
 */
export async function jobAt(path: string, name: string, place: Place): Promise<InFile> {
  const isIt = (job: Version['job']): boolean =>
    job.name === name && definitionHash(job) === place.definition;
  const here = await atPlace(path, place).catch(() => null);
  if (here !== null && isIt(here.job)) return { version: versionOf(here) };
  const there = await jobIn(path, name);
  if ('why' in there) return there;
  if ('version' in there && isIt(there.version.job)) return there;
  return { why: 'the job is not there as it was written' };
}

/** Null where no job stands there alone. */
async function atPlace(path: string, { offset, length }: Place): Promise<FoundJob | null> {
  if (offset === null) return null;
  const bytes = await bytesAt(path, offset, length);
  const reader = fileJobs(path);
  const [found, ...more] = [...reader.push(bytes), ...reader.end()];
  return found !== undefined && more.length === 0 && isJob(found) ? found : null;
}

/** Of a compressed file all before the place is unpacked, and nothing behind it. */
async function bytesAt(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, head.length, 0);
    if (isPacked(head)) return await unpackedAt(path, offset, length);
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, offset);
    return bytes;
  } finally {
    await file.close();
  }
}

async function unpackedAt(path: string, offset: number, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let at = 0;
  for await (const chunk of unpacked(path, inputBytes(path))) {
    parts.push(chunk.subarray(Math.max(0, offset - at), Math.max(0, offset + length - at)));
    at += chunk.length;
    if (at >= offset + length) break;
  }
  return Buffer.concat(parts);
}

const versionOf = ({ job, text }: FoundJob): Version => ({ job, text });

/** The job in a file of any kind. Throws CorruptFile for one that holds no jobs at all. */
export async function jobIn(path: string, name: string): Promise<InFile> {
  const reader = fileJobs(path);
  let whole = true;
  const here: Found[] = [];
  const look = (all: Iterable<Found>): void => {
    for (const found of all) {
      const named = isJob(found) ? found.job.name : found.name;
      if (named === name) here.push(found);
      if (named === null) whole = false;
    }
  };
  for await (const chunk of unpacked(path, inputBytes(path))) look(reader.push(chunk));
  look(reader.end());
  const [found, ...more] = here;
  if (found === undefined) return { none: true, whole };
  if (more.length > 0) return { why: `the name is there ${here.length} times` };
  return isJob(found) ? { version: versionOf(found) } : { why: found.why };
}
