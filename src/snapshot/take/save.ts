/** Saves a snapshot so that its file is complete or does not exist. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { OperatorError } from '../../base/errors.ts';
import { exists, fileError, flushFolder } from '../../config/files.ts';
import { damagedEnding } from '../archive/name.ts';
import type { SnapshotPart } from './format.ts';

export interface Saved {
  readonly path: string;
  readonly jobs: number;
  readonly bytes: number;
}

export interface SaveOptions {
  readonly taken?: 'refuse' | 'number';
  readonly verdict?: (
    written: Pick<Saved, 'jobs' | 'bytes'>,
  ) => Promise<'good' | 'damaged' | 'unwanted'>;
}

/**
 * Writes a snapshot so that its file is there whole or not at all: into a hidden file beside it
 * (0600: jobs hold credentials), flushed to the disk, and only then given its name. Never replaces
 * a file: where the name is taken it refuses, or tries the name with -2, -3… at its end. `verdict` is
 * asked when all parts have come: what is damaged is called so, `NAME.damaged`; what is not wanted is not
 * kept, and null is given. Throws OperatorError when the file cannot be written; an error of `parts` leaves nothing behind.
 */
export async function saveSnapshot(
  path: string,
  parts: AsyncIterable<SnapshotPart>,
  { taken = 'refuse', verdict = async () => 'good' }: SaveOptions = {},
): Promise<Saved | null> {
  if (taken === 'refuse' && (await exists(path))) throw alreadyThere(path);
  const folder = dirname(path);
  // A name may be as long as the file system allows; this one is longer.
  const hidden = join(
    folder,
    `.${basename(path).slice(0, 40)}.${process.pid}.${randomUUID()}.part`,
  );
  await removeLeftovers(folder);
  // Also where the program is made to end at once.
  const removeNow = (): void => rmSync(hidden, { force: true });
  process.once('exit', removeNow);
  try {
    const written = await writeWhole(hidden, parts);
    const worth = await verdict(written);
    if (worth === 'unwanted') return null;
    const names =
      worth === 'damaged' ? namesFor(`${path}${damagedEnding}`, 'number') : namesFor(path, taken);
    for (const name of names)
      if (await giveName(hidden, name)) {
        await flushFolder(folder);
        return { path: name, ...written };
      }
    throw alreadyThere(path);
  } catch (error) {
    throw fileError(path, 'written', error);
  } finally {
    // Where it could not be made, it cannot be removed.
    await rm(hidden).catch(() => {});
    process.off('exit', removeNow);
  }
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** Removes the unfinished snapshots of programs that were killed. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const writer = /^\..*\.(\d+)\.[0-9a-f-]{36}\.part$/.exec(name)?.[1];
    if (writer === undefined) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    const age = Date.now() - mtimeMs;
    // The folder may be shared with a machine or a container that has other processes.
    if (age > day || (age > minute && !isRunning(Number(writer)))) await rm(path).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function writeWhole(path: string, parts: AsyncIterable<SnapshotPart>) {
  const written = { jobs: 0, bytes: 0 };
  // A stream that opens it may do so after the failure of the first part, when nobody removes it any more.
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const { bytes, jobs } of parts) {
      await file.writeFile(bytes);
      written.jobs += jobs;
      written.bytes += bytes.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return written;
}

function* namesFor(path: string, taken: 'refuse' | 'number'): Generator<string> {
  yield path;
  if (taken === 'number') for (let count = 2; ; count++) yield `${path}-${count}`;
}

/** False when the name is taken. A link, unlike a rename, never replaces what is there. */
async function giveName(hidden: string, path: string): Promise<boolean> {
  try {
    await link(hidden, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || (await exists(path))) return false;
    // Some network and FAT file systems have no links.
    await rename(hidden, path);
  }
  return true;
}

const alreadyThere = (path: string): OperatorError =>
  new OperatorError(`${path} is already there; a snapshot never replaces a file`, {
    data: 'Nothing was written.',
    next: 'Give another name, or none: then the snapshot is named after the time.',
  });
