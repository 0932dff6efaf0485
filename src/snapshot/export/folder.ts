/** A folder of files of one job each, as somebody keeps it under git. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explain, NotFound, OperatorError } from '../../base/errors.ts';
import { fileError } from '../../config/files.ts';
import { inputBytes } from '../../config/input.ts';
import { unpacked } from '../../config/unpacked.ts';
import type { Job } from '../../job/job.ts';
import { reasonOf } from '../file/contents.ts';
import { fileJobs } from '../file/file-jobs.ts';
import { type Found, isJob } from '../file/found.ts';
import { isJobFile } from '../file/read.ts';
import { mostYaml } from '../file/yaml-jobs.ts';

/** A file of a folder that may hold jobs. */
export interface FolderFile {
  readonly name: string;
  readonly path: string;
  /** The names that stand in it, also of what cannot be read. */
  readonly holds: readonly string[];
  readonly jobs: readonly Job[];
  /** Of a YAML file with one job and nothing else, which can be changed: what stands in it. */
  readonly own: (OwnText & { readonly job: Job }) | null;
  /** Why something in it cannot be read; null where all can, or where nothing is meant as a job. */
  readonly why: string | null;
}

/**
 * What a folder holds, by the names of its files; nothing where there is none. `known`: what a file of
 * this name would hold, when it is still as it was written here; such a one is not taken apart.
 */
export async function readFolder(
  folder: string,
  known: ReadonlyMap<string, { readonly text: string; readonly job: Job }> = new Map(),
): Promise<FolderFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    const failure = fileError(folder, 'read', error, 'Nothing was written.');
    if (failure instanceof NotFound) return [];
    throw failure;
  });
  const files: FolderFile[] = [];
  for (const entry of entries.filter(({ name }) => isJobFile(name)))
    files.push(await readOne(entry.name, join(folder, entry.name), known.get(entry.name)));
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function readOne(
  name: string,
  path: string,
  known: { readonly text: string; readonly job: Job } | undefined,
): Promise<FolderFile> {
  try {
    const own = await ownText(path);
    if (own !== null && own.text === known?.text) return oneJob(name, path, known.job, own);
    const found = await jobsIn(path);
    const [only, another] = found;
    if (own !== null && only && isJob(only) && !another) return oneJob(name, path, only.job, own);
    const jobs = found.filter(isJob).map(({ job }) => job);
    const meant = found.find((one) => !isJob(one) && !one.foreign);
    const why = meant && !isJob(meant) ? reasonOf(meant) : null;
    const holds = found.flatMap((one) => (isJob(one) ? one.job.name : (one.name ?? [])));
    return { name, path, holds, jobs, own: null, why };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { name, path, holds: [], jobs: [], own: null, why: explain(error)[0]! };
  }
}

const oneJob = (name: string, path: string, job: Job, own: OwnText): FolderFile => ({
  name,
  path,
  holds: [job.name],
  jobs: [job],
  own: { ...own, job },
  why: null,
});

interface OwnText {
  readonly text: string;
  readonly mode: number;
}

/** The text of a file that may be changed; null for a link, for JSON, and for what is too large. */
async function ownText(path: string): Promise<OwnText | null> {
  try {
    const entry = await lstat(path);
    if (!entry.isFile() || !/\.ya?ml$/i.test(path) || entry.size > mostYaml) return null;
    const bytes = await readFile(path);
    const text = bytes.toString();
    // What is not UTF-8 would not be written back as it was.
    return Buffer.from(text).equals(bytes) ? { text, mode: entry.mode & 0o777 } : null;
  } catch (error) {
    throw fileError(path, 'read', error);
  }
}

async function jobsIn(path: string): Promise<Found[]> {
  const reader = fileJobs(path);
  const found: Found[] = [];
  const take = (some: Iterable<Found>): void => {
    for (const one of some) found.push(isJob(one) ? { ...one, text: '' } : one);
  };
  for await (const chunk of unpacked(path, inputBytes(path))) take(reader.push(chunk));
  take(reader.end());
  return found;
}
