/** What a plan is filtered by: what becomes of a job, and all that a job is, of both that it is now and that it would become. */

import { filterKeys, jobFilter } from '../../job/filter.ts';
import type { FilterKey, Language } from '../../job/filter-language.ts';
import { idle, jobStatus } from '../../job/status.ts';
import type { CheckedItem, RestoreKind, RestoreResult } from '../../plan/model.ts';
import { type ResultKind, resultKind } from '../../plan/tally.ts';

type Job = Parameters<typeof jobFilter.word>[0];

const kinds: readonly RestoreKind[] = ['new', 'change', 'same', 'blocked', 'delete', 'only-here'];

/** What came of a job, a word for each of the five kinds. */
const results: Readonly<Record<ResultKind, string>> = {
  written: 'written',
  same: 'same',
  skipped: 'skipped',
  failed: 'failed',
  'not known': 'unknown',
};

/** Of a job that is replaced either may be what is searched for. How it stands, only the server knows. */
const jobsOf = ({ job, seen }: CheckedItem): Job[] => {
  const status = jobStatus(seen ?? job, idle);
  return seen === null || seen === job
    ? [{ job, status }]
    : [
        { job: seen, status },
        { job, status },
      ];
};

const ofEither = ({ test, ...key }: FilterKey<Job>): FilterKey<PlanRow> => ({
  ...key,
  test: (value) => {
    const holds = test(value);
    return ({ item }) => jobsOf(item).some(holds);
  },
});

const ofJobs = Object.fromEntries(
  Object.entries<FilterKey<Job>>(filterKeys).map(([name, key]) => [name, ofEither(key)]),
);

/** A job of a plan, and what came of it. */
export interface PlanRow {
  readonly item: CheckedItem;
  readonly result: RestoreResult | undefined;
}

export const planFilter: Language<PlanRow> = {
  keys: {
    plan: {
      help: 'plan:new  new, change, same, blocked, delete, only-here, or left, which others changed since',
      values: [...kinds, 'left'],
      test:
        (value) =>
        ({ item }) =>
          item.kind.startsWith(value) || (item.left !== undefined && 'left'.startsWith(value)),
    },
    result: {
      help: 'result:failed  written, same, skipped, failed or unknown, once it was written',
      values: Object.values(results),
      test:
        (value) =>
        ({ result }) =>
          result !== undefined && results[resultKind(result.outcome)].startsWith(value),
    },
    ...ofJobs,
  },
  word: ({ item }, word) =>
    item.kind.startsWith(word) || jobsOf(item).some((job) => jobFilter.word(job, word)),
};
