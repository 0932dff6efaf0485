/** Writes the jobs of a plan, parents first. */
import { randomUUID } from 'node:crypto';
import type { Door, WriteOptions } from '../dkron/write/door.ts';
import type { WriteResult } from '../dkron/write/result.ts';
import { batches } from './batches.ts';
import { deleteAll } from './delete.ts';
import { generations } from './generations.ts';
import type { Action, RestoreItem, RestorePlan, RestoreResult } from './model.ts';
import { endOf, heldBack, interrupted, isDone, same, skipped, type Told, told } from './outcome.ts';
import { type Keep, keepBefore } from './safety.ts';

/** All changes of one call are one operation of the journal. */
export interface ApplyOptions extends Pick<WriteOptions, 'signal' | 'onWait'> {
  /** Takes the safety snapshot of an operation on more than one job; null: the operator wants none. */
  readonly keep: Keep | null;
  /** Keeps the plan until it is carried out to its end; null: it cannot be finished by another program. */
  readonly begin?: Begin | null;
  /** Goes on with an operation that was begun before, whose snapshot was taken then; a new one unless told. */
  readonly resumes?: Resumed | null;
  /** Called with each result as it is known; jobs are written some thousands at a time. */
  readonly onResult?: (result: RestoreResult) => void;
  /** Called with how many jobs are dealt with, those among them that were sent and are not read back yet. */
  readonly onProgress?: (done: number) => void;
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
 * Keeps an operation on several jobs before the first is sent, so that a program after this one can finish it;
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
  const results = new Map<string, RestoreResult>();
  let answered = 0;
  const note = (name: string, what: Told): void => {
    const result = { name, ...what };
    results.set(name, result);
    answered = Math.max(0, answered - 1);
    onResult?.(result);
    onProgress?.(results.size + answered);
  };
  const onAnswer = (): void => {
    answered++;
    onProgress?.(results.size + answered);
  };
  const chosen = plan.items.filter(({ name }) => names.has(name));
  const wanted = chosen.filter(({ kind }) => kind === 'new' || kind === 'change');
  for (const { name, kind, why, places, moved, seen } of chosen) {
    if (kind === 'same') note(name, same(plan.action, why));
    if (kind === 'blocked')
      note(name, {
        ...(moved === undefined ? { outcome: 'refused' } : { outcome: 'changed', now: seen }),
        message: why,
        ...(places && { places }),
      });
    if (kind === 'only-here') note(name, skipped(why));
  }
  const created = new Set(wanted.filter(({ seen }) => seen === null).map(({ name }) => name));
  let { listed = Number.POSITIVE_INFINITY } = plan;
  const { merge = false, action, origin } = plan;
  const actionOn = ({ seen }: RestoreItem): Action =>
    action ?? (seen === null ? 'create' : 'write');

  const gone = chosen.filter(({ kind }) => kind === 'delete');
  const about = { ...given, operation, listed };
  const kept = resumes
    ? safetyOf(resumes)
    : await keepBefore(door, [...wanted, ...gone], keep, about);
  if (kept !== null && 'error' in kept) {
    for (const item of wanted) note(item.name, told(actionOn(item), kept));
    for (const { name } of gone) note(name, told('delete', kept));
    return { results: chosen.map(({ name }) => results.get(name)!), safety: null };
  }
  const several = wanted.length + gone.length > 1 || resumes !== null;
  const options = { ...given, ...kept, ...(origin && { origin }), onAnswer, holds: several };
  const safety = kept?.safety ?? null;
  const end = several ? await begin?.({ operation, plan, names, safety }) : undefined;

  try {
    const isFirst = ({ name }: RestoreItem): boolean => name === plan.first;
    const stages = [
      wanted.filter(isFirst),
      ...generations(wanted.filter((item) => !isFirst(item))),
    ];
    let ended: Told | null = null;
    for (const generation of stages)
      for (const batch of batches(generation)) {
        const lack = lacking(plan, results);
        if (lack !== null && !batch.some(isFirst))
          for (const { name } of batch) note(name, heldBack(lack.name, lack));
        const orphans = batch.filter(
          ({ name, job }) => !results.has(name) && isLost(created, results, job.parent_job),
        );
        for (const { name, job } of orphans)
          note(name, heldBack(`its parent ${job.parent_job}`, results.get(job.parent_job)!));
        const items = batch.filter(({ name }) => !results.has(name));
        if (ended !== null) {
          for (const item of items) note(item.name, { ...ended, action: actionOn(item) });
          continue;
        }
        const written = await write(door, items, { ...options, operation, listed, merge });
        for (const [at, item] of items.entries()) {
          const result = written[at];
          note(item.name, result ? told(actionOn(item), result) : interrupted(action));
          if (item.seen === null && result?.outcome === 'written') listed++;
        }
        ended = endOf(items.map(({ name }) => results.get(name)!));
      }

    const failed =
      lacking(plan, results) ?? [...results.values()].find((result) => !isDone(result));
    if (failed === undefined) await deleteAll(door, gone, { ...options, operation, listed }, note);
    else for (const { name } of gone) note(name, heldBack(failed.name, failed, 'delete'));
  } finally {
    await end?.(chosen.map(({ name }) => results.get(name) ?? { name, ...interrupted(action) }));
  }
  return { results: chosen.map(({ name }) => results.get(name)!), safety };
}

const safetyOf = ({ safety }: Resumed): { readonly safety: string } | null =>
  safety === null ? null : { safety };

/** Why nothing but the first job may be written; null when it is there, or none has to be. */
function lacking(
  { first }: RestorePlan,
  results: ReadonlyMap<string, RestoreResult>,
): RestoreResult | null {
  if (first === undefined) return null;
  const result = results.get(first) ?? { name: first, ...skipped('not chosen', 'create') };
  return isDone(result) ? null : result;
}

/** Null for what was not sent because of an interruption. */
async function write(
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

/** Whether the parent should have been created before, and was not. */
function isLost(
  created: ReadonlySet<string>,
  results: ReadonlyMap<string, RestoreResult>,
  parent: string,
): boolean {
  const result = results.get(parent);
  return created.has(parent) && !(result && isDone(result));
}
