/** What takes operations back: which ones, and the plan. */
import { andMore } from '../base/counted.ts';
import { atOnce } from '../base/steps.ts';
import type { Live } from '../dkron/live.ts';
import { shows } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import type { PastChange } from '../journal/lines.ts';
import { type Reversal, reversalsOf } from '../journal/reversals.ts';
import { isToDo, planSteps, withoutRest } from './compare.ts';
import { deletionSteps } from './deletions.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

/** An operation that has nothing to take back: the server has all its jobs as they were before. */
export interface PassedOver {
  readonly changes: readonly PastChange[];
  /** Whether it was seen to happen, so that somebody has taken it back since. */
  readonly happened: boolean;
}

/** How far back an undo goes: so many operations, all since a moment (ms since the epoch), or through one by its id. */
export type Reach =
  | { readonly count: number }
  | { readonly since: number }
  | { readonly through: string };

export interface Newest {
  /** The newest operations, from the first that has something to take back; newest first. */
  readonly operations: readonly (readonly PastChange[])[];
  /** Those that are newer still, newest first. */
  readonly passed: readonly PassedOver[];
}

/**
 * Finds what an undo is about. `operations` come newest first; `look` gives the present jobs of
 * these names, those that there are; 'unreadable' is like none that was there before.
 */
export async function newestInEffect(
  operations: AsyncIterable<readonly PastChange[]>,
  look: (names: readonly string[]) => Promise<ReadonlyMap<string, Job | null | 'unreadable'>>,
  reach: Reach = { count: 1 },
): Promise<Newest> {
  const passed: PassedOver[] = [];
  const found: (readonly PastChange[])[] = [];
  for await (const changes of operations) {
    const first = changes[0]!;
    if ('since' in reach && Date.parse(first.at) < reach.since) break;
    if (found.length > 0 || (await isInEffect(changes))) found.push(changes);
    else passed.push(passedOver(changes));
    if ('count' in reach && found.length >= reach.count) break;
    if ('through' in reach && (first.operation ?? first.id) === reach.through) break;
  }
  return { operations: found, passed };

  async function isInEffect(changes: readonly PastChange[]): Promise<boolean> {
    const reversals = reversalsOf(changes);
    const now = await look(reversals.map(({ name }) => name));
    return !reversals.every(({ name, before }) => {
      const there = now.get(name) ?? null;
      return there !== 'unreadable' && alike(there, before);
    });
  }
}

const passedOver = (changes: readonly PastChange[]): PassedOver => ({
  changes,
  happened: changes.some(({ result }) => result?.outcome === 'written'),
});

/**
 * Makes the changed jobs what they were before; those that were created go. What was changed once more
 * since, or by somebody else in between, is left as it is unless one asks for it. `undoes`: the operations
 * that are taken back as a whole.
 */
export const planUndo = (...given: Parameters<typeof undoSteps>): RestorePlan =>
  atOnce(undoSteps(...given));

/** The same in steps, a job each. */
export function* undoSteps(
  reversals: readonly Reversal[],
  { jobs, unreadable }: Live,
  undoes: readonly string[] = [],
): Generator<void, RestorePlan> {
  const here = new Map(jobs.map((job) => [job.name, job]));
  const hidden = new Map(unreadable.map(({ name, why }) => [name, why]));
  const old = reversals.flatMap(({ before }) => before ?? []);
  const created = reversals.filter(({ before }) => before === null).map(({ name }) => name);
  const barred = created
    .filter((name) => hidden.has(name))
    .map((name) => ({ name, why: hidden.get(name)!, places: [] }));
  const restored = withoutRest(yield* planSteps(old, jobs, { barred, unreadable }));
  const { items, ...plan } = yield* deletionSteps(restored, created, jobs);
  const others = new Map<string, string>();
  for (const reversal of reversals) {
    const { name } = reversal;
    const why = hidden.has(name) ? null : changedBy(reversal, here.get(name) ?? null);
    if (why !== null) others.set(name, why);
    yield;
  }
  const left = leftOf(items, others);
  return {
    ...plan,
    origin: { what: 'undo' },
    ...(undoes.length > 0 && { undoes }),
    items: items.map((item) => {
      const why = left.get(item.name);
      return why === undefined || !isToDo(item) ? item : { ...item, left: why };
    }),
  };
}

/** The plan that takes back what others changed since as well. */
export const evenChanged = (plan: RestorePlan): RestorePlan => ({
  ...plan,
  items: plan.items.map(({ left: _, ...item }) => item),
});

/** What somebody did with the job besides these operations; null where nobody did. */
function changedBy(
  { before, after, instead, disturbed }: Reversal,
  now: Job | null,
): string | null {
  if (alike(now, before)) return null;
  const isOurs = alike(now, after) || (instead !== undefined && alike(now, instead));
  if (!isOurs) return now === null ? 'deleted since' : 'changed again since';
  return disturbed ? 'somebody else changed it in between' : null;
}

/** What an undo leaves as it is: what others changed, and what cannot go, or come, without that. */
function leftOf(
  items: readonly RestoreItem[],
  others: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const left = new Map<string, string>();
  const absent = new Set<string>();
  const holding = new Map<string, string>();
  // Parents stand before their children, and of what goes the children before their parents.
  for (const item of items) {
    const why = others.get(item.name) ?? reasonOf(item);
    if (why === undefined) continue;
    left.set(item.name, why);
    if (item.kind === 'new') absent.add(item.name);
    if (item.seen !== null) holding.set(item.seen.parent_job, item.name);
  }
  return left;

  function reasonOf({ name, kind, job }: RestoreItem): string | undefined {
    if (kind === 'delete' && holding.has(name)) return `${holding.get(name)}, below it, is left`;
    const isLost = (kind === 'new' || kind === 'change') && absent.has(job.parent_job);
    return isLost ? `its parent ${job.parent_job} is left out` : undefined;
  }
}

/** Whether the server has it so, as far as it keeps it. */
const alike = (now: Job | null, then: Job | null): boolean =>
  now === null || then === null ? now === then : shows(now, keptOf(then).job);

const mentioned = 3;

/** What a plan leaves as it is, in words; null for nothing. */
export function leftText({ items }: RestorePlan): string | null {
  const left = items.filter((item) => item.left !== undefined).map(({ name }) => name);
  return left.length === 0
    ? null
    : `changed again since, so not marked: ${andMore(left, mentioned)}`;
}
