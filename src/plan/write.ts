import type { Door, WriteOptions } from '../dkron/write/door.ts';
import { NotYet, type WriteResult } from '../dkron/write/result.ts';
import { batches } from './batches.ts';
import { parentsAbout } from './children.ts';
import { followsInGroup, generations } from './generations.ts';
import type { Action, RestoreItem, RestorePlan, RestoreResult } from './model.ts';
import type { Notes } from './notes.ts';
import { endOf, heldBack, interrupted, isDone, skipped, type Told, told } from './outcome.ts';

/**
 * Writes jobs, the plan's first before all others, parents before their children, and notes what became of
 * each. One that is refused stays behind with the children that need it, and the others go on; an error that
 * the others would get too ends the sending. Children of a new job that the server did not accept wait until it
 * was seen whether it is there all the same. Gives about how many jobs the server has then.
 */
export async function writeAll(
  door: Door,
  items: readonly RestoreItem[],
  { plan, options, notes }: Writing,
): Promise<number> {
  let ended: Told | null = null;
  let { listed = Number.POSITIVE_INFINITY } = options;
  const created = new Set(items.filter(({ seen }) => seen === null).map(({ name }) => name));
  const all = stagesOf(items, plan).flatMap((stage) => [...batches(stage)]);
  for (const [at, batch] of all.entries()) {
    const next = all[at + 1]?.map(({ name }) => name) ?? parentsAbout(items, plan);
    for (let open = batch; open.length > 0; open = unnoted(open, notes)) {
      holdBack(open, created, { plan, notes });
      open = unnoted(open, notes);
      if (ended === null) {
        const writing = { plan, options: { ...options, listed, next }, notes };
        listed += await writeBatch(door, open, writing);
        ended = endOf(notes.of(open, interrupted()));
      } else
        for (const item of open) notes.note(item.name, { ...ended, action: actionOn(item, plan) });
    }
  }
  return listed;
}

const unnoted = (items: readonly RestoreItem[], notes: Notes): RestoreItem[] =>
  items.filter(({ name }) => !notes.has(name));

export interface Writing {
  readonly plan: RestorePlan;
  readonly options: WriteOptions;
  readonly notes: Notes;
}

/** What is done to a job, as the plan calls it. */
export const actionOn = ({ kind, seen }: RestoreItem, { action }: RestorePlan): Action =>
  kind === 'delete' ? 'delete' : (action ?? (seen === null ? 'create' : 'write'));

/** Why nothing but the first job may be written; null when it is there, or none has to be. */
export function lacking({ first }: RestorePlan, notes: Notes): RestoreResult | null {
  if (first === undefined) return null;
  const result = notes.get(first) ?? { name: first, ...skipped('not chosen', 'create') };
  return isDone(result) ? null : result;
}

function stagesOf(items: readonly RestoreItem[], { first }: RestorePlan): RestoreItem[][] {
  const { before = [], after = [] } = Object.groupBy(items, ({ name }) =>
    name === first ? 'before' : 'after',
  );
  return [before, ...generations(after)];
}

/** Notes of those that lack what they need, as far as that is known, why they are not sent. */
function holdBack(
  batch: readonly RestoreItem[],
  created: ReadonlySet<string>,
  { plan, notes }: Pick<Writing, 'plan' | 'notes'>,
): void {
  const lack = lacking(plan, notes);
  for (const { name, job } of batch) {
    const parent = created.has(job.parent_job) ? notes.get(job.parent_job) : undefined;
    if (lack !== null && name !== plan.first) notes.note(name, heldBack(lack.name, lack));
    else if (parent !== undefined && !isDone(parent))
      notes.note(name, heldBack(`its parent ${parent.name}`, parent));
  }
}

/** Gives how many jobs the server has more of; of what waits nothing is noted. */
async function writeBatch(
  door: Door,
  items: readonly RestoreItem[],
  { plan, options, notes }: Writing,
): Promise<number> {
  const results = await writeTogether(door, items, options);
  let more = 0;
  for (const [at, item] of items.entries()) {
    const result = results[at];
    if (result?.outcome === 'refused' && result.error instanceof NotYet) continue;
    notes.note(item.name, result ? told(actionOn(item, plan), result) : interrupted(plan.action));
    if (item.seen === null && result?.outcome === 'written') more++;
  }
  return more;
}

/** Null for what was not sent because of an interruption. */
async function writeTogether(
  door: Door,
  items: readonly RestoreItem[],
  options: WriteOptions,
): Promise<(WriteResult | null)[]> {
  const byName = new Map(items.map((item) => [item.name, item]));
  const changes = items.map((item) => {
    const { seen, job, children } = item;
    const after = followsInGroup(item, byName.get(job.parent_job)) ? job.parent_job : undefined;
    return { seen, wanted: job, children, after };
  });
  const { signal } = options;
  try {
    return signal?.aborted ? items.map(() => null) : await door.write(changes, options);
  } catch (error) {
    // Aborted during the fresh read: nothing was sent.
    if (signal?.aborted) return items.map(() => null);
    throw error;
  }
}
