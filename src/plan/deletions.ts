import { andMore } from '../base/counted.ts';
import { atOnce } from '../base/steps.ts';
import type { Live } from '../dkron/live.ts';
import { childrenByParent, families } from '../job/family.ts';
import type { Job } from '../job/job.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

/** A plan that deletes these jobs and does nothing else. */
export const planDeletions = (names: Iterable<string>, { jobs, unreadable }: Live): RestorePlan =>
  withDeletions(
    { items: [], listed: jobs.length, unreadable, origin: { what: 'delete' } },
    names,
    jobs,
  );

/**
 * The plan with the deletion of live jobs at its end, children before their parents. Blocked where
 * Dkron would keep the job: another one still is its child when the rest of the plan is written.
 */
export const withDeletions = (...given: Parameters<typeof deletionSteps>): RestorePlan =>
  atOnce(deletionSteps(...given));

/** The same in steps, a job each. */
export function* deletionSteps(
  plan: RestorePlan,
  names: Iterable<string>,
  live: readonly Job[],
): Generator<void, RestorePlan> {
  const { items } = plan;
  const going = new Set(names);
  const written = items.filter(({ kind }) => kind === 'new' || kind === 'change');
  const wanted = new Map(written.map(({ name, job }) => [name, job]));
  const staying = live.filter(({ name }) => !going.has(name));
  const later = staying.map((job) => wanted.get(job.name) ?? job);
  const childrenOf = Map.groupBy(later, ({ parent_job }) => parent_job);
  const { parentsFirst, unordered } = families(live.filter(({ name }) => going.has(name)));
  const kept = new Set<string>();

  const item = (job: Job): RestoreItem => {
    const { name } = job;
    const obstacle = obstacleOf(job);
    if (obstacle !== null) kept.add(job.parent_job);
    const verdict =
      obstacle === null
        ? ({ kind: 'delete', why: runsLost([name], staying) } as const)
        : ({ kind: 'blocked', why: obstacle } as const);
    return { name, ...verdict, changes: [], job, seen: job, children: [] };
  };

  function obstacleOf(job: Job): string | null {
    const children = childrenOf.get(job.name) ?? [];
    if (children.length > 0) return `it has children: ${listed(children)}`;
    if (unordered.includes(job))
      return 'its parents form a circle: give one of them another parent first';
    return kept.has(job.name) ? 'a job below it stays' : null;
  }

  const gone: RestoreItem[] = [];
  for (const job of [...parentsFirst.toReversed(), ...unordered]) {
    gone.push(item(job));
    yield;
  }
  const onlyHere = items.filter(({ kind }) => kind === 'only-here');
  return {
    ...plan,
    families: childrenByParent(live),
    items: [
      ...items.filter(({ kind }) => kind !== 'only-here'),
      ...gone,
      ...onlyHere.filter(({ name }) => !going.has(name)),
    ],
  };
}

/**
 * Whose runs Dkron erases with those of jobs: it goes by the beginning of the names (store.go
 * deleteExecutionsTxFunc).
 */
export function runsLost(names: readonly string[], others: readonly Job[]): string {
  const own = new Set(names);
  const alike = others.filter(
    ({ name }) => !own.has(name) && names.some((start) => name.startsWith(start)),
  );
  const lost = `${names.length === 1 ? 'its' : 'their'} runs are lost`;
  return alike.length === 0
    ? lost
    : `${lost}, and so are those of ${listed(alike)}, whose names begin the same`;
}

const mentioned = 5;

const listed = (jobs: readonly Job[]): string =>
  andMore(
    jobs.map(({ name }) => name),
    mentioned,
  );
