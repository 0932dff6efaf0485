/** A plan as it is kept: what it was made for and of, and what is to be done with each of its jobs. */
import type { RestorePlan } from '../model.ts';

/** What is done with a job that a plan could write: it is written (or deleted), left as it is, or asked about first. */
export type Choice = 'do' | 'skip' | 'ask';

export interface PlanFile {
  /** When it was made, RFC 3339. */
  readonly at: string;
  /** Of the target: which cluster it is (cluster/register.ts), and as people call it. */
  readonly cluster: { readonly id: string; readonly name: string };
  /** The target's address, without credentials. */
  readonly url: string;
  /** The target's Dkron. */
  readonly version: string;
  /** What it was made of, as people call it: a snapshot, a file, a cluster, `undo of …`. */
  readonly source: string;
  /** With what each job was on the target, and what it is to be; of a CheckedPlan the findings are told, and not read again. */
  readonly plan: RestorePlan;
  /** For each job that the plan could write; one that is not here is left as it is. */
  readonly choices: ReadonlyMap<string, Choice>;
}
