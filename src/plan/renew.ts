/** A plan that was made earlier, or begun, against what the server has now. */
import type { Live } from '../dkron/live.ts';
import { changesOf, diffJobs, sameDefinition, shows } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import { mergeJobs } from '../job/merge.ts';
import { isToDo, planRestore, summary, withoutRest } from './compare.ts';
import { withDeletions } from './deletions.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

export interface Renewing {
  /** Jobs that the plan was carried out for already: the same now, whatever became of them since. */
  readonly done?: ReadonlySet<string>;
  /** What was changed meanwhile was changed since then. */
  readonly since?: 'this was planned' | 'this was begun';
}

const none: ReadonlySet<string> = new Set();

/**
 * The plan of these names, each compared with what the server has now. A job that somebody changed
 * since is blocked alone, with what it was (`moved`), is to be (`job`) and is now (`seen`). One that is
 * already as it is to be is the same. What is left out is in no way of the others.
 */
export function renewPlan(
  plan: RestorePlan,
  names: ReadonlySet<string>,
  live: Live,
  { done = none, since = 'this was planned' }: Renewing = {},
): RestorePlan {
  const here = new Map(live.jobs.map((job) => [job.name, job]));
  const hidden = new Set(live.unreadable.map(({ name }) => name));
  const nowOf = ({ name }: RestoreItem): Job | null => here.get(name) ?? null;
  const chosen = plan.items.filter((item) => names.has(item.name) && isToDo(item));
  const open = chosen.filter(({ name }) => !done.has(name));
  const moved = open.filter((item) => !hidden.has(item.name) && isMoved(item, nowOf(item), plan));
  const refused = new Map(moved.map((item) => [item.name, movedItem(item, nowOf(item), since)]));
  const others = open.filter(({ name }) => !refused.has(name));
  const rest = planAgainst(plan, others, live, refused);
  const before = chosen.filter(({ name }) => done.has(name));
  return { ...rest, items: [...before.map((item) => doneItem(item, nowOf(item))), ...rest.items] };
}

/** A plan of the jobs that were changed since, over what they are now. */
export function planOver(
  plan: RestorePlan,
  moved: readonly RestoreItem[],
  live: Live,
): RestorePlan {
  return planAgainst(plan, moved, live, new Map());
}

function planAgainst(
  { items: _, policy: __, ...plan }: RestorePlan,
  items: readonly RestoreItem[],
  live: Live,
  refused: ReadonlyMap<string, RestoreItem>,
): RestorePlan {
  const here = new Map(live.jobs.map((job) => [job.name, job]));
  const gone = items.filter(isDeletion);
  const wanted = items
    .filter((item) => !isDeletion(item))
    .map((item) => wantedNow(item, here.get(item.name) ?? null, plan));
  const barred = [...refused.values()].map(({ name, why }) => ({ name, why }));
  const { unreadable } = live;
  const fresh = withoutRest(planRestore(wanted, live.jobs, { barred, unreadable }));
  const restored = {
    ...plan,
    items: fresh.items.map((item) => refused.get(item.name) ?? item),
    listed: live.jobs.length,
    unreadable,
  };
  const names = gone.map(({ name }) => name);
  const all = withDeletions(restored, names, live.jobs);
  const done = gone.filter(({ name }) => !here.has(name)).map(alreadyGone);
  return { ...all, items: [...all.items, ...done] };
}

/** Nobody has decided anything about what is there now. */
function isMoved(item: RestoreItem, now: Job | null, { merge }: RestorePlan): boolean {
  const { seen, job } = item;
  if (isDeletion(item)) return now !== null && !sameDefinition(seen ?? job, now);
  const wanted = keptOf(job).job;
  if (now !== null && shows(now, wanted)) return false;
  if (now === null || seen === null) return now !== seen;
  if (sameDefinition(seen, now)) return false;
  return merge !== true || mergeJobs(seen, wanted, now).collisions.length > 0;
}

/** Where a plan changes one thing of each job, the others stay as somebody made them meanwhile. */
function wantedNow(
  { seen, job, moved }: RestoreItem,
  now: Job | null,
  { merge }: Pick<RestorePlan, 'merge'>,
): Job {
  const base = moved === undefined ? seen : moved.base;
  if (merge !== true || base === null || now === null) return job;
  return sameDefinition(base, now) ? job : mergeJobs(base, job, now).merged;
}

const isDeletion = ({ kind, moved }: RestoreItem): boolean => (moved?.kind ?? kind) === 'delete';

function movedItem(item: RestoreItem, now: Job | null, since: string): RestoreItem {
  const { kind, seen: base, job } = item;
  const changes = now === null || kind === 'delete' ? [] : changesOf(now, keptOf(job).job);
  const why = movedText(base, now, since);
  return { ...item, kind: 'blocked', why, changes, seen: now, moved: { kind, base } };
}

function movedText(base: Job | null, now: Job | null, since: string): string {
  if (base === null) return `somebody created it since ${since}`;
  if (now === null) return `somebody deleted it since ${since}`;
  return `somebody changed it since ${since}: ${summary(diffJobs(base, now))}`;
}

/** Done before, and not again. */
function doneItem(item: RestoreItem, now: Job | null): RestoreItem {
  const isGone = item.kind === 'delete';
  const isStill =
    isGone || now === null ? isGone === (now === null) : shows(now, keptOf(item.job).job);
  const why = `${isGone ? 'deleted' : 'written'} before${isStill ? '' : ', and changed since'}`;
  return { ...item, kind: 'same', why, changes: [], job: now ?? item.job, seen: now };
}

const alreadyGone = (item: RestoreItem): RestoreItem => ({
  ...item,
  kind: 'same',
  why: 'already deleted',
  changes: [],
  seen: null,
});
