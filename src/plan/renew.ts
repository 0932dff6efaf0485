/** A plan that was made earlier, against what the server has now. */
import type { Live } from '../dkron/live.ts';
import { changesOf, diffJobs, sameDefinition, shows } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import { mergeJobs } from '../job/merge.ts';
import { isToDo, planRestore, summary, withoutRest } from './compare.ts';
import { withDeletions } from './deletions.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

/**
 * The plan of these names, each compared with what the server has now. A job that somebody changed
 * since is blocked alone, with what it was (`moved`), is to be (`job`) and is now (`seen`). One that is
 * already as it is to be is the same. What is left out is in no way of the others.
 */
export function renewPlan(plan: RestorePlan, names: ReadonlySet<string>, live: Live): RestorePlan {
  const here = new Map(live.jobs.map((job) => [job.name, job]));
  const hidden = new Set(live.unreadable.map(({ name }) => name));
  const nowOf = ({ name }: RestoreItem): Job | null => here.get(name) ?? null;
  const chosen = plan.items.filter((item) => names.has(item.name) && isToDo(item));
  const moved = chosen.filter((item) => !hidden.has(item.name) && isMoved(item, nowOf(item), plan));
  const refused = new Map(moved.map((item) => [item.name, movedItem(item, nowOf(item))]));
  const others = chosen.filter(({ name }) => !refused.has(name));
  return planAgainst(plan, others, live, refused);
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

const movedItem = (item: RestoreItem, now: Job | null): RestoreItem => {
  const { kind, seen: base, job } = item;
  const changes = now === null || kind === 'delete' ? [] : changesOf(now, keptOf(job).job);
  const why = movedText(base, now);
  return { ...item, kind: 'blocked', why, changes, seen: now, moved: { kind, base } };
};

function movedText(base: Job | null, now: Job | null): string {
  if (base === null) return 'it is on the server now, and was not when this was planned';
  if (now === null) return 'it was deleted on the server since this was planned';
  return `it was changed on the server since this was planned: ${summary(diffJobs(base, now))}`;
}

const alreadyGone = (item: RestoreItem): RestoreItem => ({
  ...item,
  kind: 'same',
  why: 'already deleted',
  changes: [],
  seen: null,
});
