/** A step of a job's history in words. */
import type { FieldChange } from '../job/compare.ts';
import type { Step, StepKind } from '../journal/history/steps.ts';
import { clean, width } from '../terminal/cell.ts';

/** When it happened: the moment, or the two between which it did. `clock` tells a time. */
export function whenText(
  { after, by }: Pick<Step, 'after' | 'by'>,
  clock: (at: number) => string,
): string {
  if (after === by) return clock(by);
  return after === null ? `before ${clock(by)}` : `${clock(after)} – ${clock(by)}`;
}

const kindWords: Readonly<Record<StepKind, string>> = {
  first: 'first seen',
  created: 'created',
  changed: 'changed',
  deleted: 'deleted',
  back: 'came back',
};

/** What it did: `changed`, or `changed?` where that is not certain. */
export const stepWord = ({ kind, certain }: Pick<Step, 'kind' | 'certain'>): string =>
  `${kindWords[kind]}${certain ? '' : '?'}`;

/** Which fields became what, as short as a line asks: `schedule @every 1h → @every 2h, retries 0 → 2`. */
export const changesText = (changes: readonly FieldChange[]): string =>
  changes
    .map(({ path, before, after }) => [path, shortValues(before, after)].filter(Boolean).join(' '))
    .join(', ');

/** Longer values are named by their field only; the difference shows them. */
const longest = 32;

function shortValues(before: string, after: string): string {
  const [old, now] = [before, after].map(clean) as [string, string];
  const isShort = !`${before}${after}`.includes('\n') && width(old) + width(now) <= longest;
  return isShort ? `${old || '(none)'} → ${now || '(none)'}` : '';
}
