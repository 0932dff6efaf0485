import { CorruptFile } from '../base/errors.ts';
import { parseJob } from '../dkron/list.ts';
import type { Live } from '../dkron/live.ts';
import { shows } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/kept.ts';
import { withDeletions } from './deletions.ts';
import type { PastChange } from './journal-lines.ts';
import type { RestorePlan } from './model.ts';
import { planRestore, withoutRest } from './plan.ts';

export interface Undo {
  /** Makes the changed jobs what they were before; those that were created go. */
  readonly plan: RestorePlan;
  /** Jobs that were changed once more since: the plan takes that back as well. */
  readonly since: readonly string[];
}

/** What an operation made of one job; null for none. */
export interface Reversal {
  readonly name: string;
  readonly before: Job | null;
  /** What was sent, where it is not known what became of it. */
  readonly after: Job | null;
}

/** One for each job of the changes of an operation, which are oldest first as in the journal. */
export function reversalsOf(changes: readonly PastChange[]): Reversal[] {
  const reversals = new Map<string, Reversal>();
  for (const change of changes) {
    const { job: name } = change;
    const first = reversals.get(name);
    const before = first ? first.before : jobIn(change, change.before);
    const after = jobIn(change, change.result?.after ?? change.sent);
    reversals.set(name, { name, before, after });
  }
  return [...reversals.values()];
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

function jobIn({ server, job }: PastChange, text: string | null): Job | null {
  if (text === null) return null;
  try {
    return parseJob(server, text).job;
  } catch (cause) {
    throw new CorruptFile(`a definition of ${job} in the journal is not a whole job`, {
      data: 'Nothing was changed.',
      next: "'dkron-tui journal --json' shows it as it is.",
      cause,
    });
  }
}

/** Whether all that the journal keeps of a change can be read, so that it can be taken back. */
export function isWhole(change: PastChange): boolean {
  try {
    return reversalsOf([change]).length > 0;
  } catch {
    return false;
  }
}

/** Whether the server has it so, as far as it keeps it. */
const alike = (now: Job | null, then: Job | null): boolean =>
  now === null || then === null ? now === then : shows(now, keptOf(then).job);
