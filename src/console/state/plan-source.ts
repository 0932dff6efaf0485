/** Where the jobs of a plan come from, when it is not a change made here. */
import type { Policy } from '../../plan/policy/policy.ts';

/** What a plan of other jobs is made of, and can be made of anew. */
export type PlanSource = FileSource | ContextSource;

export interface FileSource extends Policied {
  readonly file: string;
  /** White space in bodies is no difference, as where people wrote the file. */
  readonly spaced?: true;
}

/** What the cluster of another context has now. */
export interface ContextSource extends Policied {
  readonly context: string;
}

interface Policied {
  readonly policy?: Policy | undefined;
}
