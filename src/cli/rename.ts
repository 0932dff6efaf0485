import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { planRename } from '../plan/rename.ts';
import { type ChangeFlags, change } from './change.ts';
import { changeOptions } from './change-options.ts';
import { movedRuns } from './clone.ts';
import type { Reached } from './cluster.ts';
import { endWith, invocationOf } from './invocation.ts';
import { checkFree, jobNamed, liveJobs } from './live.ts';
import { withCluster } from './with-cluster.ts';

interface RenameFlags extends ChangeFlags {
  readonly deleteOld?: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('rename')
    .description('copy a job to a new name, move its children there, and disable the old job')
    .argument('<name>', 'name of the job')
    .argument('<new>', 'its new name')
    .option('--delete-old', 'delete the old job instead, and its history with it');
  changeOptions(command)
    .addHelpText(
      'after',
      '\nDkron cannot rename a job. The runs stay with the old job, and are lost when it is deleted.',
    )
    .action(async (name: string, to: string, flags: RenameFlags) => {
      const invocation = invocationOf(command);
      const exit = await withCluster(invocation, 'change', (dkron, reached) =>
        rename(reached, dkron, name, to, flags),
      );
      endWith(command, exit);
    });
}

async function rename(
  invocation: Reached,
  dkron: Dkron,
  name: string,
  to: string,
  flags: RenameFlags,
): Promise<ExitName> {
  const live = await liveJobs(invocation, dkron);
  const job = jobNamed(dkron, live, name);
  checkFree(dkron, live, to);
  const { deleteOld = false } = flags;
  const history = deleteOld
    ? `the history of ${name} is lost: Dkron keeps it under the name`
    : `the history stays with ${name}, which is kept disabled`;
  const wish = {
    title: `Rename ${name} to ${to}`,
    plan: planRename(job, to, live, { deleteOld }),
    live,
    notes: [history, ...movedRuns(job)],
  };
  return change(invocation, dkron, wish, flags);
}
