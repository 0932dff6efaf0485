/** Operations on several jobs: what the console asks for, and is told of those that were interrupted. */
import type { CheckedPlan } from '../../plan/model.ts';
import type { Unfinished } from '../../plan/unfinished/head.ts';

export type OperationMessage =
  /** What there is on this cluster, newest first; `isNews`: the operator was not told of the newest. */
  | {
      readonly type: 'unfinished';
      readonly left: readonly Unfinished[];
      readonly isNews: boolean;
    }
  /** What is left of an operation, as the journal calls it. */
  | {
      readonly type: 'rest';
      readonly operation: string;
      readonly plan: CheckedPlan;
    };

export type OperationEffect =
  | {
      readonly type: 'apply-plan';
      readonly plan: CheckedPlan;
      /** As it is called where it is not finished. */
      readonly title: string;
      readonly names: readonly string[];
      /** The operation that it goes on with; a new one unless told. */
      readonly resumes?: string;
      readonly agreed?: string;
    }
  /** What is left of one that was interrupted, as a plan back. */
  | { readonly type: 'resume'; readonly operation: string }
  | { readonly type: 'discard'; readonly operation: string };
