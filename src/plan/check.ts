/** The checks of every job that a plan would write; no plan is shown without them. */

import { atOnce } from '../base/steps.ts';
import type { Job } from '../job/job.ts';
import { error, type Finding, findingText } from '../job/lint/finding.ts';
import { type Around, checkJob, newFindings } from '../job/lint/lint.ts';
import { parentsOf } from '../job/parent.ts';
import { consequencesOf, type Written } from './consequences.ts';
import type { CheckedItem, CheckedPlan, RestoreItem, RestorePlan } from './model.ts';
import { besideOriginal } from './policy/beside.ts';

export interface CheckOptions extends Omit<Around, 'parents' | 'jobs'>, Written {
  /**
   * Tells also what is wrong with a job already; else only of a job that is new or begins to run. A
   * snapshot is judged as a whole, an edit by what it brings.
   */
  readonly all?: boolean;
}

/**
 * Blocks what Dkron would refuse and what would break others, and says what Dkron takes though it
 * cannot be meant. What is wrong with a job already blocks no other change of it.
 */
export const checkPlan = (...given: Parameters<typeof checkSteps>): CheckedPlan =>
  atOnce(checkSteps(...given));

/** The same in steps, a job each. */
export function* checkSteps(
  plan: RestorePlan,
  live: readonly Job[],
  { all = false, ...rest }: CheckOptions,
): Generator<void, CheckedPlan> {
  const later = new Map(live.map((job) => [job.name, job]));
  for (const { name, job } of plan.items) later.set(name, job);
  const hidden = (plan.unreadable ?? []).map(({ name }) => ({ name, parent_job: '' }));
  const parents = parentsOf([...hidden, ...later.values()]);
  const around: Around = { ...rest, parents, jobs: later };
  const lost = new Set<string>();

  const check = (item: RestoreItem): CheckedItem => {
    const { kind, job, seen } = item;
    if (kind !== 'new' && kind !== 'change' && kind !== 'blocked') return { ...item, findings: [] };
    if (item.places !== undefined || item.moved !== undefined) {
      // It has no job to check, or nobody has decided about what is there now.
      if (seen === null) lost.add(item.name);
      return { ...item, findings: [] };
    }
    const found = [...brokenIn(item), ...checkJob(job, around)];
    const known = seen === null || found.length === 0 ? [] : checkJob(seen, around);
    const news = newFindings(found, known.filter(isLasting));
    const why = obstacleOf(item, news) ?? (kind === 'blocked' ? item.why : undefined);
    const findings = all || begins(item) ? found : news;
    const beside = plan.policy ? besideOriginal(job, plan.policy, later) : [];
    if (why === undefined)
      return { ...item, findings: [...findings, ...beside, ...consequencesOf(item, rest)] };
    if (seen === null) lost.add(item.name);
    return { ...item, kind: 'blocked', why, findings };
  };

  /** Parents stand before their children. */
  function obstacleOf({ job }: RestoreItem, news: readonly Finding[]): string | undefined {
    const error = news.find(({ level }) => level === 'error');
    if (error !== undefined)
      return all && error.rule === 'parent-missing'
        ? `${findingText(error)}; ${whereToLook(job.parent_job)}`
        : findingText(error);
    return lost.has(job.parent_job) ? `parent ${job.parent_job} is blocked` : undefined;
  }

  const items: CheckedItem[] = [];
  for (const item of plan.items) {
    items.push(check(item));
    yield;
  }
  return { ...plan, items };
}

/** Dkron would take it, and call an address with what its service cannot read. */
const brokenIn = ({ replaced = [] }: RestoreItem): Finding[] =>
  replaced
    .filter(({ broke }) => broke)
    .map(({ path }) => error('setting-json', path, 'was JSON, and is none after --replace'));

/** A source that has a job without its parent may be one of several. */
const whereToLook = (name: string): string =>
  `'dkron-tui log ${name}' tells which snapshots have it`;

/** Each write begins an interval anew, also one that changes something else. */
const isLasting = ({ rule }: Finding): boolean => rule !== 'phase';

/** What was wrong with a job that did not run matters when it does. */
const begins = ({ job, seen }: RestoreItem): boolean => seen?.disabled === true && !job.disabled;
