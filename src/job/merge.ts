import { diffJobs, type FieldChange } from './compare.ts';
import type { Job } from './job.ts';

export interface Merge {
  /** What they have now, with what I changed; where both changed the same value, mine. */
  readonly merged: Job;
  readonly mine: readonly FieldChange[];
  readonly theirs: readonly FieldChange[];
  /** Values that both sides changed, to different ends: `before` is theirs, `after` is mine. */
  readonly collisions: readonly FieldChange[];
}

/** A three-way merge by field, and by key inside a map; `base` is what both sides began with. */
export function mergeJobs(base: Job, mine: Job, theirs: Job): Merge {
  const myChanges = diffJobs(base, mine);
  const theirChanges = diffJobs(base, theirs);
  const touched = new Set(theirChanges.map(({ path }) => path));
  return {
    merged: myChanges.reduce((job, { keys }) => withValue(job, keys, valueAt(mine, keys)), theirs),
    mine: myChanges,
    theirs: theirChanges,
    collisions: diffJobs(theirs, mine).filter(
      ({ path }) => touched.has(path) && myChanges.some((change) => change.path === path),
    ),
  };
}

/** The value under these keys; undefined where there is none. */
export const valueAt = (job: Job, keys: readonly string[]): unknown =>
  keys.reduce((value: unknown, key) => ownEntries(value).find(([own]) => own === key)?.[1], job);

/** A copy with another value at this place; undefined takes the key away. */
export function withValue<T>(value: T, [key, ...rest]: readonly string[], wanted: unknown): T {
  if (key === undefined) return wanted as T;
  const own = ownEntries(value);
  const at = own.findIndex(([name]) => name === key);
  const next = withValue(own[at]?.[1], rest, wanted);
  own.splice(at < 0 ? own.length : at, 1, ...(next === undefined ? [] : [[key, next] as const]));
  return Object.fromEntries(own) as T;
}

/** Entries rather than keys: a tag may be called `__proto__`. */
const ownEntries = (value: unknown): (readonly [string, unknown])[] => Object.entries(value ?? {});
