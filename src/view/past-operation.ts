/** An operation of the journal in words. */
import { counted } from '../base/counted.ts';
import type { Origin } from '../journal/entry.ts';
import type { PastChange } from '../journal/lines.ts';
import { type Fate, type Operation, operationOf } from '../journal/operation.ts';
import { type Span, toned } from './line.ts';
import { shortSpan } from './short.ts';

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

const fates: readonly (readonly [Fate, string])[] = [
  ['open', '? may have happened'],
  ['unknown', '? unknown'],
  ['refused', '✗ refused'],
  ['written', '✓ written'],
];

/** `✓ written`, `✗ 2 refused, ✓ 40 written`: what asks for a look stands first. */
export function outcomesSpan({ outcomes }: Pick<Operation, 'outcomes'>): Span {
  const there = fates.filter(([fate]) => outcomes[fate] > 0);
  const [only] = there;
  const all = there.reduce((sum, [fate]) => sum + outcomes[fate], 0);
  const text =
    all === 1
      ? only![1]
      : there.map(([fate, words]) => words.replace(' ', ` ${outcomes[fate]} `)).join(', ');
  const tone = outcomes.refused > 0 ? 'bad' : outcomes.written === all ? 'ok' : 'attention';
  return toned(text, tone);
}

/** `restore of 42 jobs from backup-dkron_…, 3m ago`: an operation by its changes, oldest first. */
export function pastText(changes: readonly PastChange[], now: number): string {
  const operation = operationOf('', changes)!;
  return `${operationText(operation)}, ${shortSpan(now - Date.parse(operation.at))} ago`;
}

/** What an undo takes back, newest first: `the edit of a, 3m ago`, `2 operations on 5 jobs, back to …`. */
export function undoneText(operations: readonly (readonly PastChange[])[], now: number): string {
  const oldest = `the ${pastText(operations.at(-1)!, now)}`;
  if (operations.length === 1) return oldest;
  const jobs = new Set(operations.flat().map(({ job }) => job)).size;
  return `${counted(operations.length, 'operation')} on ${counted(jobs)}, back to before ${oldest}`;
}
