import type { Door, WriteOptions } from '../dkron/write/door.ts';
import type { WriteResult } from '../dkron/write/result.ts';
import { batches } from './batches.ts';
import { generations } from './generations.ts';
import type { Action, RestoreItem, RestorePlan, RestoreResult } from './model.ts';
import type { Notes } from './notes.ts';
import { endOf, heldBack, interrupted, isDone, skipped, type Told, told } from './outcome.ts';

/**
 * Writes jobs, the plan's first before all others, parents before their children, and notes what became of
 * each. One that is refused stays behind with the children that need it, and the others go on; an error that
 * the others would get too ends the sending. Gives about how many jobs the server has then.
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
    holdBack(batch, created, { plan, notes });
    const open = batch.filter(({ name }) => !notes.has(name));
    if (ended === null) {
      const next = all[at + 1]?.map(({ name }) => name);
      listed += await writeBatch(door, open, {
        plan,
        options: { ...options, listed, next },
        notes,
      });
      ended = endOf(notes.of(open, interrupted()));
    } else
      for (const item of open) notes.note(item.name, { ...ended, action: actionOn(item, plan) });
  }
  return listed;
}

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

/** Notes of those that lack what they need why they are not sent. */
function holdBack(
  batch: readonly RestoreItem[],
  created: ReadonlySet<string>,
  { plan, notes }: Pick<Writing, 'plan' | 'notes'>,
): void {
  const lack = lacking(plan, notes);
  for (const { name, job } of batch) {
    const parent = job.parent_job;
    if (lack !== null && name !== plan.first) notes.note(name, heldBack(lack.name, lack));
    else if (created.has(parent) && !isThere(notes.get(parent)))
      notes.note(name, heldBack(`its parent ${parent}`, notes.get(parent)!));
  }
}

const isThere = (result: RestoreResult | undefined): boolean =>
  result !== undefined && isDone(result);

/** Gives how many jobs the server has more of. */
async function writeBatch(
  door: Door,
  items: readonly RestoreItem[],
  { plan, options, notes }: Writing,
): Promise<number> {
  const results = await writeTogether(door, items, options);
  let more = 0;
  for (const [at, item] of items.entries()) {
    const result = results[at];
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
  const changes = items.map(({ seen, job, children }) => ({ seen, wanted: job, children }));
  const { signal } = options;
  try {
    return signal?.aborted ? items.map(() => null) : await door.write(changes, options);
  } catch (error) {
    // Aborted during the fresh read: nothing was sent.
    if (signal?.aborted) return items.map(() => null);
    throw error;
  }
}
