/** How a folder under git and a server have come apart: what `apply` would change, and what it would leave. */
import { diffJobs, type FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import { keptOf } from '../job/lint/kept.ts';
import { wholeJob } from '../job/zero.ts';
import type { JobsRead } from '../snapshot/file/contents.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

/**
 * `missing`: the folder has the job and the server has it not. `extra`: the other way round. `changed`: they
 * say different things of it. `unreadable`: on one side it cannot be read.
 */
export type DriftKind = 'missing' | 'changed' | 'extra' | 'unreadable';

export interface Drifted {
  readonly name: string;
  readonly kind: DriftKind;
  /** From what the server has to what the folder says; of a job that one of them has, all that it says. */
  readonly changes: readonly FieldChange[];
  /** Why it cannot be read, or why `apply` could not write it; "" otherwise. */
  readonly why: string;
}

export interface Drift {
  readonly drifted: readonly Drifted[];
  /** How many jobs both have alike. */
  readonly same: number;
}

/** What a folder's plan says of drift. `extras`: whether jobs count that only the server has. */
export function driftOf({ items, unreadable = [] }: RestorePlan, extras: boolean): Drift {
  const told = new Set(items.map(({ name }) => name));
  const illegible = unreadable.filter(({ name }) => !told.has(name));
  const drifted = [
    ...items.flatMap((item) => driftedOf(item) ?? []),
    ...illegible.map(({ name, why }) => ({ name, kind: 'unreadable', changes: [], why }) as const),
  ];
  return {
    drifted: drifted
      .filter(({ kind }) => extras || kind !== 'extra')
      .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
    same: items.filter(({ kind }) => kind === 'same').length,
  };
}

const order: readonly DriftKind[] = ['unreadable', 'changed', 'missing', 'extra'];

function driftedOf({ name, kind, why, job, seen, changes, places }: RestoreItem): Drifted | null {
  if (kind === 'same') return null;
  if (places !== undefined) return { name, kind: 'unreadable', changes: [], why };
  if (kind === 'only-here') return { name, kind: 'extra', changes: turned(saidBy(job)), why: '' };
  const obstacle = kind === 'blocked' ? why : '';
  return seen === null
    ? { name, kind: 'missing', changes: saidBy(keptOf(job).job), why: obstacle }
    : { name, kind: 'changed', changes, why: obstacle };
}

/** What a job says of itself. */
const saidBy = (job: Job): FieldChange[] =>
  diffJobs(wholeJob({}), job)
    .filter(({ path }) => path !== 'name')
    .map((change) => ({ ...change, before: '' }));

const turned = (changes: readonly FieldChange[]): FieldChange[] =>
  changes.map((change) => ({ ...change, before: change.after, after: change.before }));

/** Files of a folder that are meant for something else: they are no drift, and are told by themselves. */
export function withoutStrangers(read: JobsRead): {
  readonly read: JobsRead;
  readonly strangers: JobsRead['unreadable'];
} {
  const { true: strangers = [], false: unreadable = [] } = Object.groupBy(
    read.unreadable,
    ({ foreign }) => String(foreign) as 'true' | 'false',
  );
  return { read: { ...read, unreadable }, strangers };
}
