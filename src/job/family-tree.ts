/**
 * Families as Dkron runs them: after a success it runs what the parent lists (`dependent_jobs`), in that
 * order, and stops at a name that does not exist (grpc.go ExecutionDone, 3.2.7 to 4.1.2). What a job calls its
 * parent only decides who lists it.
 */
import { childrenByParent } from './family.ts';
import type { JobFacts } from './job.ts';
import { serverTime } from './time.ts';

type Member = Pick<
  JobFacts,
  'name' | 'parent_job' | 'dependent_jobs' | 'schedule' | 'disabled' | 'expires_at'
>;

export type Fault =
  /** It is listed, and does not exist. */
  | 'phantom'
  /** What stands before it in the list does not exist. */
  | 'cut-off'
  /** It is listed more than once. */
  | 'doubled'
  /** Its parent does not list it. */
  | 'unlisted'
  /** It is listed by a job that is not its parent. */
  | 'foreign'
  /** Its parent does not exist. */
  | 'orphan'
  | 'circle'
  /** It would run, were a job above it not disabled. */
  | 'above-disabled'
  | 'expired'
  /** It has a schedule, which does not count. */
  | 'mixed';

/** So many steps are drawn; deeper ones are set in no further, so that their names still show. */
const deepest = 12;

export interface Branch<T> {
  /** The name, or the name of who lists it and its own where it stands there besides. */
  readonly key: string;
  readonly name: string;
  /** Null for a phantom. */
  readonly job: T | null;
  readonly depth: number;
  /** Whether it is the last below its parent, and the same of those above it, `deepest` at most; itself last. */
  readonly lasts: readonly boolean[];
  readonly hasBelow: boolean;
  readonly faults: readonly Fault[];
  /** The other job that the faults are about; "" for none. */
  readonly other: string;
  /** How many jobs below would not run if it failed; those that do not run anyway are not among them. */
  readonly held: number;
}

interface Link {
  readonly name: string;
  readonly faults: Fault[];
  readonly other: string;
  /** It stands elsewhere too, where what is below it shows. */
  readonly besides: boolean;
}

/** All families of some jobs, parents before their children, in the order in which Dkron runs them. */
export function familyTree<T extends Member>(
  jobs: ReadonlyMap<string, T>,
  now: number,
): Branch<T>[] {
  const calling = childrenByParent(jobs.values());
  const linksOf = (job: T): Link[] => linksFrom(job, calling.get(job.name) ?? [], jobs);
  const found: Branch<T>[] = [];
  const seen = new Set<string>();
  const isRoot = ({ name, parent_job, dependent_jobs }: T): boolean =>
    !jobs.has(parent_job) &&
    (parent_job !== '' || (dependent_jobs?.length ?? 0) > 0 || calling.has(name));
  for (const job of jobs.values())
    if (isRoot(job))
      walk({
        ...alone(job.name),
        faults: job.parent_job === '' ? [] : ['orphan'],
        other: job.parent_job,
      });
  // What is left calls each other parents.
  for (const job of jobs.values())
    if (job.parent_job !== '' && !seen.has(job.name) && isInCircle(job, jobs))
      walk({ ...alone(job.name), faults: ['circle'], other: job.parent_job });
  return withHeld(found);

  /** A stack of its own: a chain of jobs may be longer than the call stack is deep. */
  function walk(root: Link): void {
    interface Waiting {
      readonly link: Link;
      readonly lasts: readonly boolean[];
      readonly depth: number;
      readonly above: string;
      /** A job above it is disabled. */
      readonly off: string;
    }
    const waiting: Waiting[] = [{ link: root, lasts: [], depth: 0, above: '', off: '' }];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      const { link, lasts, depth, above, off } = one;
      const { name } = link;
      const job = jobs.get(name) ?? null;
      const again = link.besides || seen.has(name) || job === null;
      const below = again ? [] : linksOf(job);
      if (!again) seen.add(name);
      found.push({
        key: again ? `${above}\0${name}` : name,
        name,
        job,
        depth,
        lasts,
        hasBelow: below.length > 0,
        faults: [...link.faults, ...ownFaults(job, link, off, now)],
        other: link.faults.length > 0 ? link.other : off,
        held: 0,
      });
      const nextOff = off !== '' ? off : job?.disabled ? name : '';
      for (const [at, next] of [...below.entries()].toReversed())
        waiting.push({
          link: next,
          lasts: [...lasts.slice(1 - deepest), at === below.length - 1],
          depth: depth + 1,
          above: name,
          off: nextOff,
        });
    }
  }
}

