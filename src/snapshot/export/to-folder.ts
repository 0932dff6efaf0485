/** Jobs as YAML files in a folder, one each; of what somebody wrote there only what differs is changed. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../base/errors.ts';
import { fileName } from '../../config/file-name.ts';
import { fileError, privateFolder } from '../../config/files.ts';
import { writeWhole } from '../../config/whole-file.ts';
import { neatYaml } from '../../job/file/neat.ts';
import type { Job, JobText } from '../../job/job.ts';
import { mostYaml } from '../file/yaml-jobs.ts';
import { type FolderFile, readFolder } from './folder.ts';
import { differences, rewritten } from './rewrite.ts';
import type { NotExported, Source } from './source.ts';

/** A job and its file, by its name in the folder. */
export interface JobFile {
  readonly name: string;
  readonly file: string;
}

/** What came of an export into a folder. */
export interface FolderExport {
  readonly folder: string;
  /** New files. */
  readonly written: readonly JobFile[];
  /** Files in which fields were changed, and which. */
  readonly changed: readonly (JobFile & { readonly fields: readonly string[] })[];
  /** How many files say already what the job is; not a byte of them was touched. */
  readonly same: number;
  /** Files of jobs that are gone: those that were removed, and those that were not. */
  readonly removed: readonly JobFile[];
  readonly gone: readonly JobFile[];
  /** Jobs that were not exported. */
  readonly failed: readonly NotExported[];
  /** Files that cannot be read, and were left alone. */
  readonly left: readonly { readonly file: string; readonly why: string }[];
}

export interface FolderOptions {
  /** Remove the files of jobs that are gone. */
  readonly remove: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Writes the chosen jobs of a source. A file is found by the job that it holds, whatever it is called; what holds
 * several jobs, is JSON or cannot be read is left alone. Throws OperatorError where the folder cannot be
 * read or written, and before anything is removed for a source without a job.
 */
export async function exportToFolder(
  folder: string,
  source: Source,
  chosen: Pick<Source, 'jobs' | 'unreadable'>,
  { remove, signal }: FolderOptions,
): Promise<FolderExport> {
  const fresh = new Map(chosen.jobs.map((entry) => [ownName(entry.job.name), freshFile(entry)]));
  const files = await readFolder(folder, fresh);
  const gone = goneFiles(files, source);
  if (remove && gone.length > 0 && source.jobs.length === 0) throw noJobs(source, gone.length);
  await privateFolder(folder);
  const named = new Map(files.map((file) => [file.name, file]));
  const holding = new Map<string, FolderFile[]>();
  for (const file of files)
    for (const name of new Set(file.holds)) holding.set(name, [...(holding.get(name) ?? []), file]);
  const taken = new Set(files.map(({ name }) => name.toLowerCase()));
  const result = {
    folder,
    written: [] as JobFile[],
    changed: [] as (JobFile & { fields: string[] })[],
    same: 0,
    removed: [] as JobFile[],
    gone: [] as JobFile[],
    failed: [...chosen.unreadable],
    left: files.flatMap(({ name, why }) => (why === null ? [] : [{ file: name, why }])),
  };

  async function one({ name }: Job, { text, job }: { text: string; job: Job }): Promise<void> {
    const holders = holding.get(name) ?? [];
    const [holder, another] = holders;
    const fail = (why: string): void => void result.failed.push({ name, why });
    if (another) return fail(`it is in ${holders.map((file) => file.name).join(' and in ')}`);
    if (holder === undefined) {
      const broken = named.get(ownName(name));
      if (broken?.why) return fail(`${broken.name} cannot be read: ${broken.why}`);
      if (Buffer.byteLength(text) > mostYaml)
        return fail('it is too large for YAML; export it with --as jsonl');
      const file = freeName(name, taken);
      taken.add(file);
      await writeWhole(join(folder, file), text);
      result.written.push({ name, file });
      return;
    }
    const held = holder.jobs.find((each) => each.name === name);
    if (held === undefined) return fail(`${holder.name} cannot be read: ${holder.why}`);
    // The very job where the file is as it was written here.
    const fields = held === job ? [] : differences(held, job).map(({ path }) => path);
    if (fields.length === 0) {
      result.same++;
      return;
    }
    if (holder.own === null) return fail(`${holder.name} holds other jobs too, is a link or JSON`);
    const now = rewritten(holder.own, job);
    if (now === null) return fail(`${holder.name} has references (*), or an unusual layout`);
    await writeWhole(holder.path, now, { mode: holder.own.mode });
    result.changed.push({ name, file: holder.name, fields });
  }

  for (const { job } of chosen.jobs) {
    signal?.throwIfAborted();
    await one(job, fresh.get(ownName(job.name))!);
  }
  for (const { path, ...file } of gone) {
    if (remove) await removeFile(path);
    (remove ? result.removed : result.gone).push(file);
  }
  return result;
}

/** What the file of a job is called, unless somebody called it otherwise. */
export const ownName = (job: string): string => `${fileName(job)}.yaml`;

const freshFile = ({ job }: JobText) => ({ text: neatYaml(job), job });

/** The name of a new file; with a number where another one has it, also in other capitals. */
function freeName(job: string, taken: ReadonlySet<string>): string {
  const name = ownName(job);
  for (let count = 2, free = name; ; count++) {
    if (!taken.has(free)) return free;
    free = name.replace(/\.yaml$/, `-${count}.yaml`);
  }
}

/** Files of one job that the source has not. What nobody can read of it may be that job. */
function goneFiles(files: readonly FolderFile[], { jobs, unreadable }: Source) {
  if (unreadable.some(({ name }) => name === null)) return [];
  const there = new Set([
    ...jobs.map(({ job }) => job.name),
    ...unreadable.map(({ name }) => name),
  ]);
  return files.flatMap(({ name: file, path, own }) =>
    own === null || there.has(own.job.name) ? [] : [{ name: own.job.name, file, path }],
  );
}

async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error: unknown) => {
    throw fileError(path, 'written', error);
  });
}

const noJobs = ({ called }: Source, files: number): OperatorError =>
  new OperatorError(`${called} has no job at all: all ${files} files of jobs would be removed`, {
    data: 'Nothing was written, and nothing removed.',
    next: 'Check that it is the server you mean. If it is, remove the files yourself.',
  });
