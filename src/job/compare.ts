/** Whether two definitions of a job are the same, and how they differ. */
import { numberText, stringifyJson } from '../json/numbers.ts';
import { instantFromRfc3339, rfc3339FromInstant } from '../schedule/index.ts';
import { type Field, fieldOf, fields, isOperators } from './fields.ts';
import type { Job } from './job.ts';
import { isMap } from './shape.ts';

/** A value of a definition that can differ by itself: a field, or one key of a map. */
export interface FieldChange {
  /** The field, and the keys inside it: ["executor_config", "body"]. */
  readonly keys: readonly string[];
  /** The same for people: `executor_config.body`. */
  readonly path: string;
  /** The value's normal form as text; "" for none. */
  readonly before: string;
  readonly after: string;
}

/**
 * Whether two jobs are defined alike, whatever Dkron has counted since. Null, `{}`, a zero value
 * and a missing field are one thing; times are compared as instants.
 */
export const sameDefinition = (a: Job, b: Job): boolean => diffJobs(a, b).length === 0;

/**
 * What a write of a definition would change of a job that a server shows. A field which that job
 * has not at all is one that the server does not keep: a Dkron shows every field that it knows.
 */
export const changesOf = (shown: Job, wanted: Job): FieldChange[] =>
  diffJobs(shown, wanted).filter(({ keys: [field = ''] }) => Object.hasOwn(shown, field));

/** Whether a server shows a definition, as far as it keeps it. */
export const shows = (shown: Job, wanted: Job): boolean => changesOf(shown, wanted).length === 0;

/** What counts as a difference: what operators define, or also what Dkron counts and computes. */
export type Scope = 'definition' | 'everything';

/** How one definition differs from another, field by field, in the order of the fields table. */
export function diffJobs(before: Job, after: Job, scope: Scope = 'definition'): FieldChange[] {
  const differs = (name: string): boolean => !isAlike(before[name], after[name]);
  const [old, now] = [leaves(before, scope, differs), leaves(after, scope, differs)];
  return [...new Map([...old, ...now])]
    .filter(([leaf]) => old.get(leaf)?.text !== now.get(leaf)?.text)
    .map(([leaf, { keys }]) => ({
      keys,
      path: keys.join('.'),
      before: old.get(leaf)?.text ?? '',
      after: now.get(leaf)?.text ?? '',
    }));
}

/** What an operator defines of a job, without what Dkron computes: what a write may send. */
export function definition(job: Job): Omit<Job, ServerField> {
  const entries = Object.entries(job).filter(([name]) => isOperators(name));
  return Object.fromEntries(entries) as Omit<Job, ServerField>;
}

type ServerField =
  | 'id'
  | 'status'
  | 'next'
  | 'success_count'
  | 'error_count'
  | 'last_success'
  | 'last_error'
  | 'dependent_jobs';

/** A value that says something, in normal form. */
interface Leaf {
  readonly keys: readonly string[];
  readonly text: string;
}

/** Stands between the keys that a leaf is found by. */
const separator = '\u0000';

/** Whether two values are so plainly the same that their normal forms need not be asked. */
function isAlike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isAlike(a[key], b[key]));
}

/** The fields for which `differs` in normal form: every value as text, without those that say nothing. */
function leaves(job: Job, scope: Scope, differs: (name: string) => boolean): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  const add = (keys: string[], text: string): void => {
    if (text !== '') found.set(keys.join(separator), { keys, text });
  };
  for (const name of new Set([...operatorFields, ...Object.keys(job)])) {
    const field = fieldOf(name);
    if ((scope === 'definition' && field?.owner === 'server') || !differs(name)) continue;
    const value = job[name];
    if (field?.type === 'map')
      for (const [key, text] of entries(value)) add([name, key], text === '' ? '""' : plain(text));
    else if (field?.type === 'maps')
      for (const [key, map] of entries(value)) add([name, key], stringifyJson(sorted(map)));
    else add([name], normal(name, field?.type, value));
  }
  return found;
}

const operatorFields = fields.filter(({ owner }) => owner === 'operator').map(({ name }) => name);

const entries = (map: unknown): [string, unknown][] =>
  typeof map === 'object' && map !== null ? Object.entries(map) : [];

const sorted = (map: unknown): unknown =>
  Object.fromEntries(entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

function normal(name: string, type: Field['type'] | undefined, value: unknown): string {
  if (type === undefined) return value === null ? '' : stringifyJson(value);
  if (type === 'flag') return String(value === true);
  if (type === 'count') return plain(value ?? 0);
  if (type === 'time') return instant(plain(value));
  // A job restored without a policy has none, and Dkron then allows overlap.
  if (name === 'concurrency') return plain(value) || 'allow';
  return plain(value);
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return numberText(value) ?? stringifyJson(value);
}

/** Year 1 is a time here: Dkron takes a job that expires then for expired. */
function instant(text: string): string {
  const time = instantFromRfc3339(text);
  return time === undefined ? text : rfc3339FromInstant(time);
}
