/** `maintenance start`: begins one, or goes on with one whose start was interrupted. */
import { randomUUID } from 'node:crypto';
import { counted } from '../../base/counted.ts';
import { type ExitName, UsageError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Live } from '../../dkron/live.ts';
import { standingOf } from '../../job/status.ts';
import { standingsFor } from '../../oversight/once.ts';
import { runsAlready } from '../../plan/maintenance/keep.ts';
import { planStart, planStarted } from '../../plan/maintenance/plan.ts';
import type { MaintenanceRecord } from '../../plan/maintenance/record.ts';
import type { Held } from '../../plan/maintenance/store.ts';
import { findRest } from '../../plan/unfinished/resume.ts';
import type { ChangeFlags } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { checkedFilter } from '../jobs.ts';
import { liveJobs } from '../live.ts';
import { oversightOf } from '../oversight.ts';
import { filterOf } from '../view.ts';
import { holding, looking, takeStep } from './step.ts';

export interface StartFlags extends ChangeFlags {
  readonly view?: string;
  readonly name?: string;
  readonly why?: string;
}

export const start = (
  reached: Reached,
  dkron: Dkron,
  words: readonly string[],
  flags: StartFlags,
): Promise<ExitName> =>
  holding(reached, async (held) => {
    const filter = filterOf(reached.target, words, flags.view);
    if (held.record === null) return startNew(reached, dkron, held, filter, flags);
    if (filter !== '' || held.record.step !== 'starting') throw runsAlready(held.record);
    return goOn(reached, dkron, held, held.record, flags);
  });

async function startNew(
  reached: Reached,
  dkron: Dkron,
  held: Held,
  filter: string,
  flags: StartFlags,
): Promise<ExitName> {
  if (filter === '') throw withoutFilter;
  const { name = filter, why = '' } = flags;
  const { live, jobs } = await matching(reached, dkron, filter);
  const plan = planStart(jobs, live, { id: randomUUID(), name, why });
  const before = jobs.length - plan.items.length;
  const notes = [
    ...(before === 0 ? [] : [`${counted(before)} disabled already: they stay disabled`]),
    'runs in progress continue',
  ];
  return takeStep(reached, dkron, held, { plan, live, notes }, flags);
}

async function matching(
  reached: Reached,
  dkron: Dkron,
  filter: string,
): Promise<{ readonly live: Live; readonly jobs: Live['jobs'] }> {
  const holds = checkedFilter(filter);
  const [live, standings] = await Promise.all([
    liveJobs(reached, dkron),
    standingsFor(dkron, filter, oversightOf(reached), reached.io.signal),
  ]);
  return { live, jobs: live.jobs.filter((job) => holds(job, standingOf(standings, job.name))) };
}

async function goOn(
  reached: Reached,
  dkron: Dkron,
  held: Held,
  record: MaintenanceRecord,
  flags: ChangeFlags,
): Promise<ExitName> {
  const begun = { operation: record.operation, plan: planStarted(record) };
  const { plan, live } = await findRest(dkron, begun, looking(reached));
  return takeStep(reached, dkron, held, { plan, live }, flags);
}

const withoutFilter = new UsageError('which jobs are to be disabled is not said', {
  data: 'nothing was written',
  next: "give a filter, as 'dkron-tui jobs' takes it; 'maintenance start disabled:false' is about all jobs",
});
