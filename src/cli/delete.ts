import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { planDeletions } from '../plan/deletions.ts';
import { type ChangeFlags, change, jobsText } from './change.ts';
import { changeOptions } from './change-options.ts';
import type { Reached } from './cluster.ts';
import { endWith, invocationOf } from './invocation.ts';
import { jobsNamed, liveJobs } from './live.ts';
import { withCluster } from './with-cluster.ts';

export function register(program: Command): void {
  const command = program
    .command('delete')
    .description('delete jobs with their history; undo restores the definitions')
    .argument('<names...>', 'names of the jobs; a job with children can be deleted only with them');
  changeOptions(command).action(async (names: string[], flags: ChangeFlags) => {
    const invocation = invocationOf(command);
    const exit = await withCluster(invocation, 'change', (dkron, reached) =>
      remove(reached, dkron, names, flags),
    );
    endWith(command, exit);
  });
}

async function remove(
  invocation: Reached,
  dkron: Dkron,
  names: readonly string[],
  flags: ChangeFlags,
): Promise<ExitName> {
  const live = await liveJobs(invocation, dkron);
  const jobs = jobsNamed(dkron, live, names);
  const plan = planDeletions(names, live);
  const notes = ['the definitions stay in the journal of this machine: undo writes them again'];
  return change(invocation, dkron, { title: `Delete ${jobsText(jobs)}`, plan, live, notes }, flags);
}
