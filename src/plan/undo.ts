/** What takes an operation back: which one, and the plan. */
import type { Live } from '../dkron/live.ts';
import { shows } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import type { PastChange } from '../journal/lines.ts';
import { type Reversal, reversalsOf } from '../journal/reversals.ts';
import { planRestore, withoutRest } from './compare.ts';
import { withDeletions } from './deletions.ts';
import type { RestorePlan } from './model.ts';

export interface Undo {
  /** Makes the changed jobs what they were before; those that were created go. */
  readonly plan: RestorePlan;
  /** Jobs that were changed once more since: the plan takes that back as well. */
  readonly since: readonly string[];
}

/** An operation that has nothing to take back: the server has all its jobs as they were before. */
export interface PassedOver {
  readonly changes: readonly PastChange[];
  /** Whether it was seen to happen, so that somebody has taken it back since. */
  readonly happened: boolean;
}

export interface Newest {
  /** Of the newest operation that has something to take back; none where there is none. */
  readonly changes: readonly PastChange[];
  /** The newer ones, newest first. */
  readonly passed: readonly PassedOver[];
}

/**
 * Finds what an undo is about. `operations` come newest first; `look` gives the present jobs of
 * these names, those that there are; 'unreadable' is like none that was there before.
 */
export async function newestInEffect(
  operations: AsyncIterable<readonly PastChange[]>,
  look: (names: readonly string[]) => Promise<ReadonlyMap<string, Job | null | 'unreadable'>>,
): Promise<Newest> {
  const passed: PassedOver[] = [];
  for await (const changes of operations) {
    const reversals = reversalsOf(changes);
    const now = await look(reversals.map(({ name }) => name));
    const isBack = reversals.every(({ name, before }) => {
      const there = now.get(name) ?? null;
      return there !== 'unreadable' && alike(there, before);
    });
    if (!isBack) return { changes, passed };
    passed.push({ changes, happened: changes.some(({ result }) => result?.outcome === 'written') });
  }
  return { changes: [], passed };
}

/** What takes an operation back, on a server that has these jobs now. */
export function planUndo(reversals: readonly Reversal[], { jobs, unreadable }: Live): Undo {
  const here = new Map(jobs.map((job) => [job.name, job]));
  const hidden = new Map(unreadable.map(({ name, why }) => [name, why]));
  const old = reversals.flatMap(({ before }) => before ?? []);
  const created = reversals.filter(({ before }) => before === null).map(({ name }) => name);
  const barred = created
    .filter((name) => hidden.has(name))
    .map((name) => ({ name, why: hidden.get(name)!, places: [] }));
  const restored = withoutRest(planRestore(old, jobs, { barred, unreadable }));
  const since = reversals.filter(({ name, before, after }) => {
    if (hidden.has(name)) return false;
    const now = here.get(name) ?? null;
    return !alike(now, before) && !alike(now, after);
  });
  return { plan: withDeletions(restored, created, jobs), since: since.map(({ name }) => name) };
}

/** Whether the server has it so, as far as it keeps it. */
const alike = (now: Job | null, then: Job | null): boolean =>
  now === null || then === null ? now === then : shows(now, keptOf(then).job);
