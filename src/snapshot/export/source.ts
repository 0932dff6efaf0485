/** The jobs that are exported: a server's, or those of a file. */
import { andMore } from '../../base/counted.ts';
import { NotFound } from '../../base/errors.ts';
import { type Input, nameOf } from '../../config/input.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Job, JobText } from '../../job/job.ts';
import { reasonOf } from '../file/contents.ts';
import { readJobFiles } from '../file/read.ts';

/** What is there in place of a job. */
export interface NotExported {
  /** Null where it cannot be known. */
  readonly name: string | null;
  readonly why: string;
}

export interface Source {
  /** What messages call it. */
  readonly called: string;
  readonly jobs: readonly JobText[];
  readonly unreadable: readonly NotExported[];
}

/** All jobs of a server, each with its exact text. */
export async function serverSource(dkron: Dkron, signal?: AbortSignal): Promise<Source> {
  const unreadable: NotExported[] = [];
  const onUnreadable = ({ message }: Error, name: string): void =>
    void unreadable.push({ name: name === '' ? null : name, why: message });
  const jobs = await Array.fromAsync(dkron.jobs({ signal, onUnreadable }));
  return { called: dkron.url, jobs, unreadable };
}

/** All jobs of a file or a folder in any format, `-` for standard input, each with its exact text. */
export async function fileSource(path: string, stdin: Input): Promise<Source> {
  const { jobs, unreadable, texts } = await readJobFiles([path], stdin, { texts: true });
  return {
    called: nameOf(path),
    jobs: jobs.map((job) => ({ job, text: texts.get(job.name)! })),
    unreadable: unreadable.map((one) => ({ name: one.name, why: reasonOf(one) })),
  };
}

/** Which jobs of a source. */
export interface Wanted {
  /** All without one. */
  readonly names: readonly string[];
  readonly keep: (job: Job) => boolean;
}

/** The jobs that are wanted, and what may be one of them. Throws NotFound for none, and for a name without one. */
export function chosenOf(
  { called, jobs, unreadable }: Source,
  { names, keep }: Wanted,
): Pick<Source, 'jobs' | 'unreadable'> {
  const wanted = new Set(names);
  const there = new Set([
    ...jobs.map(({ job }) => job.name),
    ...unreadable.map(({ name }) => name),
  ]);
  const missing = names.filter((name) => !there.has(name));
  if (missing.length > 0) throw none(`${called} has no job ${andMore(missing, told)}`);
  const isWanted = (name: string | null): boolean =>
    wanted.size === 0 || (name !== null && wanted.has(name));
  const chosen = jobs.filter(({ job }) => isWanted(job.name) && keep(job));
  if (chosen.length === 0 && jobs.length > 0 && names.length === 0)
    throw none(`no job of ${called} is let through by the filter`);
  return { jobs: chosen, unreadable: unreadable.filter(({ name }) => isWanted(name)) };
}

const none = (what: string): NotFound => new NotFound(what, { data: 'Nothing was written.' });

const told = 5;
