import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { planDisabled } from '../plan/edits.ts';
import { type ChangeFlags, change, jobsText } from './change.ts';
import { changeOptions } from './change-options.ts';
import type { Reached } from './cluster.ts';
import { endWith, invocationOf } from './invocation.ts';
import { jobsNamed, liveJobs } from './live.ts';
import { withCluster } from './with-cluster.ts';

/** `enable` and `disable` say what shall be; Dkron's own toggle only turns over what is. */
export function register(program: Command): void {
  add(program, 'enable', 'enable jobs: their schedules start them again');
  add(program, 'disable', 'disable jobs: they do not run any more; runs in progress continue');
}

function add(program: Command, verb: 'enable' | 'disable', description: string): void {
  const command = program
    .command(verb)
    .description(description)
    .argument('<names...>', 'names of the jobs');
  changeOptions(command).action(async (names: string[], flags: ChangeFlags) => {
    const invocation = invocationOf(command);
    const exit = await withCluster(invocation, 'change', (dkron, reached) =>
      setDisabled(reached, dkron, names, verb === 'disable', flags),
    );
    endWith(command, exit);
  });
}

async function setDisabled(
  invocation: Reached,
  dkron: Dkron,
  names: readonly string[],
  disabled: boolean,
  flags: ChangeFlags,
): Promise<ExitName> {
  const live = await liveJobs(invocation, dkron);
  const jobs = jobsNamed(dkron, live, names);
  const title = `${disabled ? 'Disable' : 'Enable'} ${jobsText(jobs)}`;
  const plan = planDisabled(jobs, disabled, live);
  return change(invocation, dkron, { title, plan, live }, flags);
}
