/** How the job was defined when each of two runs began, by what snapshots and the journal know. */
import { diffJobs, type FieldChange } from '../job/compare.ts';
import { maskChange } from '../job/mask.ts';
import type { Step } from '../journal/history/steps.ts';

/**
 * `same`: nobody saw a change between them. `changed`: it was changed between them. `maybe`: it was changed,
 * but perhaps before the older or after the newer one. `unknown`: nothing is known of it at the time of the
 * older one; `since`: what is first known of it, ms since the epoch.
 */
export type Definitions =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed' | 'maybe'; readonly changes: readonly FieldChange[] }
  | {
      readonly kind: 'unknown';
      readonly since: number | null;
      /** What changed since then, before the newer run. */
      readonly changes: readonly FieldChange[];
    };

/**
 * @param steps newest first
 * @param older when the older run began, and `newer` when the newer one did; ms since the epoch
 */
export function definitionsAt(steps: readonly Step[], older: number, newer: number): Definitions {
  const [first] = steps.slice(-1);
  if (first === undefined) return { kind: 'unknown', since: null, changes: [] };
  const isKnown = older >= first.by || first.kind !== 'first';
  const between = steps.filter(
    (step) =>
      step.kind !== 'first' &&
      step.by > older &&
      (step.after ?? older) < newer &&
      !cameBefore(step, older),
  );
  const changes = changesOver(between);
  if (!isKnown) return { kind: 'unknown', since: first.by, changes };
  // Changed and changed back: the runs had the same.
  if (changes.length === 0) return { kind: 'same' };
  const isSure = between.every(
    ({ after, by, certain }) => certain && after !== null && after >= older && by <= newer,
  );
  return { kind: isSure ? 'changed' : 'maybe', changes };
}

/** There was no job, then it ran: it came in between. */
const cameBefore = ({ from, after }: Step, older: number): boolean =>
  from === null && (after ?? older) < older;

/** From before the oldest to after the newest of them, without credentials. */
function changesOver(steps: readonly Step[]): readonly FieldChange[] {
  const [from, to] = [steps.at(-1)?.from?.job, steps[0]?.to?.job];
  if (steps.length === 1 || from === undefined || to === undefined)
    return (steps.length === 1 ? steps[0]!.changes : []).map(maskChange);
  return diffJobs(from, to).map(maskChange);
}
