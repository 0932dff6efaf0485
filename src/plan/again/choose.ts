/** Which jobs are to run again, and what is left of a list that was begun. */
import { jobFilter } from '../../job/filter.ts';
import { looksInto } from '../../job/filter-language.ts';
import type { Job } from '../../job/job.ts';
import type { JobStatus } from '../../job/status.ts';
import { type AgainAround, type AgainItem, planAgain } from './plan.ts';
import type { Begun } from './record.ts';

const toRun: ReadonlySet<JobStatus> = new Set([
  'failed',
  'partially_failed',
  'late',
  'nowhere',
  'missed',
]);

/** What failed or was missed; where a filter looks into the status, it says which. */
export const isToRun = (filter: string): ((status: JobStatus) => boolean) =>
  looksInto(filter, 'status', jobFilter) ? () => true : (status) => toRun.has(status);

/** What was begun as it was, and the rest planned anew: it may be disabled or gone by now. */
export function restOf(
  { items, asked, ended }: Pick<Begun, 'items' | 'asked' | 'ended'>,
  jobs: { readonly get: (name: string) => Job | undefined },
  around: Omit<AgainAround, 'jobs'>,
): AgainItem[] {
  const isBegun = ({ name, how, after }: AgainItem): boolean =>
    ended.has(name) || asked.has(name) || (how === 'with' && asked.has(after));
  const begun = items.filter(isBegun);
  const rest = items.filter((item) => !isBegun(item));
  const known = new Set(begun.map(({ name }) => name));
  const afterOf = new Map(rest.map(({ name, after }) => [name, known.has(after) ? after : '']));
  const planned = planAgain(
    rest.flatMap(({ name }) => jobs.get(name) ?? []),
    { ...around, jobs },
  ).map((item): AgainItem => {
    const after = item.how === 'ask' ? item.after || (afterOf.get(item.name) ?? '') : item.after;
    return { ...item, after };
  });
  const gone = rest
    .filter(({ name }) => jobs.get(name) === undefined)
    .map(
      ({ name }): AgainItem => ({ name, how: 'held', after: '', why: 'it is not there any more' }),
    );
  return [...begun, ...planned, ...gone];
}

/** How many requests there are still to send. */
export const toAsk = (
  items: readonly AgainItem[],
  begun: Pick<Begun, 'asked' | 'ended'> = { asked: new Map(), ended: new Map() },
): number =>
  items.filter(({ name, how }) => how === 'ask' && !begun.asked.has(name) && !begun.ended.has(name))
    .length;
