/** How one set of jobs differs from another. */
import { diffJobs, type FieldChange, type Scope } from '../../job/compare.ts';
import { fields } from '../../job/fields.ts';
import type { Job } from '../../job/job.ts';
import { spacedLike } from '../../job/spaced-like.ts';
import { wholeJob } from '../../job/zero.ts';
import type { Side, Unread } from './side.ts';

/** `unreadable`: on one side it cannot be read, so nothing can be said of it. */
export type DifferenceKind = 'added' | 'removed' | 'changed' | 'unreadable';

export interface JobDifference {
  readonly name: string;
  readonly kind: DifferenceKind;
  /** From the first to the second; of a job that only one of them has, all that it says. */
  readonly changes: readonly FieldChange[];
  /** Null where it is not there, or cannot be read. */
  readonly before: Job | null;
  readonly after: Job | null;
  /** Why it cannot be read; "" otherwise. */
  readonly why: string;
}

export interface Comparison {
  /** By name. */
  readonly differences: readonly JobDifference[];
  /** How many jobs both have alike. */
  readonly same: number;
}

/** Compares two sides, or only jobs of these names; of what is alike on both nothing is read. */
export async function compareSides(
  before: Side,
  after: Side,
  scope: Scope,
  names: ReadonlySet<string> | null = null,
): Promise<Comparison> {
  const unread = unreadOf(before, after);
  const differing = new Set<string>();
  let same = 0;
  const look = (name: string): void => {
    if (names !== null && !names.has(name)) return;
    if (unread.has(name) || before.hash(name) !== after.hash(name)) differing.add(name);
    else same++;
  };
  for (const name of before.names()) look(name);
  for (const name of after.names()) if (before.hash(name) === undefined) look(name);
  for (const name of unread.keys()) look(name);
  const [old, now] = [await before.jobs(differing), await after.jobs(differing)];
  const differences = [...differing]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) =>
      differenceOf(
        { name, before: old.get(name) ?? null, after: now.get(name) ?? null },
        unread.get(name),
        (was, is) => diffJobs(...spaced(was, is, before, after), scope),
      ),
    );
  const real = differences.filter(({ kind, changes }) => kind !== 'changed' || changes.length > 0);
  return { differences: real, same: same + differences.length - real.length };
}

/** What cannot be read on either side, and why. */
function unreadOf(before: Side, after: Side): ReadonlyMap<string, string> {
  const told = (which: string, { unreadable }: Side): [string, string][] =>
    unreadable.map(({ name, why }: Unread) => [name, `${which}: ${why}`]);
  return new Map([...told('in B', after), ...told('in A', before)]);
}

/** A file that people write is laid out for them, a server keeps what it was sent. */
function spaced(was: Job, is: Job, before: Side, after: Side): [Job, Job] {
  if (before.isLaidOut) return [spacedLike(was, is), is];
  return after.isLaidOut ? [was, spacedLike(is, was)] : [was, is];
}

function differenceOf(
  job: Pick<JobDifference, 'name' | 'before' | 'after'>,
  why: string | undefined,
  diff: (was: Job, is: Job) => FieldChange[],
): JobDifference {
  const { before, after } = job;
  if (why !== undefined) return { ...job, kind: 'unreadable', changes: [], why };
  if (before === null && after !== null)
    return { ...job, kind: 'added', changes: saidBy(after, diff), why: '' };
  if (before !== null && after === null) {
    const changes = saidBy(before, diff).map((change) => ({
      ...change,
      before: change.after,
      after: '',
    }));
    return { ...job, kind: 'removed', changes, why: '' };
  }
  return { ...job, kind: 'changed', changes: diff(before!, after!), why: '' };
}

/** What a job says of itself. */
const saidBy = (job: Job, diff: (was: Job, is: Job) => FieldChange[]): FieldChange[] =>
  diff(wholeJob({}), job)
    .filter(({ path }) => path !== 'name')
    .map((change) => ({ ...change, before: '' }))
    .sort((a, b) => rank(a) - rank(b));

/** What is zero in every other job stands where the fields table has it. */
const rank = ({ keys: [field] }: FieldChange): number => {
  const at = fields.findIndex(({ name }) => name === field);
  return at < 0 ? fields.length : at;
};
