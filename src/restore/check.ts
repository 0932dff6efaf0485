import type { Job } from '../job/job.ts';
import { lintJob } from '../job/lint.ts';
import { parentProblem } from '../job/parent.ts';
import type { Problem } from '../job/problem.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

export interface Checked {
  /** Blocked in it is also what Dkron would refuse or what would break others. */
  readonly plan: RestorePlan;
  /** What Dkron takes though it cannot be meant, by job. */
  readonly warnings: ReadonlyMap<string, readonly Problem[]>;
}

/** Finds what would be wrong with the jobs that a plan writes and is not wrong with them already. */
export function checkPlan(plan: RestorePlan, live: readonly Job[], version: string): Checked {
  const warnings = new Map<string, readonly Problem[]>();
  const later = new Map(live.map((job) => [job.name, job]));
  for (const { name, job } of plan.items) later.set(name, job);

  const check = (item: RestoreItem): RestoreItem => {
    const { name, kind, job, seen } = item;
    if (kind !== 'new' && kind !== 'change') return item;
    const problems = newProblems(seen, job, version);
    warnings.set(
      name,
      problems.filter(({ level }) => level === 'warning'),
    );
    const error = problems.find(({ level }) => level === 'error');
    if (error) return { ...item, kind: 'blocked', why: `${error.path}: ${error.text}` };
    if (job.parent_job === seen?.parent_job) return item;
    const why = parentProblem(name, job.parent_job, later.values());
    return why === undefined ? item : { ...item, kind: 'blocked', why };
  };
  return { plan: { ...plan, items: plan.items.map(check) }, warnings };
}

function newProblems(seen: Job | null, wanted: Job, version: string): Problem[] {
  const known = new Set(seen === null ? [] : lintJob(seen, { version }).map(asText));
  return lintJob(wanted, { version }).filter((problem) => !known.has(asText(problem)));
}

const asText = ({ path, text }: Problem): string => `${path} ${text}`;
