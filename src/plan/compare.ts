/** The plan of a restore: a snapshot compared with the server. */
import { andMore } from '../base/counted.ts';
import { atOnce } from '../base/steps.ts';
import type { UnreadHere } from '../dkron/live.ts';
import { changesOf, type FieldChange } from '../job/compare.ts';
import { childrenByParent, families } from '../job/family.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import { maskChange } from '../job/mask.ts';
import { wholeJob } from '../job/zero.ts';
import type { RestoreItem, RestorePlan } from './model.ts';
import { obstaclesOf } from './obstacles.ts';

/** What a file has in the place of a job, and cannot be written. */
export type Barred = Pick<RestoreItem, 'name' | 'why' | 'places'>;

export interface Besides {
  readonly barred?: readonly Barred[];
  /** What of the server cannot be read. */
  readonly unreadable?: readonly UnreadHere[];
}

/** Compares the jobs of a snapshot, each name once, with those of a server. */
export const planRestore = (...given: Parameters<typeof planSteps>): RestorePlan =>
  atOnce(planSteps(...given));

/** The same in steps, a job each. */
export function* planSteps(
  snapshot: Iterable<Job>,
  live: Iterable<Job>,
  besides: Besides = {},
): Generator<void, RestorePlan> {
  const { unreadable = [] } = besides;
  const illegible = new Map(unreadable.map(({ name, why }) => [name, why]));
  const barred = [...(besides.barred ?? [])];
  const readable: Job[] = [];
  for (const job of snapshot) {
    const why = illegible.get(job.name);
    if (why === undefined) readable.push(job);
    else barred.push({ name: job.name, why, places: [] });
  }
  const here = new Map(Array.from(live, (job) => [job.name, job]));
  const childrenOf = childrenByParent(here.values());
  const family = families(readable);
  const wanted = [...family.parentsFirst, ...family.unordered];
  const there = new Set([...here.keys(), ...illegible.keys()]);
  const obstacles = obstaclesOf(family, there, new Set(barred.map(({ name }) => name)));
  const items: RestoreItem[] = [];
  for (const job of wanted) {
    const seen = here.get(job.name) ?? null;
    const children = childrenOf.get(job.name) ?? [];
    const changes = seen === null ? [] : changesOf(seen, keptOf(job).job);
    items.push({ name: job.name, ...verdict(job, seen, changes), changes, job, seen, children });
    yield;
  }

  function verdict(
    job: Job,
    seen: Job | null,
    changes: readonly FieldChange[],
  ): Pick<RestoreItem, 'kind' | 'why'> {
    const obstacle = obstacles.get(job.name);
    if (seen !== null && changes.length === 0) return { kind: 'same', why: '' };
    if (obstacle !== undefined) return { kind: 'blocked', why: obstacle };
    if (seen !== null) return { kind: 'change', why: summary(changes) };
    const parent = job.parent_job;
    return { kind: 'new', why: parent === '' || there.has(parent) ? '' : `after ${parent}` };
  }

  const blocked = barred.map((one) => blockedItem(one, here.get(one.name) ?? null));
  const names = new Set([...wanted, ...barred].map(({ name }) => name));
  return {
    items: [...items, ...blocked, ...onlyHere(here, names)],
    listed: here.size,
    families: childrenOf,
    unreadable,
  };
}

const blockedItem = (barred: Barred, seen: Job | null): RestoreItem => ({
  ...barred,
  kind: 'blocked',
  changes: [],
  job: wholeJob({ name: barred.name }),
  seen,
  children: [],
});

function onlyHere(here: ReadonlyMap<string, Job>, wanted: ReadonlySet<string>): RestoreItem[] {
  return [...here.values()]
    .filter(({ name }) => !wanted.has(name))
    .map((job) => ({
      name: job.name,
      kind: 'only-here',
      why: 'stays as it is',
      changes: [],
      job,
      seen: job,
      children: [],
    }));
}

const mentioned = 3;
const short = 40;

/** Which fields change; a single short value as well, if it is no credential: `retries 2 → 3`. */
export function summary(changes: readonly FieldChange[]): string {
  const [first] = changes;
  if (changes.length === 1 && first && first.keys[0] !== 'executor_config') {
    const { path, before, after } = maskChange(first);
    const text = `${path} ${before || 'none'} → ${after || 'none'}`;
    if (text.length <= short) return text;
  }
  const labels = changes.map(({ keys, path }) =>
    keys[0] === 'executor_config' ? keys.slice(1).join('.') : path,
  );
  return andMore(labels, mentioned);
}

/** Whether there is something to do. */
export const isToDo = ({ kind }: Pick<RestoreItem, 'kind'>): boolean =>
  kind === 'new' || kind === 'change' || kind === 'delete';

/** Whether there is something to do that the policy of the plan does not leave as it is. */
export const isWritable = ({ policy }: RestorePlan, item: Pick<RestoreItem, 'kind'>): boolean =>
  isToDo(item) && !(item.kind === 'change' && policy?.existing === 'skip');

/** The jobs that a plan writes unless one chooses. */
export const writable = (plan: RestorePlan): string[] =>
  plan.items
    .filter((item) => item.left === undefined && isWritable(plan, item))
    .map(({ name }) => name);

/** The plan without the jobs that it leaves alone. */
export const withoutRest = (plan: RestorePlan): RestorePlan => ({
  ...plan,
  items: plan.items.filter(({ kind }) => kind !== 'only-here'),
});
