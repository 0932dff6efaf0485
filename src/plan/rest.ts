/** What is left of a plan that was begun: what is not done yet, compared with what the server has now. */
import type { Live } from '../dkron/live.ts';
import { changesOf, sameDefinition, shows } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import { mergeJobs } from '../job/merge.ts';
import { planRestore, withoutRest } from './compare.ts';
import { withDeletions } from './deletions.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

/** What a job of the plan is now: as the plan left it, still as it was seen, or what somebody else made of it. */
type Standing = 'done' | 'as-seen' | 'changed';

/**
 * The same plan against the jobs that the server has now. Those that are `done` already are the same, whatever
 * became of them since; those that somebody else changed since the plan was made are blocked.
 */
export function planRest(plan: RestorePlan, done: ReadonlySet<string>, live: Live): RestorePlan {
  const here = new Map(live.jobs.map((job) => [job.name, job]));
  const hidden = new Set(live.unreadable.map(({ name }) => name));
  const standing = (item: RestoreItem): Standing => {
    const now = here.get(item.name) ?? null;
    if (done.has(item.name)) return 'done';
    if (hidden.has(item.name)) return 'as-seen';
    if (isSeen(item, now)) return 'as-seen';
    if (item.kind === 'delete') return now === null ? 'done' : 'changed';
    return now !== null && (shows(now, keptOf(item.job).job) || merged(plan, item, now))
      ? 'as-seen'
      : 'changed';
  };
  const {
    done: finished = [],
    'as-seen': open = [],
    changed = [],
  } = Object.groupBy(plan.items, standing);
  const wanted = open
    .filter(({ kind }) => kind !== 'delete')
    .map((item) => merged(plan, item, here.get(item.name) ?? null) ?? item.job);
  const doomed = open.filter(({ kind }) => kind === 'delete').map(({ name }) => name);
  const restored = withoutRest(planRestore(wanted, live.jobs, { unreadable: live.unreadable }));
  // What it says was decided before the first was written.
  const { items, policy: _, ...rest } = plan;
  const before = finished.map((item) => finishedItem(item, here.get(item.name) ?? null));
  const refused = changed.map((item) => changedItem(item, here.get(item.name) ?? null));
  const all = { ...rest, ...restored, items: [...before, ...restored.items, ...refused] };
  return withDeletions(all, doomed, live.jobs);
}

/** Whether the server has it as the plan left it. */
const isStill = ({ kind, job }: RestoreItem, now: Job | null): boolean =>
  kind === 'delete' || now === null
    ? (kind === 'delete') === (now === null)
    : shows(now, keptOf(job).job);

const isSeen = ({ seen }: RestoreItem, now: Job | null): boolean =>
  seen === null || now === null ? seen === now : sameDefinition(seen, now);

/** Both sides' changes, where a plan changes one thing of each job and they do not meet; else null. */
function merged({ merge = false }: RestorePlan, { seen, job }: RestoreItem, now: Job | null) {
  if (!merge || seen === null || now === null) return null;
  const { collisions, merged } = mergeJobs(seen, job, now);
  return collisions.length === 0 ? merged : null;
}

const finishedItem = (item: RestoreItem, now: Job | null): RestoreItem => ({
  ...item,
  kind: 'same',
  why: `${item.kind === 'delete' ? 'deleted' : 'written'} before${isStill(item, now) ? '' : ', and changed since'}`,
  changes: [],
  job: now ?? item.job,
  seen: now,
});

const changedItem = (item: RestoreItem, now: Job | null): RestoreItem => ({
  ...item,
  kind: 'blocked',
  why: `somebody ${changedHow(item.seen, now)} it since this was begun`,
  changes: now === null || item.kind === 'delete' ? [] : changesOf(now, keptOf(item.job).job),
  seen: now,
  moved: { kind: item.kind, base: item.seen },
});

function changedHow(seen: Job | null, now: Job | null): string {
  if (now === null) return 'deleted';
  return seen === null ? 'created' : 'changed';
}
