/** Saves a snapshot so that its file is complete or does not exist. */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from '../../base/errors.ts';
import { exists, fileError, flushFolder } from '../../config/files.ts';
import { manifestPath } from '../archive/manifest.ts';
import { damagedEnding } from '../archive/name.ts';
import { packedEnding } from '../file/packed.ts';
import type { SnapshotPart } from './format.ts';
import { type HiddenFile, openHidden, removeLeftovers } from './hidden.ts';

export interface Saved {
  readonly path: string;
  readonly jobs: number;
  /** Unpacked. */
  readonly bytes: number;
}

/** What was written; nobody sees it yet. */
export interface Written extends Saved {
  /** Unpacked. */
  readonly sha256: string;
}

/** What becomes of it: its manifest in pieces, if it is good; what is not wanted is not kept. */
export type Verdict = 'damaged' | 'unwanted' | { readonly manifest: Iterable<string> | null };

export interface Watch {
  push(bytes: Uint8Array): void;
  end(): void;
}

export interface SaveOptions {
  /** Where the name is taken: an error, or -2, -3… at its end. */
  readonly taken?: 'refuse' | 'number';
  /** Sees all that is written, in its order, and its end, while the disk is at work. */
  readonly watch?: Watch;
  /** When all is written, and may not be on the disk yet. */
  readonly judge?: (written: Written) => Promise<Verdict>;
  /** When it is on the disk: throws for what must not get a name. */
  readonly check?: (written: Written) => Promise<void>;
}

/**
 * Writes a snapshot so that its file is there whole or not at all: into a hidden file beside it, flushed to
 * the disk, and only then given its name. Never replaces a file. Its manifest is written in the same way and
 * gets its name last: whoever is killed between the two leaves a whole snapshot that nothing says to be proven,
 * and never a proof of something else. What is damaged gets no manifest, and is called so: `NAME.damaged`.
 * Null for what is not wanted. Throws OperatorError when a file cannot be written; an error of
 * `parts`, `judge` or `check` leaves nothing behind.
 */
export async function saveSnapshot(
  path: string,
  parts: AsyncIterable<SnapshotPart>,
  options: SaveOptions = {},
): Promise<Saved | null> {
  const { taken = 'refuse', judge = async () => ({ manifest: null }), check } = options;
  if (taken === 'refuse' && !(await isFree(path))) throw alreadyThere(path);
  const files: HiddenFile[] = [];
  const hide = async (name: string): Promise<HiddenFile> => {
    const file = await openHidden(name);
    files.push(file);
    return file;
  };
  try {
    await removeLeftovers(dirname(path));
    const file = await hide(path);
    const { written, flushed } = await writeParts(file, parts, options.watch);
    const { jobs, bytes } = written;
    const verdict = await judge(written);
    if (verdict === 'unwanted') return null;
    const isDamaged = verdict === 'damaged';
    const pieces = isDamaged ? null : verdict.manifest;
    // The disk takes hardly longer for both than for one of them.
    const proof = await together(
      flushed.then(() => check?.(written)),
      pieces && writeManifest(hide, path, pieces),
    );
    const names = isDamaged ? damagedNames(path) : namesFor(path, taken);
    return { path: await nameOne(names, file, proof), jobs, bytes };
  } catch (error) {
    throw fileError(path, 'written', error);
  } finally {
    for (const file of files) await file.dispose();
  }
}

/** The end of it may be on its way to the disk still: `flushed` tells. */
async function writeParts(
  file: HiddenFile,
  parts: AsyncIterable<SnapshotPart>,
  watch: Watch | undefined,
): Promise<{ readonly written: Written; readonly flushed: Promise<void> }> {
  const sum = createHash('sha256');
  const count = { jobs: 0, bytes: 0 };
  let flushed: Promise<void> | null = null;
  for await (const { bytes, jobs, last = false } of parts) {
    const taken = file.write(bytes);
    flushed = last ? untold(taken.then(file.flush)) : null;
    await meanwhile(taken, () => {
      sum.update(bytes);
      watch?.push(bytes);
    });
    count.jobs += jobs;
    count.bytes += bytes.length;
  }
  flushed ??= untold(file.flush());
  watch?.end();
  return { written: { path: file.path, ...count, sha256: sum.digest('hex') }, flushed };
}

/** Works while something else is done; what fails first is thrown. */
async function meanwhile(done: Promise<void>, work: () => void): Promise<void> {
  untold(done);
  work();
  await done;
}

/** It may fail before anybody waits for it, who is told then. */
function untold(done: Promise<void>): Promise<void> {
  done.catch(() => {});
  return done;
}

/** Waits for both, whatever comes of one of them. Throws what the first does before the other's; gives the second. */
async function together<T>(first: Promise<void>, second: Promise<T> | T): Promise<T> {
  await Promise.allSettled([first, second]);
  await first;
  return second;
}

async function writeManifest(
  hide: (name: string) => Promise<HiddenFile>,
  path: string,
  pieces: Iterable<string>,
): Promise<HiddenFile> {
  const file = await hide(manifestPath(path));
  for (const piece of pieces) await file.write(piece);
  await file.flush();
  return file;
}

/** Gives both the first of these names that is free for both. */
async function nameOne(
  names: Iterable<string>,
  file: HiddenFile,
  proof: HiddenFile | null,
): Promise<string> {
  let last = '';
  for (const name of names) {
    last = name;
    // The manifest of a snapshot that was removed would be the manifest of this one.
    if (!(await isFree(name)) || !(await file.giveName(name))) continue;
    if (proof !== null && !(await proof.giveName(manifestPath(name)))) {
      await rm(name);
      continue;
    }
    await flushFolder(dirname(name));
    return name;
  }
  throw alreadyThere(last);
}

const isFree = async (path: string): Promise<boolean> =>
  !(await exists(path)) && !(await exists(manifestPath(path)));

/** `snapshot.gz`, `snapshot-2.gz`, … */
function* namesFor(path: string, taken: 'refuse' | 'number'): Generator<string> {
  yield path;
  const ending = packedEnding(path);
  const stem = path.slice(0, path.length - ending.length);
  if (taken === 'number') for (let count = 2; ; count++) yield `${stem}-${count}${ending}`;
}

function* damagedNames(path: string): Generator<string> {
  const name = `${path}${damagedEnding}`;
  yield name;
  for (let count = 2; ; count++) yield `${name}-${count}`;
}

const alreadyThere = (path: string): OperatorError =>
  new OperatorError(`${path} is already there; a snapshot never replaces a file`, {
    data: 'Nothing was written.',
    next: 'Give another name, or none: then the snapshot is named after the time.',
  });
