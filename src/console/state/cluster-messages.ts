/** What is heard of the cluster as a whole, and what is asked of it. */
import type { Overview } from '../../dkron/overview/read.ts';

/** `problem`: why it could not be read. */
export interface ClusterMessage {
  readonly type: 'overview';
  readonly overview: Overview | null;
  /** When it was asked for, ms since the epoch. */
  readonly at: number;
  readonly problem?: string;
}

export type ClusterEffect =
  /** Another cluster in place of this one. */
  | { readonly type: 'open-context'; readonly name: string }
  /** What the operator says of the cluster that answers: the one that is shown, or another. */
  | { readonly type: 'settle-cluster'; readonly as: 'same' | 'other' }
  /** Has the answering node refuse new and changed jobs, or accept them again. */
  | {
      readonly type: 'set-paused';
      readonly paused: boolean;
      /** The node that was shown. */
      readonly node: string | null;
      readonly agreed?: string;
    }
  | { readonly type: 'read-overview' };
