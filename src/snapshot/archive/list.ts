import { createReadStream } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFound } from '../../base/errors.ts';
import { fileError } from '../../config/files.ts';
import { startOfFile } from '../file/position.ts';
import { type Piece, scanFile } from '../file/scan.ts';
import { isManifest } from './manifest.ts';
import { isDamaged } from './name.ts';

export interface SnapshotFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Null when the file is not a snapshot, is broken, or is too large to be counted quickly. */
  readonly jobs: number | null;
  /** This user may not read it. */
  readonly unreadable?: true;
}

/**
 * The snapshots of a folder, newest first; none when there is no such folder. Throws OperatorError
 * when it cannot be read: that is not the same as none.
 */
export async function listSnapshots(folder: string): Promise<SnapshotFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const failure = fileError(folder, 'read', error);
    if (failure instanceof NotFound) return [];
    throw failure;
  });
  const names = entries
    .filter(({ name }) => !name.startsWith('.') && !isDamaged(name) && !isManifest(name))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()
    .reverse();
  const files: SnapshotFile[] = [];
  for (const name of names) {
    const file = await describe(name, join(folder, name));
    if (file !== null) files.push(file);
  }
  return files.sort((a, b) => b.modified - a.modified);
}

/** Null for a file that is gone again. */
async function describe(name: string, path: string): Promise<SnapshotFile | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  const { size, mtimeMs } = found;
  const readable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  const jobs = size > countable || !readable ? null : await countJobs(path).catch(() => null);
  const file = { name, path, bytes: size, modified: mtimeMs, jobs };
  return readable ? file : { ...file, unreadable: true };
}

/** Some 40 000 jobs, a tenth of a second. */
const countable = 64 << 20;

async function countJobs(path: string): Promise<number | null> {
  const scanner = scanFile(startOfFile);
  let jobs = 0;
  const count = (pieces: Iterable<Piece>): boolean => {
    for (const { kind } of pieces)
      if (kind === 'object') jobs++;
      else return false;
    return true;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    if (!count(scanner.push(chunk as Uint8Array))) return null;
  if (!count(scanner.end())) return null;
  return jobs;
}
