/** Writes the jobs of a plan, parents first. */
import { randomUUID } from 'node:crypto';
import type { Door, WriteOptions } from '../dkron/write/door.ts';
import { type ChildFault, childFaults } from './children.ts';
import { deleteAll } from './delete.ts';
import type { RestoreItem, RestorePlan, RestoreResult } from './model.ts';
import { Notes, type Telling } from './notes.ts';
import { heldBack, interrupted, same, skipped, type Told, told } from './outcome.ts';
import { type Keep, keepBefore } from './safety.ts';
import { actionOn, lacking, type Writing, writeAll } from './write.ts';

/** All changes of one call are one operation of the journal. */
export interface ApplyOptions extends Telling, Pick<WriteOptions, 'signal' | 'onWait'> {
  /** Takes the safety snapshot of an operation on more than one job; null: the operator wants none. */
  readonly keep: Keep | null;
  /** Keeps the plan until it is carried out to its end; null: it cannot be finished by another program. */
  readonly begin?: Begin | null;
  /** Goes on with an operation that was begun before, whose snapshot was taken then; a new one unless told. */
  readonly resumes?: Resumed | null;
}

/** An operation that was begun before, as the journal calls it, and its snapshot. */
export interface Resumed {
  readonly operation: string;
  readonly safety: string | null;
}

/** What is about to be carried out. */
export interface Beginning {
  readonly operation: string;
  readonly plan: RestorePlan;
  readonly names: ReadonlySet<string>;
  /** The name of the snapshot that was taken before; null for none. */
  readonly safety: string | null;
}

/**
 * Keeps an operation on several jobs, or of a maintenance, before the first is sent, so that a program after this one can finish it;
 * throws OperatorError, and then nothing is sent. What it gives is called with all results.
 */
export type Begin = (
  what: Beginning,
) => Promise<(results: readonly RestoreResult[]) => Promise<void>>;

export interface Applied {
  /** One for each name, in the order of the plan. */
  readonly results: readonly RestoreResult[];
  /** The name of the snapshot that was taken before; null for none. */
  readonly safety: string | null;
  /** Where parents do not list their children as they should, now that some came, left or moved. */
  readonly faults: readonly ChildFault[];
}

/**
 * Writes the chosen jobs of a plan through the write door, parents first, and goes on when some
 * fail, unless it is the plan's first; then deletes what is to go, unless something was not written.
 * Before more than one is sent, those that the server has are kept in a snapshot: throws OperatorError
 * when that fails, and then nothing was sent.
 */
export async function applyPlan(
  door: Door,
  plan: RestorePlan,
  names: ReadonlySet<string>,
  { onResult, onProgress, keep, begin = null, resumes = null, ...given }: ApplyOptions,
): Promise<Applied> {
  const { operation } = resumes ?? { operation: randomUUID() };
  const { listed = Number.POSITIVE_INFINITY, merge = false, action, origin } = plan;
  const notes = new Notes({ onResult, onProgress });
  const chosen = plan.items.filter(({ name }) => names.has(name));
  for (const item of chosen) {
    const what = unsent(item, plan);
    if (what !== null) notes.note(item.name, what);
  }
  const toSend = chosen.filter(({ name }) => !notes.has(name));
  const about = { ...given, operation, listed };
  const kept = resumes ? safetyOf(resumes) : await keepBefore(door, toSend, keep, about);
  if (kept !== null && 'error' in kept) {
    for (const item of toSend) notes.note(item.name, told(actionOn(item, plan), kept));
    return { results: notes.of(chosen, interrupted(action)), safety: null, faults: [] };
  }

  const safety = kept?.safety ?? null;
  const holds = toSend.length > 1 || resumes !== null || plan.maintenance !== undefined;
  const end = holds ? await begin?.({ operation, plan, names, safety }) : undefined;
  const { onAnswer } = notes;
  const options = { ...about, ...kept, ...(origin && { origin }), merge, onAnswer, holds };
  try {
    await send(door, toSend, { plan, options, notes });
  } finally {
    await end?.(notes.of(chosen, interrupted(action)));
  }
  const results = notes.of(chosen, interrupted(action));
  const looking = { ...about, resumed: resumes !== null };
  return { results, safety, faults: await childFaults(door, plan, results, looking) };
}

/** What is told of a job of which nothing is sent; null where something is to be. */
function unsent(
  { kind, why, places, moved, seen }: RestoreItem,
  { action }: RestorePlan,
): Told | null {
  if (kind === 'same') return same(action, why);
  if (kind === 'only-here') return skipped(why);
  if (kind !== 'blocked') return null;
  if (moved !== undefined) return { outcome: 'changed', now: seen, message: why };
  return { outcome: 'refused', message: why, ...(places && { places }) };
}

const safetyOf = ({ safety }: Resumed): { readonly safety: string } | null =>
  safety === null ? null : { safety };

async function send(door: Door, items: readonly RestoreItem[], writing: Writing): Promise<void> {
  const { plan, options, notes } = writing;
  const { gone = [], wanted = [] } = Object.groupBy(items, ({ kind }) =>
    kind === 'delete' ? 'gone' : 'wanted',
  );
  const listed = await writeAll(door, wanted, writing);
  const failed = lacking(plan, notes) ?? notes.failed();
  if (failed === undefined) await deleteAll(door, gone, { ...options, listed }, notes.note);
  else for (const { name } of gone) notes.note(name, heldBack(failed.name, failed, 'delete'));
}
