/** A snapshot, or a file of jobs that others wrote, as it is looked into. No server is asked. */
import { basename } from 'node:path';
import { type Input, nameOf } from '../../config/input.ts';
import type { Job, JobText } from '../../job/job.ts';
import { serverJob } from '../../job/job-value.ts';
import { parseJson, stringifyJson } from '../../json/numbers.ts';
import { labelOf, reasonOf } from '../file/contents.ts';
import { readJobFiles } from '../file/read.ts';
import { describe, type Proof } from './list.ts';
import { manifestedName } from './manifest.ts';

/** What a snapshot is of, and when it was taken. */
export interface About {
  /** Where it is, as it was named; `-` is standard input. */
  readonly file: string;
  /** What it is called: its name without its folder. */
  readonly name: string;
  /** ms since the epoch: by its manifest, its name, or when the file was changed; null of a pipe. */
  readonly taken: number | null;
  /** Null where nothing beside the file says it. */
  readonly cluster: string | null;
  readonly label: string | null;
  /** The version of Dkron that had these jobs. */
  readonly dkron: string | null;
  /** The file beside it that keeps what the jobs did. */
  readonly executions: string | null;
  /** What can be said of it without reading it once more. */
  readonly proof: Proof;
}

export interface OpenedSnapshot {
  readonly about: About;
  /** In the order of the file; of YAML, and where no texts were wanted, with others that mean the same. */
  readonly jobs: readonly JobText[];
  /** What stands where a job should be: its name, or its place where it has none; and where and why. */
  readonly unreadable: readonly { readonly name: string; readonly why: string }[];
}

export interface OpenOptions {
  /** Standard input, where `-` is the file. */
  readonly stdin?: Input | undefined;
  /** Without the exact texts, of which all together are as large as the file. */
  readonly textless?: boolean;
}

/** Reads all of it. Throws NotFound, and CorruptFile for a file that holds no jobs at all. */
export async function openSnapshot(
  file: string,
  { stdin, textless = false }: OpenOptions = {},
): Promise<OpenedSnapshot> {
  const read = await readJobFiles([file], stdin, {
    texts: !textless,
    as: ({ job, text }) => asStored(job, text).job,
  });
  return {
    about: await aboutOf(file),
    jobs: read.jobs.map((job) => withText(job, read.texts.get(job.name))),
    unreadable: read.unreadable.map((one) => ({ name: labelOf(one), why: reasonOf(one) })),
  };
}

/** With its text, or with one that means the same, made when it is asked for. */
const withText = (job: Job, text: string | undefined): JobText =>
  text !== undefined
    ? { job, text }
    : {
        job,
        get text() {
          return stringifyJson(job);
        },
      };

/** With the counters and the status that a server had given it, which a definition does not have. */
export function asStored(defined: Job, text: string): JobText {
  try {
    const stored = serverJob(parseJson(text));
    if ('job' in stored) return { text, job: stored.job };
  } catch {
    // It is not as a server sends it: no number where one belongs, say.
  }
  return { text: stringifyJson(defined), job: defined };
}

export async function aboutOf(file: string): Promise<About> {
  if (file === '-') return { ...nothing, file, name: nameOf(file) };
  const name = basename(file);
  const found = await describe(name, file, await manifestedName(file));
  const head = found?.head ?? null;
  return {
    file,
    name,
    taken: found?.taken ?? null,
    cluster: head?.cluster?.name ?? null,
    label: head?.label ?? null,
    dkron: head?.dkron ?? null,
    executions: head?.executions ?? null,
    proof: found?.proof ?? 'none',
  };
}

const nothing = {
  taken: null,
  cluster: null,
  label: null,
  dkron: null,
  executions: null,
  proof: 'none',
} as const;
