/** Whether each parent lists its children once each, looked at after some came, left or moved: Dkron runs what it lists. */
import { type OperatorError, UnreadableJob } from '../base/errors.ts';
import type { Door, WriteOptions } from '../dkron/write/door.ts';
import type { Found } from '../dkron/write/reread.ts';
import type { JobText } from '../job/job.ts';
import { isToDo } from './compare.ts';
import type { RestoreItem, RestorePlan, RestoreResult } from './model.ts';
import { isDone, isOpen } from './outcome.ts';

/**
 * `missing`: the parent does not list its child. `twice`: it does more than once. `foreign`: it lists a
 * job that has another parent; `dangling`: one that does not exist. `unread`: it is not known.
 */
export interface ChildFault {
  readonly parent: string;
  readonly fault: 'missing' | 'twice' | 'foreign' | 'dangling' | 'unread';
  /** Null where the list could not be read. */
  readonly child: string | null;
  /** What is wrong and what it means, on one line. */
  readonly message: string;
  /** How it is put right. */
  readonly next: string;
}

/** Whom a parent must list; of the others that it may list it is not known whether they joined or left. */
interface Expected {
  readonly must: Set<string>;
  readonly may: Set<string>;
}

interface CheckOptions extends Pick<WriteOptions, 'signal' | 'listed' | 'onWait'> {
  /** The plan goes on with an operation that was begun before. */
  readonly resumed?: boolean;
}

type Results = ReadonlyMap<string, RestoreResult>;

/**
 * Reads the parents again whose lists Dkron was to change, until they are as they should be, some 3 s at most;
 * reads nothing where there are none. What somebody else changed meanwhile is no fault.
 */
export async function childFaults(
  door: Door,
  plan: RestorePlan,
  results: readonly RestoreResult[],
  { signal, resumed = false, ...options }: CheckOptions,
): Promise<readonly ChildFault[]> {
  const expected = expectedChildren(plan, results, resumed);
  if (expected.size === 0) return [];
  const holds = new Map(
    Array.from(expected, ([parent, children]) => [
      parent,
      (now: JobText | null) => suspects(parent, now, children).length === 0,
    ]),
  );
  // A server that was waited for in vain is not waited for again.
  const ends = results.some(isOpen) ? AbortSignal.abort() : signal;
  const looks = await door.lookAgain(holds, { ...options, ...(ends && { signal: ends }) });
  const unread = [...looks]
    .filter(([, { now }]) => now === undefined)
    .map(([parent, { failure }]) => unreadFault(parent, failure));
  const suspected = [...looks].flatMap(([parent, { now = null }]) =>
    suspects(parent, now, expected.get(parent)!),
  );
  return [...(await confirmed(door, suspected, options)), ...unread];
}

/** Those among them whose lists are looked at when these were written, and perhaps more. */
export function parentsAbout(
  items: readonly RestoreItem[],
  { families }: Pick<RestorePlan, 'families'>,
): string[] {
  const parents = new Set(items.filter(({ name }) => families?.has(name)).map(({ name }) => name));
  for (const { from, to } of items.map(moveOf))
    if (from !== to) for (const parent of [from, to]) if (parent !== '') parents.add(parent);
  return [...parents];
}

/** By parent, for those that stay. */
function expectedChildren(
  { items, families = new Map(), unreadable = [] }: RestorePlan,
  results: readonly RestoreResult[],
  resumed: boolean,
): Map<string, Expected> {
  const all = new Map<string, Expected>();
  const of = (parent: string): Expected => {
    const known = all.get(parent);
    if (known !== undefined) return known;
    const fresh = { must: new Set<string>(families.get(parent)), may: new Set<string>() };
    all.set(parent, fresh);
    return fresh;
  };
  const byName: Results = new Map(results.map((result) => [result.name, result]));
  const sent = items.filter((item) => isToDo(item) && isThrough(byName.get(item.name)));
  for (const item of sent) {
    const { from, to } = moveOf(item);
    const isKnown = isDone(byName.get(item.name)!);
    if (from !== to) {
      if (from !== '') of(from).must.delete(item.name);
      if (to !== '' && isKnown) of(to).must.add(item.name);
      if (!isKnown)
        for (const parent of [from, to]) if (parent !== '') of(parent).may.add(item.name);
    }
    if (item.kind === 'new' && families.has(item.name)) of(item.name);
  }
  // What was written before the interruption is the same by now, and nobody looked at its parent.
  if (resumed)
    for (const { kind, job } of items)
      if (kind === 'same' && job.parent_job !== '') of(job.parent_job);
  for (const { name, kind } of sent) if (kind === 'delete') all.delete(name);
  // That these cannot be read was told with the plan.
  for (const { name } of unreadable) all.delete(name);
  return all;
}

