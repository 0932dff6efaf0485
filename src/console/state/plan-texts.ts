/** What comes of comparing with the server, and plans as texts: opened, kept. */
import type { Job } from '../../job/job.ts';
import type { Reversal } from '../../journal/reversals.ts';
import type { CheckedPlan, RestorePlan } from '../../plan/model.ts';

export interface PlanMessage {
  readonly type: 'plan';
  readonly id: string;
  readonly plan: CheckedPlan;
  /** What is to be marked, where the plan itself says so. */
  readonly marks?: readonly string[];
}

export type PlanTextEffect =
  /** What jobs are wanted to be, many of them, compared with the server as it was read. */
  | {
      readonly type: 'plan-edits';
      readonly id: string;
      readonly jobs: readonly Job[];
      /** What is the same in all of them then. */
      readonly set: Partial<Job>;
      /** What the plan is besides its jobs. */
      readonly as: Partial<Omit<RestorePlan, 'items'>>;
    }
  /** What takes back the changes of many jobs, compared in the same way. */
  | {
      readonly type: 'plan-undo';
      readonly id: string;
      readonly reversals: readonly Reversal[];
      readonly undoes: readonly string[];
    }
  /** A plan that was kept as a text, compared with the server. */
  | { readonly type: 'open-plan'; readonly file: string }
  /** `names`: those that are to be written; the others are left as they are. */
  | {
      readonly type: 'keep-plan';
      readonly file: string;
      readonly source: string;
      readonly plan: CheckedPlan;
      readonly names: readonly string[];
      readonly secrets: boolean;
    };
