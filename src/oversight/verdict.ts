/** What is found of a job that should have run. All times are ms since the epoch by the server's clock. */
import type { Trouble } from '../job/status.ts';

/** Why it did not run, as far as can be seen from outside. */
export type Cause =
  /** `forbid`, and a run that began before still goes on. */
  | { readonly kind: 'held'; readonly since: number; readonly node: string }
  /** A stored run without an end that no server runs. */
  | { readonly kind: 'orphan'; readonly since: number; readonly node: string }
  /** No living node has these tags, each as `name value`. */
  | { readonly kind: 'tags'; readonly tags: readonly string[] }
  /** Who leads was another after it; `at`: when that was seen first. */
  | {
      readonly kind: 'leader';
      readonly from: string | null;
      readonly to: string | null;
      readonly at: number;
    }
  /** There is no leader, so that nothing is fired. */
  | { readonly kind: 'leaderless' }
  /** Nothing was seen of the cluster over it. */
  | { readonly kind: 'silent'; readonly from: number; readonly to: number }
  /** So many other jobs that were due about then did not run either. */
  | { readonly kind: 'standstill'; readonly others: number }
  | { readonly kind: 'unknown' };

export interface Verdict {
  readonly state: Trouble;
  /** The first firing that did not do what it should; of `nowhere` the next one where none is known. */
  readonly at: number;
  readonly cause: Cause;
  /** Of `missed`: the last one that is known to be missed, and when that was over. */
  readonly until?: number;
  readonly endedAt?: number;
}

/** Whether it did surely not happen: what is not sure is no alarm. */
export const isSure = ({ state }: Pick<Verdict, 'state'>): boolean => state !== 'overdue';
