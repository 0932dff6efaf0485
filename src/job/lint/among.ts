/**
 * What is wrong with jobs only beside the others of their server, as Dkron keeps them: the lists of
 * their children, and names that begin alike.
 */
import { andMore } from '../../base/counted.ts';
import type { JobFacts } from '../job.ts';
import { error, type Finding, note, warning } from './finding.ts';

type Listed = Pick<JobFacts, 'name' | 'parent_job' | 'dependent_jobs'> & {
  readonly ephemeral?: boolean;
};

/** By the names of the jobs that it is said of; those with nothing to say are not in it. */
export function amongFindings(jobs: Iterable<Listed>): ReadonlyMap<string, readonly Finding[]> {
  const byName = new Map(Array.from(jobs, (job) => [job.name, job]));
  const found = new Map<string, Finding[]>();
  const tell = (name: string, finding: Finding): void => {
    const known = found.get(name);
    if (known) known.push(finding);
    else found.set(name, [finding]);
  };
  for (const job of byName.values()) {
    for (const finding of dependentFindings(job, byName)) tell(job.name, finding);
    const parent = byName.get(job.parent_job);
    if (parent !== undefined && !(parent.dependent_jobs ?? []).includes(job.name))
      tell(job.name, lost(job.parent_job));
  }
  for (const [name, others] of prefixes([...byName.keys()])) tell(name, prefix(others));
  return found;
}

/** Dkron goes through the list in order, and stops where a job is not there (grpc.go ExecutionDone). */
function dependentFindings(
  { dependent_jobs }: Listed,
  byName: ReadonlyMap<string, Listed>,
): Finding[] {
  const names = dependent_jobs ?? [];
  if (names.length === 0) return [];
  const path = 'dependent_jobs';
  const phantoms = new Set(names.filter((name) => !byName.has(name)));
  const twice = new Set(names.filter((name, at) => byName.has(name) && names.indexOf(name) < at));
  return [
    ...[...phantoms].map((name) => error('dependent-phantom', path, phantomText(name))),
    ...[...twice].map((name) =>
      warning(
        'dependent-twice',
        path,
        `has ${name} more than once: each success of this job starts it as often. Give it another parent, then this one again`,
      ),
    ),
  ];
}

const phantomText = (name: string): string =>
  `names ${name}, which is not there: the children behind it are not started, and this job cannot be deleted. Create a child ${name} below it, and delete that`;

const lost = (parent: string): Finding =>
  warning(
    'dependent-lost',
    'parent_job',
    `${parent} does not have it in its list of children: Dkron never starts it. Give it no parent, then this one again`,
  );

const mentioned = 3;

const prefix = (others: readonly string[]): Finding =>
  note(
    'name-prefix',
    'name',
    `other names begin with it (${andMore(others, mentioned)}): deleting it, or clearing its runs, deletes the runs of those, too`,
  );

/** The names that others begin with, each with those; in the order of their code points. */
function prefixes(names: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  /** Each begins with the one before. */
  const open: string[] = [];
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    while (open.length > 0 && !name.startsWith(open.at(-1)!)) open.pop();
    for (const start of open) {
      const known = found.get(start);
      if (known) known.push(name);
      else found.set(start, [name]);
    }
    open.push(name);
  }
  return found;
}
