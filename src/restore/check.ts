import { type Finding, findingText } from '../job/finding.ts';
import type { Job } from '../job/job.ts';
import { type Around, newFindings } from '../job/lint.ts';
import { parentsOf } from '../job/parent.ts';
import type { RestoreItem, RestorePlan } from './model.ts';

export interface Checked {
  /** Blocked in it is also what Dkron would refuse or what would break others. */
  readonly plan: RestorePlan;
  /** What is wrong with the jobs that it writes and is not with them already, by job. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

/** Finds what would be wrong with the jobs that a plan writes and is not wrong with them already. */
export function checkPlan(
  plan: RestorePlan,
  live: readonly Job[],
  around: Omit<Around, 'parents'>,
): Checked {
  const findings = new Map<string, readonly Finding[]>();
  const later = new Map(live.map((job) => [job.name, job]));
  for (const { name, job } of plan.items) later.set(name, job);
  const parents = parentsOf(later.values());

  const check = (item: RestoreItem): RestoreItem => {
    const { name, kind, job, seen } = item;
    if (kind !== 'new' && kind !== 'change') return item;
    const found = newFindings(job, seen, { ...around, parents });
    findings.set(name, found);
    const error = found.find(({ level }) => level === 'error');
    return error ? { ...item, kind: 'blocked', why: findingText(error) } : item;
  };
  return { plan: { ...plan, items: plan.items.map(check) }, findings };
}
