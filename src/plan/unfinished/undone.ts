/** Interrupted operations that were taken back, and so are not to be finished any more. */
import { writable } from '../compare.ts';
import type { RestorePlan, RestoreResult } from '../model.ts';
import { isDone } from '../outcome.ts';
import type { UnfinishedStore } from './store.ts';

/**
 * Forgets what a plan took back with all of its jobs; gives it in words. Throws as the store does.
 */
export async function forgetUndone(
  store: UnfinishedStore,
  plan: RestorePlan,
  results: readonly RestoreResult[],
): Promise<string[]> {
  const undone = new Set(plan.undoes);
  const done = new Set(results.filter(isDone).map(({ name }) => name));
  if (undone.size === 0 || !writable(plan).every((name) => done.has(name))) return [];
  const { left } = await store.found();
  const forgotten = left.filter(({ operation }) => undone.has(operation));
  for (const { operation } of forgotten) await (await store.take(operation)).end([]);
  return forgotten.map(({ title }) => `not to be finished any more: ${title}`);
}
