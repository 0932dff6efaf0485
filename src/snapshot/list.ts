import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scanFile, Unexpected } from './scan.ts';

export interface SnapshotFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Null when the file is no snapshot, is broken, or is too large to be counted in passing. */
  readonly jobs: number | null;
}

/** `backup-dkron_2026-11-21T0210Z`: the script's name, with a time that says its zone. */
export const snapshotName = (taken: Date): string =>
  `backup-dkron_${taken.toISOString().slice(0, 16).replace(':', '')}Z`;

/** The snapshots of a folder, newest first; none when there is no such folder. */
export async function listSnapshots(folder: string): Promise<SnapshotFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => name);
  const files: SnapshotFile[] = [];
  for (const name of names) files.push(await describe(name, join(folder, name)));
  return files.sort((a, b) => b.modified - a.modified || (a.name < b.name ? 1 : -1));
}

async function describe(name: string, path: string): Promise<SnapshotFile> {
  const { size, mtimeMs } = await stat(path);
  const jobs = size > countable ? null : await countJobs(path);
  return { name, path, bytes: size, modified: mtimeMs, jobs };
}

/** Some 40 000 jobs, a tenth of a second. */
const countable = 64 << 20;

async function countJobs(path: string): Promise<number | null> {
  const scanner = scanFile();
  let jobs = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
      jobs += scanner.push(chunk as Uint8Array).length;
    scanner.end();
    return jobs;
  } catch (error) {
    if (error instanceof Unexpected) return null;
    throw error;
  }
}
