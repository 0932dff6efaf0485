import type { Command } from 'commander';
import { type ExitName, UsageError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { planEdits } from '../plan/edits.ts';
import { type AssignmentFlags, assignmentOptions, readAssignments } from './assignments.ts';
import { type ChangeFlags, change, jobsText } from './change.ts';
import { changeOptions } from './change-options.ts';
import type { Reached } from './cluster.ts';
import { endWith, invocationOf } from './invocation.ts';
import { jobsNamed, liveJobs } from './live.ts';
import { withCluster } from './with-cluster.ts';

type EditFlags = AssignmentFlags & ChangeFlags;

export function register(program: Command): void {
  const command = program
    .command('edit')
    .description('change fields of jobs, or parts of their bodies')
    .argument('<names...>', 'names of the jobs');
  changeOptions(assignmentOptions(command)).action(async (names: string[], flags: EditFlags) => {
    const invocation = invocationOf(command);
    const exit = await withCluster(invocation, 'change', (dkron, reached) =>
      edit(reached, dkron, names, flags),
    );
    endWith(command, exit);
  });
}

async function edit(
  invocation: Reached,
  dkron: Dkron,
  names: readonly string[],
  flags: EditFlags,
): Promise<ExitName> {
  if (flags.set.length + flags.unset.length === 0 && flags.body === undefined)
    throw new UsageError('no change was given', {
      next: "for example --set retries=3; see 'dkron-tui edit --help'",
    });
  const { io } = invocation;
  const settings = await readAssignments(io, flags);
  const live = await liveJobs(invocation, dkron);
  const wanted = jobsNamed(dkron, live, names).map((job) => settings(job));
  const plan = planEdits(wanted, live);
  return change(invocation, dkron, { title: `Change ${jobsText(wanted)}`, plan, live }, flags);
}
