/** The snapshots of a folder, by the heads of their manifests: no snapshot is read that has one. */
import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NotFound } from '../../base/errors.ts';
import { fileError } from '../../config/files.ts';
import { inputBytes } from '../../config/input.ts';
import { unpacked } from '../../config/unpacked.ts';
import { packedEnding } from '../file/packed.ts';
import { startOfFile } from '../file/position.ts';
import { type Piece, scanFile } from '../file/scan.ts';
import type { Difference } from './difference.ts';
import { differencesBefore } from './differences.ts';
import { readHead } from './head.ts';
import { keepCount, knownJobs, sweepIndexes } from './index.ts';
import { isManifest, type ManifestHead, manifestPath } from './manifest.ts';
import { isDamaged, isExecutions, timeInName } from './name.ts';

/**
 * What can be said of a snapshot before it is verified. `unreadable`: there is a manifest, which cannot be
 * read; `damaged`: the file is longer or shorter than its manifest says.
 */
export type Proof = 'manifest' | 'none' | 'unreadable' | 'damaged';

export interface SnapshotFile {
  readonly name: string;
  readonly path: string;
  /** On the disk. */
  readonly bytes: number;
  /** Of the file, milliseconds since the epoch. */
  readonly modified: number;
  /** By its manifest, else by the UTC in its name, else `modified`; milliseconds since the epoch. */
  readonly taken: number;
  /** Null when the file is not a snapshot, is broken, or is too large to be counted quickly. */
  readonly jobs: number | null;
  readonly proof: Proof;
  /** Whether it is what came from the server; undefined until it was verified, or where that cannot be known. */
  readonly proven?: boolean;
  /** Null where there is no manifest that can be read. */
  readonly head: ManifestHead | null;
  /** Against the one before of the same cluster that is of all jobs; null for the first, and until it is known. */
  readonly differs: Difference | null;
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
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const manifests = new Set(files.filter(isManifest));
  const found = await inBatches(files.filter(mayBeSnapshot), (name) => {
    const path = join(folder, name);
    return describe(name, path, manifests.has(manifestPath(name)) ? path : null);
  });
  const counted: SnapshotFile[] = [];
  for (const file of found) if (file !== null) counted.push(await withCount(file));
  return counted.sort((a, b) => b.taken - a.taken || (a.name < b.name ? 1 : -1));
}

/** The same list with what differs from one to the next. Seconds for the first time, as indexes are made. */
export async function withDifferences(
  folder: string,
  files: readonly SnapshotFile[],
): Promise<SnapshotFile[]> {
  const differences = await differencesBefore(folder, files);
  await sweepIndexes(folder, new Set(files.map(({ name }) => name)), Date.now());
  return files.map((file) => ({ ...file, differs: differences.get(file.path) ?? null }));
}

/**
 * Whether `latest` may mean it: a restore of the latest is of all jobs, as they were when somebody wanted to
 * keep them. So it is neither of chosen jobs, nor taken for the safety of one write, nor known to be damaged.
 */
export const mayBeLatest = (file: SnapshotFile): boolean =>
  isOfAll(file) && file.proof !== 'damaged' && !file.unreadable;

/** Of all jobs, as somebody wanted to keep them. */
export const isOfAll = ({ head }: SnapshotFile): boolean =>
  head === null || (head.kind !== 'safety' && head.chosen === null);

const mayBeSnapshot = (name: string): boolean =>
  !name.startsWith('.') && !isDamaged(name) && !isManifest(name) && !isExecutions(name);

/** Files that are looked at at once. */
const together = 32;

async function inBatches<From, To>(
  all: readonly From[],
  work: (one: From) => Promise<To>,
): Promise<To[]> {
  const done: To[] = [];
  for (let at = 0; at < all.length; at += together)
    done.push(...(await Promise.all(all.slice(at, at + together).map(work))));
  return done;
}

/** One of them; null for a file that is not there. `manifested`: the name whose manifest is its own, if there is one. */
export async function describe(
  name: string,
  path: string,
  manifested: string | null,
): Promise<SnapshotFile | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  const { size, mtimeMs } = found;
  const head = manifested === null ? null : await readHead(manifested);
  const taken = head === null ? Number.NaN : Date.parse(head.taken);
  const file = {
    name,
    path,
    bytes: size,
    modified: mtimeMs,
    taken: Number.isNaN(taken) ? (timeInName(name) ?? mtimeMs) : taken,
    jobs: head?.count ?? null,
    proof: manifested === null ? 'none' : proofOf(name, size, head),
    head,
    differs: null,
  } as const;
  const readable = await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
  return readable ? file : { ...file, unreadable: true };
}

function proofOf(name: string, size: number, head: ManifestHead | null): Proof {
  if (head === null) return 'unreadable';
  return size === head.bytes || packedEnding(name) !== '' ? 'manifest' : 'damaged';
}

/** Some 40 000 jobs, a tenth of a second. */
const countable = 64 << 20;

/** Counts the jobs of a snapshot without a manifest, once. */
async function withCount(file: SnapshotFile): Promise<SnapshotFile> {
  if (file.head !== null || file.bytes > countable || file.unreadable) return file;
  const known = await knownJobs(file);
  if (known !== null) return { ...file, jobs: known.jobs };
  const jobs = await countJobs(file.path).catch(() => null);
  await keepCount(file, jobs);
  return { ...file, jobs };
}

async function countJobs(path: string): Promise<number | null> {
  const scanner = scanFile(startOfFile);
  let jobs = 0;
  const count = (pieces: Iterable<Piece>): boolean => {
    for (const { kind } of pieces)
      if (kind === 'object') jobs++;
      else return false;
    return true;
  };
  for await (const chunk of unpacked(path, inputBytes(path)))
    if (!count(scanner.push(chunk))) return null;
  if (!count(scanner.end())) return null;
  return jobs;
}
