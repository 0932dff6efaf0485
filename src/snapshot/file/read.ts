import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CorruptFile, explain, OperatorError } from '../../base/errors.ts';
import { fileError } from '../../config/files.ts';
import { type Input, inputBytes, nameOf } from '../../config/input.ts';
import { BrokenPack, unpacked } from '../../config/unpacked.ts';
import { isManifest } from '../archive/manifest.ts';
import { isExecutions } from '../archive/name.ts';
import { type Gathering, type GatherOptions, gatherJobs, type JobsRead } from './contents.ts';
import { noJobs } from './errors.ts';
import { fileJobs } from './file-jobs.ts';
import { type Found, isJob, type Unreadable } from './found.ts';
import { startOfFile } from './position.ts';

/** What is read of all files together: more than three times what Dkron itself was seen to bear. */
const holdable = 1 << 29;

/**
 * The jobs of files and folders, in their order; `-` is standard input. A file is JSON (an array, one
 * job a line, one after the other, `{"jobs": […]}`, the answer with its head that `curl -i` keeps),
 * or YAML (a job, a list, several documents), all of them compressed by gzip or zstd too; a folder is its
 * `.json`, `.jsonl`, `.yaml` and `.yml` files, the manifests of snapshots left out.
 * Snapshots of this program and of the curl-and-jq script are such files, strings included that the
 * script broke. What cannot be read as a job, and what is there twice, is told beside the others.
 *
 * Throws NotFound, and CorruptFile for a file that holds no jobs at all, saying what it is instead.
 */
export async function readJobFiles(
  paths: readonly string[],
  stdin?: Input,
  options: Pick<GatherOptions, 'texts' | 'as'> = {},
): Promise<JobsRead> {
  const gathered = gatherJobs({ ...options, most: holdable });
  for (const path of paths) {
    const files = await filesIn(path);
    if (files === null) await readFile(path, stdin, gathered);
    else for (const file of files) await readOneOfMany(file, gathered);
  }
  return gathered.read();
}

/** The files of a folder; null for anything else. */
async function filesIn(path: string): Promise<string[] | null> {
  try {
    if (path === '-' || !(await stat(path)).isDirectory()) return null;
    const all = await readdir(path);
    const names = all.filter(isJobFile);
    if (names.length > 0) return names.sort().map((name) => join(path, name));
    if (!all.some(isManifest)) throw noneIn(path);
  } catch (error) {
    throw fileError(path, 'read', error);
  }
  throw noJobs(
    `${path} is a folder of snapshots, which hold the same jobs many times`,
    "Name one of them; 'dkron-tui snapshots' lists them.",
  );
}

/** Whether a file of a folder may hold jobs, by its name; hidden ones do not. */
export const isJobFile = (name: string): boolean => ofJobs.test(name) && !isManifest(name);

const ofJobs = /^[^.].*\.(?:jsonl?|ndjson|ya?ml)(?:\.(?:gz|zst))?$/i;

const noneIn = (folder: string): CorruptFile =>
  noJobs(
    `${folder} is a folder without a .json, .yaml or .yml file in it`,
    'Give a file of jobs, or a folder with one file per job.',
  );

const executionsOnly = (file: string): CorruptFile =>
  noJobs(
    `${file} holds the executions of the jobs of a snapshot, for reading: they cannot be restored`,
    'Give the snapshot itself: the same name without .executions.',
  );

async function readFile(
  path: string,
  stdin: Input | undefined,
  gathered: Gathering,
): Promise<void> {
  const name = nameOf(path);
  if (isExecutions(path)) throw executionsOnly(name);
  const reader = fileJobs(name);
  const foreign = holdBack(name, gathered);
  let broken: BrokenPack | null = null;
  try {
    for await (const chunk of unpacked(name, inputBytes(path, stdin)))
      for (const found of reader.push(chunk)) foreign.add(found);
  } catch (error) {
    if (!(error instanceof BrokenPack)) throw error;
    broken = error;
  }
  try {
    for (const found of reader.end()) foreign.add(found);
    foreign.end();
  } catch (error) {
    throw broken ?? error;
  }
  if (broken !== null)
    gathered.add({
      name: null,
      places: [{ file: name, ...startOfFile }],
      why: `${broken.why}: jobs may be missing`,
      foreign: false,
    });
}

/** A file without jobs does not hide the other files of its folder, nor a broken job the others. */
async function readOneOfMany(file: string, gathered: Gathering): Promise<void> {
  try {
    await readFile(file, undefined, gathered);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const [why = ''] = explain(error);
    gathered.add({ name: null, places: [{ file, ...startOfFile }], why, foreign: true });
  }
}

/** Until something in the file is meant as a job, it may be a file of something else. */
function holdBack(file: string, gathered: Gathering) {
  let foreign: Unreadable[] | null = [];
  return {
    add(found: Found): void {
      if (foreign !== null && !isJob(found) && found.foreign) {
        if (foreign.length < 1000) foreign.push(found);
        return;
      }
      for (const held of foreign ?? []) gathered.add(held);
      foreign = null;
      gathered.add(found);
    },
    end(): void {
      const [first] = foreign ?? [];
      if (first === undefined) return;
      const { line, column } = first.places[0]!;
      throw noJobs(`${file} is not a list of jobs: line ${line}, column ${column}: ${first.why}`);
    },
  };
}