const alone = (name: string): Link => ({ name, faults: [], other: '', besides: false });

function ownFaults(job: Member | null, link: Link, off: string, now: number): Fault[] {
  if (job === null || link.besides) return [];
  const ends = serverTime(job.expires_at ?? null)?.getTime() ?? Number.POSITIVE_INFINITY;
  return [
    ...(off !== '' && !job.disabled ? (['above-disabled'] as const) : []),
    ...(ends <= now && !job.disabled ? (['expired'] as const) : []),
    ...(job.parent_job !== '' && job.schedule !== '' ? (['mixed'] as const) : []),
  ];
}

/** What a job lists, each once, and then those that call it their parent and are not listed. */
function linksFrom<T extends Member>(
  job: T,
  callers: readonly string[],
  jobs: ReadonlyMap<string, T>,
): Link[] {
  const list = job.dependent_jobs ?? [];
  const names = new Set(list);
  const links: Link[] = [];
  let lost = '';
  for (const name of names) {
    const child = jobs.get(name);
    const foreign = child !== undefined && child.parent_job !== job.name;
    const faults: Fault[] = [
      ...(child === undefined ? (['phantom'] as const) : []),
      ...(lost !== '' ? (['cut-off'] as const) : []),
      ...(foreign ? (['foreign'] as const) : []),
      ...(list.indexOf(name) === list.lastIndexOf(name) ? [] : (['doubled'] as const)),
    ];
    const other = lost !== '' ? lost : foreign ? child.parent_job : job.name;
    links.push({ name, faults, other, besides: foreign });
    if (child === undefined && lost === '') lost = name;
  }
  const unlisted = callers.filter((name) => !names.has(name) && name !== job.name);
  return [
    ...links,
    ...unlisted.map(
      (name): Link => ({ name, faults: ['unlisted'], other: job.name, besides: false }),
    ),
  ];
}

function isInCircle<T extends Member>(job: T, jobs: ReadonlyMap<string, T>): boolean {
  const passed = new Set([job.name]);
  for (let next = jobs.get(job.parent_job); next; next = jobs.get(next.parent_job)) {
    if (next.name === job.name) return true;
    if (passed.has(next.name)) return false;
    passed.add(next.name);
  }
  return false;
}

/** These do not run with their parent, whatever becomes of it. */
const stops: ReadonlySet<Fault> = new Set(['phantom', 'cut-off', 'unlisted', 'orphan', 'expired']);

export const runsAfterParent = ({ job, faults }: Branch<Member>): boolean =>
  job !== null && !job.disabled && !faults.some((fault) => stops.has(fault));

/** How many run below each: summed from the end, where the children stand behind their parents. */
function withHeld<T extends Member>(branches: readonly Branch<T>[]): Branch<T>[] {
  const held = branches.map(() => 0);
  /** By depth: what was summed for the parent to come. */
  const sums: number[] = [];
  for (let at = branches.length - 1; at >= 0; at--) {
    const branch = branches[at]!;
    const { depth } = branch;
    held[at] = sums[depth + 1] ?? 0;
    sums[depth + 1] = 0;
    if (runsAfterParent(branch)) sums[depth] = (sums[depth] ?? 0) + 1 + held[at]!;
  }
  return branches.map((branch, at) => (held[at] === 0 ? branch : { ...branch, held: held[at]! }));
}

/** The family of a job, from its root on; all of them without one. */
export function familyOf<T>(
  branches: readonly Branch<T>[],
  name: string | null,
): readonly Branch<T>[] {
  if (name === null) return branches;
  const at = branches.findIndex(({ key }) => key === name);
  if (at < 0) return [];
  const first = branches.findLastIndex(({ depth }, index) => depth === 0 && index <= at);
  const next = branches.findIndex(({ depth }, index) => depth === 0 && index > at);
  return branches.slice(first, next < 0 ? branches.length : next);
}
