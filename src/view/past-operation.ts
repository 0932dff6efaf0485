/** An operation of the journal in words. */
import { counted } from '../base/counted.ts';
import type { Origin } from '../journal/entry.ts';

/** What it was, and of which jobs. */
export interface Named extends Partial<Origin> {
  /** How many jobs it changed. */
  readonly jobs: number;
  /** The first of them. */
  readonly job: string;
}

/** What a verb is called as a thing. */
const nouns: Readonly<Record<string, string>> = {
  create: 'creation',
  delete: 'deletion',
  disable: 'disabling',
  enable: 'enabling',
};

/** `restore of 42 jobs from backup-dkron_…`, `change of keolis-zones`. */
export function operationText({ what = 'change', source, jobs, job }: Named): string {
  const which = jobs === 1 ? job : counted(jobs);
  return `${nouns[what] ?? what} of ${which}${source === undefined ? '' : ` from ${source}`}`;
}
