/**
 * Which jobs are asked to run, and which come by the run of another: after a success Dkron runs what the job lists
 * (`dependent_jobs`), in that order, and stops at a name that does not exist (grpc.go ExecutionDone, 3.2.7 to 4.1.2).
 */
import { andMore } from '../../base/counted.ts';
import { families } from '../../job/family.ts';
import type { Job, JobFacts } from '../../job/job.ts';
import { missingTags, type NodeTags } from '../../job/lint/tags.ts';
import { serverTime } from '../../job/time.ts';

/** A job of the list. */
export interface AgainItem {
  readonly name: string;
  /** `ask`: it is asked to run; `with`: the run of another starts it; `held`: neither. */
  readonly how: 'ask' | 'with' | 'held';
  /** Of `with` whose success starts it; of `ask` who has to end well before; "" for nobody. */
  readonly after: string;
  /** Why it is held, or what else is to be known of it; "" for nothing. */
  readonly why: string;
}

type Kin = Pick<JobFacts, 'name' | 'parent_job' | 'dependent_jobs' | 'disabled' | 'expires_at'>;
type Chosen = Kin & Pick<Job, 'concurrency' | 'tags'>;

/** The server as it was looked at. */
export interface AgainAround {
  /** All of its jobs. */
  readonly jobs: { readonly get: (name: string) => Kin | undefined };
  /** Names of what runs. */
  readonly busy: ReadonlySet<string>;
  /** The living nodes; undefined where nobody tells. */
  readonly nodes: readonly NodeTags[] | undefined;
  /** By the server's clock, ms since the epoch. */
  readonly now: number;
}

/** Parents first; what is held stands at the end. */
export function planAgain(chosen: readonly Chosen[], around: AgainAround): AgainItem[] {
  const below = reaching(around);
  const { parentsFirst, unordered } = families(chosen);
  const held = new Map<string, string>();
  for (const job of [...parentsFirst, ...unordered]) {
    const why = whyHeld(job, around, below);
    if (why !== null) held.set(job.name, why);
  }
  const going = parentsFirst.filter(({ name }) => !held.has(name));
  const names = new Set(going.map(({ name }) => name));
  const order = [...names];
  const starters = new Map<string, string>();
  for (const { name } of going)
    for (const each of below(name))
      if (names.has(each) && !starters.has(each)) starters.set(each, name);
  return [
    ...going.map(({ name }): AgainItem => {
      const starter = rootOf(name, starters);
      if (starter !== null) return { name, how: 'with', after: starter, why: '' };
      const after = markedAbove(name, names, around);
      const waits =
        after !== '' && order.indexOf(rootOf(after, starters) ?? after) < order.indexOf(name);
      const also = [...below(name)].filter((each) => !names.has(each));
      const why = also.length === 0 ? '' : `its success runs ${andMore(also, 3)}, too`;
      return { name, how: 'ask', after: waits ? after : '', why };
    }),
    ...[...held].map(([name, why]): AgainItem => ({ name, how: 'held', after: '', why })),
  ];
}

/** Who is asked for, of those whose success leads to it; null where none does. */
function rootOf(name: string, starters: ReadonlyMap<string, string>): string | null {
  let root: string | null = null;
  for (let at = starters.get(name); at !== undefined; at = starters.get(at)) root = at;
  return root;
}

/** The nearest marked job above that does not start it by itself; "" for none. */
function markedAbove(name: string, names: ReadonlySet<string>, { jobs }: AgainAround): string {
  const passed = new Set([name]);
  for (let at = jobs.get(name)?.parent_job ?? ''; at !== '' && !passed.has(at); ) {
    if (names.has(at)) return at;
    passed.add(at);
    at = jobs.get(at)?.parent_job ?? '';
  }
  return '';
}

/** What runs right after a success of it. */
function startedBy(name: string, { jobs, now }: AgainAround): string[] {
  const started: string[] = [];
  for (const child of new Set(jobs.get(name)?.dependent_jobs ?? [])) {
    const job = jobs.get(child);
    if (job === undefined) break;
    const ends = serverTime(job.expires_at ?? null)?.getTime() ?? Number.POSITIVE_INFINITY;
    if (!job.disabled && ends > now) started.push(child);
  }
  return started;
}

/** All that a success of a job leads to; itself only where that is a circle. */
function reaching(around: AgainAround): (name: string) => ReadonlySet<string> {
  const known = new Map<string, ReadonlySet<string>>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = new Set(startedBy(name, around));
    for (const each of found) for (const next of startedBy(each, around)) found.add(next);
    known.set(name, found);
    return found;
  };
}

/** Why a job is not asked to run; null where it is. */
function whyHeld(
  { name, disabled, concurrency, tags }: Chosen,
  { busy, nodes }: AgainAround,
  below: (name: string) => ReadonlySet<string>,
): string | null {
  if (disabled) return 'it is disabled';
  if ([name, ...below(name)].some((each) => below(each).has(each)))
    return 'its success leads into a circle of jobs that would run for ever';
  if (concurrency === 'forbid' && busy.has(name)) return 'it runs, and its concurrency is forbid';
  const missing = missingTags(tags, nodes);
  return missing === null ? null : `no living node has ${andMore(missing, 3)}: it would go nowhere`;
}
