/** One of two sets of jobs that are compared: of a file, or of a server. */
import { stat } from 'node:fs/promises';
import type { Input } from '../../config/input.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Scope } from '../../job/compare.ts';
import type { Job, JobText } from '../../job/job.ts';
import { openSnapshot } from '../archive/open.ts';
import { hashOf, jobLines, jobsAt } from './lines.ts';

/** What stands where a job should be. */
export interface Unread {
  /** What it seems to be called, or where it stands. */
  readonly name: string;
  readonly why: string;
}

export interface Side {
  /** Of all jobs that can be read. */
  names(): Iterable<string>;
  /** What tells a job from another of its name; undefined where there is none that can be read. */
  hash(name: string): string | undefined;
  readonly unreadable: readonly Unread[];
  /** Somebody may have laid out its JSON for people: white space in it says nothing. */
  readonly isLaidOut: boolean;
  /** Of these names those that it has, by name. */
  jobs(names: ReadonlySet<string>): Promise<ReadonlyMap<string, Job>>;
}

/**
 * A file or folder of jobs, or standard input. Of a file with a job a line only what is asked for is kept.
 * Throws NotFound, and CorruptFile for what holds no jobs at all.
 */
export async function sideOfFile(path: string, stdin: Input, scope: Scope): Promise<Side> {
  const lines = (await isFile(path)) ? await jobLines(path, scope) : null;
  if (lines !== null)
    return {
      names: () => lines.keys(),
      hash: (name) => lines.get(name)?.hash,
      unreadable: [],
      isLaidOut: false,
      jobs: (names) => jobsAt(path, only(lines, names), scope),
    };
  const { jobs, unreadable } = await openSnapshot(path, { stdin });
  return { ...(await sideOf(jobs, scope)), unreadable, isLaidOut: true };
}

/** A pipe cannot be read twice. */
const isFile = (path: string): Promise<boolean> =>
  path === '-'
    ? Promise.resolve(false)
    : stat(path).then(
        (entry) => entry.isFile(),
        () => false,
      );

/** What a server has now. Of jobs that `other` has just so only that is kept; without another, all. */
export async function sideOfServer(
  dkron: Dkron,
  scope: Scope,
  other: Side | null,
  signal?: AbortSignal,
): Promise<Side> {
  const unreadable: Unread[] = [];
  const onUnreadable = ({ message }: Error, name: string): void =>
    void unreadable.push({ name: name || 'a job of the server', why: message });
  const jobs = dkron.jobs({ signal, onUnreadable });
  return { ...(await sideOf(jobs, scope, other)), unreadable, isLaidOut: false };
}

async function sideOf(
  entries: Iterable<JobText> | AsyncIterable<JobText>,
  scope: Scope,
  other: Side | null = null,
): Promise<Omit<Side, 'unreadable' | 'isLaidOut'>> {
  const hashes = new Map<string, string>();
  const kept = new Map<string, Job>();
  for await (const entry of entries) {
    const { name } = entry.job;
    const hash = hashOf(entry, scope);
    hashes.set(name, hash);
    if (other?.hash(name) !== hash) kept.set(name, entry.job);
  }
  const known = { names: () => hashes.keys(), hash: (name: string) => hashes.get(name) };
  return { ...known, jobs: (names) => Promise.resolve(only(kept, names)) };
}

const only = <Value>(
  all: ReadonlyMap<string, Value>,
  names: ReadonlySet<string>,
): Map<string, Value> => new Map([...all].filter(([name]) => names.has(name)));