/** Done, or perhaps. */
const isThrough = (result: RestoreResult | undefined): boolean =>
  result !== undefined && (isDone(result) || result.outcome === 'unknown');

const moveOf = ({
  kind,
  job,
  seen,
}: RestoreItem): { readonly from: string; readonly to: string } => ({
  from: kind === 'new' ? '' : (seen?.parent_job ?? ''),
  to: kind === 'delete' ? '' : job.parent_job,
});

interface Suspect {
  readonly parent: string;
  readonly child: string;
  readonly what: 'missing' | 'twice' | 'foreign';
}

/** What is not as expected in the list of a parent; nothing where there is no such job. */
function suspects(parent: string, now: JobText | null, { must, may }: Expected): Suspect[] {
  if (now === null) return [];
  const counts = new Map<string, number>();
  for (const child of now.job.dependent_jobs ?? []) counts.set(child, (counts.get(child) ?? 0) + 1);
  const missing = [...must].filter((child) => !counts.has(child));
  const wrong = [...counts].flatMap(([child, count]): Suspect[] => {
    if (!must.has(child) && !may.has(child)) return [{ parent, child, what: 'foreign' }];
    return count > 1 ? [{ parent, child, what: 'twice' }] : [];
  });
  return [...missing.map((child) => ({ parent, child, what: 'missing' }) as const), ...wrong];
}

/** Those that are faults by what the children say themselves: somebody may have moved one meanwhile. */
async function confirmed(
  door: Door,
  suspected: readonly Suspect[],
  options: Pick<WriteOptions, 'listed'>,
): Promise<ChildFault[]> {
  if (suspected.length === 0) return [];
  const names = [...new Set(suspected.map(({ child }) => child))];
  const found = await door.current(names, options);
  if ('outcome' in found) {
    const parents = new Set(suspected.map(({ parent }) => parent));
    return [...parents].map((parent) => unreadFault(parent, found.error));
  }
  return suspected.flatMap((suspect) => faultOf(suspect, found.get(suspect.child) ?? null) ?? []);
}

function faultOf({ parent, child, what }: Suspect, found: Found): ChildFault | null {
  const about = { parent, child };
  if (what === 'twice')
    return {
      ...about,
      fault: 'twice',
      message: `${parent} lists its child ${child} more than once: ${child} runs as often after each run of it`,
      next: awayAndBack(child, parent),
    };
  if (found instanceof UnreadableJob) return null;
  const own = found?.job.parent_job;
  if (what === 'missing')
    return own === parent
      ? {
          ...about,
          fault: 'missing',
          message: `${parent} does not list its child ${child}: ${child} never runs after it`,
          next: awayAndBack(child, parent),
        }
      : null;
  if (own === parent) return null;
  if (own === undefined)
    return {
      ...about,
      fault: 'dangling',
      message: `${parent} lists a child ${child} that does not exist: children after it in the list do not run, and ${parent} cannot be deleted`,
      next: `Create a job ${child} with the parent ${parent}, then delete it.`,
    };
  return {
    ...about,
    fault: 'foreign',
    message: `${parent} lists ${child}, which is not its child: ${child} runs after it all the same`,
    next: `Give ${child} the parent ${parent}, then ${own === '' ? 'none' : own} again.`,
  };
}

/** Dkron takes all mentions of a child off the list that it leaves, and puts it once on the one that it joins. */
const awayAndBack = (child: string, parent: string): string =>
  `Give ${child} no parent, then ${parent} again.`;

const unreadFault = (parent: string, failure?: OperatorError): ChildFault => ({
  parent,
  fault: 'unread',
  child: null,
  message: `it could not be seen whether ${parent} lists each of its children once${failure ? `: ${failure.message}` : ''}`,
  next: `Compare the dependent_jobs of ${parent} with the jobs that have it as their parent.`,
});
