/**
 * What finds a job in a snapshot without reading it: a small file for each snapshot in `.index/` beside
 * them. It may be thrown away at any time, and where it cannot be written everything works without.
 */
import { constants } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inputBytes } from '../../config/input.ts';
import { unpacked } from '../../config/unpacked.ts';
import { writeWhole } from '../../config/whole-file.ts';
import { fileJobs } from '../file/file-jobs.ts';
import { type Found, isJob } from '../file/found.ts';
import type { Position } from '../file/position.ts';
import { definitionHash } from './definition.ts';
import { type Index, packIndex, type Row, type State, unpackIndex } from './index-file.ts';
import { type ManifestHead, readManifest } from './manifest.ts';

export type { Index } from './index-file.ts';

/** A snapshot as list.ts has it. */
export interface Indexed extends State {
  readonly path: string;
  readonly head: ManifestHead | null;
}

const folderName = '.index';
const ending = '.jobs';

export const indexFolder = (snapshots: string): string => join(snapshots, folderName);

export const indexPath = (snapshot: string): string =>
  join(indexFolder(dirname(snapshot)), `${basename(snapshot)}${ending}`);

/**
 * The index of a snapshot: the one that is there, else made of its manifest, else of its body. Throws
 * OperatorError for a snapshot that is no list of jobs.
 */
export async function indexOf(snapshot: Indexed): Promise<Index> {
  const known = await readIndex(snapshot);
  if (known?.index) return known.index;
  const { jobs, rows } = (await rowsOfManifest(snapshot)) ?? (await rowsOfBody(snapshot.path));
  const bytes = packIndex(snapshot, known === null ? jobs : known.jobs, rows);
  await keep(snapshot, bytes);
  return unpackIndex(bytes, snapshot)!.index!;
}

/**
 * How many jobs a snapshot without a manifest was found to hold, null for what is no list of jobs; null in
 * place of both where nobody looked yet.
 */
export const knownJobs = (snapshot: Indexed): Promise<{ readonly jobs: number | null } | null> =>
  readIndex(snapshot);

export const keepCount = (snapshot: Indexed, jobs: number | null): Promise<void> =>
  keep(snapshot, packIndex(snapshot, jobs, null));

const keep = ({ path }: Indexed, bytes: Buffer): Promise<void> =>
  writeWhole(indexPath(path), bytes).catch(() => {});

/** An index of ten million jobs is smaller. */
const largest = 400 << 20;

async function readIndex(snapshot: Indexed) {
  try {
    // A pipe would be waited for.
    const file = await open(indexPath(snapshot.path), constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size } = await file.stat();
      return size > largest ? null : unpackIndex(await file.readFile(), snapshot);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

interface Rows {
  /** As `packIndex` takes it. */
  readonly jobs: number | null;
  readonly rows: readonly Row[];
}

/** Null where there is no manifest, or one that is not of these bytes. */
async function rowsOfManifest({ path, head }: Indexed): Promise<Rows | null> {
  const manifest = head && (await readManifest(path).catch(() => null));
  if (manifest === null) return null;
  let end = 0;
  const rows = manifest.lines.map(({ name, bytes, definition }): Row => {
    const offset = end;
    end += bytes + 1;
    return { name, definition, offset, length: bytes };
  });
  const fits = end === manifest.bytes || rows.length === 0;
  return fits ? { jobs: rows.length, rows } : null;
}

/** Of a job that shares its line with others it is not known where it stands. */
async function rowsOfBody(path: string): Promise<Rows> {
  const reader = fileJobs(path);
  const lines = linesOf();
  const jobs: { name: string; definition: string; place: Position; length: number }[] = [];
  let clean = true;
  const note = (found: Iterable<Found>): void => {
    for (const one of found) {
      if (!isJob(one)) {
        clean = false;
        continue;
      }
      const { job, text, place } = one;
      const definition = definitionHash(job);
      jobs.push({ name: job.name, definition, place, length: Buffer.byteLength(text) });
    }
  };
  for await (const chunk of unpacked(path, inputBytes(path))) {
    lines.push(chunk);
    note(reader.push(chunk));
  }
  note(reader.end());
  const rows = jobs.map(({ name, definition, place, length }) => {
    const alone = place.column === 1 && lines.length(place.line) === length;
    return { name, definition, length, offset: alone ? lines.start(place.line) : null };
  });
  return { jobs: clean ? rows.length : null, rows };
}

const newline = 0x0a;

/** Where the lines of a file are, by their numbers. */
function linesOf() {
  const starts = [0];
  let size = 0;
  const start = (line: number): number => starts[line - 1] ?? size;
  return {
    push(chunk: Uint8Array): void {
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1))
        starts.push(size + at + 1);
      size += chunk.length;
    },
    start,
    /** Without the line break. */
    length: (line: number): number =>
      (line < starts.length ? start(line + 1) - 1 : size) - start(line),
  };
}

/** Removes the indexes of snapshots that are gone, and what a killed program left. */
export async function sweepIndexes(
  snapshots: string,
  names: ReadonlySet<string>,
  now: number,
): Promise<void> {
  const folder = indexFolder(snapshots);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const isTurnOfGone = turn.test(name) && !names.has(name.replace(turn, ''));
    const stale =
      name.startsWith('.') || isTurnOfGone
        ? await isOlder(path, now - day)
        : name.endsWith(ending) && !names.has(name.slice(0, -ending.length));
    if (stale) await rm(path, { force: true }).catch(() => {});
  }
}

/** note.ts makes them; also one that was being taken over. */
const turn = /\.turn(?:-[0-9a-f-]{36})?$/;

const day = 86_400_000;

const isOlder = (path: string, than: number): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs < than,
    () => false,
  );
