/** What is done to the jobs of a source on their way into a plan, and with those that the server has already. */

/** With a job that the server has otherwise: written over, left as it is, or asked about one by one. */
export type Existing = 'overwrite' | 'skip' | 'ask';

export interface Policy {
  readonly existing: Existing;
  /** Every job is written disabled; with `keepEnabled` every new one. */
  readonly disabled: boolean;
  /** A job that the server has is written enabled or disabled as it is there. */
  readonly keepEnabled: boolean;
  /** What the names begin with; "" for nothing. */
  readonly prefix: string;
  /** Each works on what the one before it made. */
  readonly replacements: readonly Replacement[];
}

/** One text put in the place of another, in all settings of the executor. */
export interface Replacement {
  /** A JavaScript regular expression with the flag `u`. */
  readonly pattern: string;
  /** `$1`, `$<name>` and `$&` stand for what was found, `$$` for a dollar. */
  readonly text: string;
}

/** What a replacement did to one setting of a job. */
export interface Replaced {
  /** As in a diff: `executor_config.body`. */
  readonly path: string;
  /** Which of the policy's replacements, from 0. */
  readonly by: number;
  /** Places written over. */
  readonly count: number;
  /** It was JSON and is none any more. */
  readonly broke?: true;
}

/** Jobs as they are in their source, over whatever the server has. */
export const plainPolicy: Policy = {
  existing: 'overwrite',
  disabled: false,
  keepEnabled: false,
  prefix: '',
  replacements: [],
};

const isPlain = ({ existing, disabled, keepEnabled, prefix, replacements }: Policy): boolean =>
  existing === plainPolicy.existing &&
  !disabled &&
  !keepEnabled &&
  prefix === '' &&
  replacements.length === 0;

/** The policy, where it asks for anything. */
export const askedFor = (policy: Policy): Policy | undefined =>
  isPlain(policy) ? undefined : policy;
