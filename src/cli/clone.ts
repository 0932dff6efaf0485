import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Job } from '../job/job.ts';
import { planEdits } from '../plan/edits.ts';
import { type ChangeFlags, change } from './change.ts';
import { changeOptions } from './change-options.ts';
import type { Reached } from './cluster.ts';
import { endWith, invocationOf } from './invocation.ts';
import { checkFree, jobNamed, liveJobs } from './live.ts';
import { withCluster } from './with-cluster.ts';

interface CloneFlags extends ChangeFlags {
  readonly disabled?: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('clone')
    .description('copy a job to a new name; history and children stay with the old job')
    .argument('<name>', 'name of the job')
    .argument('<new>', 'name of the copy')
    .option('--disabled', 'create it disabled');
  changeOptions(command).action(async (name: string, copy: string, flags: CloneFlags) => {
    const invocation = invocationOf(command);
    endWith(
      command,
      await withCluster(invocation, 'change', (dkron, reached) =>
        clone(reached, dkron, name, copy, flags),
      ),
    );
  });
}

async function clone(
  invocation: Reached,
  dkron: Dkron,
  name: string,
  copy: string,
  flags: CloneFlags,
): Promise<ExitName> {
  const live = await liveJobs(invocation, dkron);
  const job = jobNamed(dkron, live, name);
  checkFree(dkron, live, copy);
  const disabled = flags.disabled ?? job.disabled;
  const plan = planEdits([{ ...job, name: copy, disabled }], live);
  const notes = movedRuns(job);
  return change(invocation, dkron, { title: `Clone ${name} as ${copy}`, plan, live, notes }, flags);
}

/** A `~` is made from the job's name (Dkron job.go scheduleHash). */
export const movedRuns = ({ schedule }: Job): string[] =>
  schedule.includes('~')
    ? ['Dkron computes ~ in the schedule from the name: the copy will run at another time']
    : [];
