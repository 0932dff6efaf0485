/** What became of many jobs, in five kinds whose numbers add up to all of them. */
import { counted } from '../base/counted.ts';
import { type Span, type Tone, toned } from '../view/line.ts';
import type { RestoreOutcome, RestoreResult } from './model.ts';
import { isDone } from './outcome.ts';

/** As people read them; what was `refused` and what somebody else `changed` are both failed. */
const kinds = {
  written: 'written',
  same: 'same',
  skipped: 'skipped',
  refused: 'failed',
  changed: 'failed',
  unknown: 'not known',
} as const satisfies Record<RestoreOutcome, string>;

export type ResultKind = (typeof kinds)[RestoreOutcome];

export const resultKind = (outcome: RestoreOutcome): ResultKind => kinds[outcome];

/** How many jobs came to what, as programs read it. */
export interface Counts {
  /** All of them: the sum of the others. */
  readonly jobs: number;
  readonly written: number;
  readonly same: number;
  readonly skipped: number;
  readonly failed: number;
  /** Sent, and not seen on the server. */
  readonly unknown: number;
}

export function countsOf(results: readonly RestoreResult[]): Counts {
  const of = (kind: ResultKind): number =>
    results.filter(({ outcome }) => kinds[outcome] === kind).length;
  return {
    jobs: results.length,
    written: of('written'),
    same: of('same'),
    skipped: of('skipped'),
    failed: of('failed'),
    unknown: of('not known'),
  };
}

/** The same in words: `3 jobs written and verified`, `2 jobs not known`; what there is none of is left out. */
export function tally(results: readonly RestoreResult[]): readonly Span[] {
  const groups = Map.groupBy(results.filter(isDone), ({ message }) => message);
  const { unknown, failed, skipped } = countsOf(results);
  // A run that failed was done.
  const isOfRuns = results.every(({ action }) => action === 'run');
  return [
    ...[...groups].map(([message, group]) => toned(`${counted(group.length)} ${message}`, 'ok')),
    ...kindSpans(unknown, 'not known'),
    ...kindSpans(failed, 'failed', isOfRuns ? 'not run' : 'failed'),
    ...kindSpans(skipped, 'skipped'),
  ];
}

const kindSpans = (count: number, kind: ResultKind, words: string = kind): Span[] =>
  count === 0 ? [] : [toned(`${counted(count)} ${words}`, kindTone[kind])];

export const kindTone: Readonly<Record<ResultKind, Tone>> = {
  written: 'ok',
  same: 'ok',
  skipped: 'attention',
  failed: 'bad',
  'not known': 'attention',
};
