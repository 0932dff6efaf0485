/** What comes of comparing with the server, and plans as texts: opened, kept. */
import type { CheckedPlan } from '../../plan/model.ts';

export interface PlanMessage {
  readonly type: 'plan';
  readonly id: string;
  readonly plan: CheckedPlan;
  /** What is to be marked, where the plan itself says so. */
  readonly marks?: readonly string[];
}

export type PlanTextEffect =
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
