import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { planDisabled } from '../plan/edits.ts';
import { type ChangeFlags, change, changeOptions, jobsText } from './change.ts';
import { withDkron } from './connect.ts';
import { jobsNamed, liveJobs } from './live.ts';
import { endWith, type Session, sessionOf } from './session.ts';

/** `enable` and `disable` say what shall be; Dkron's own toggle only turns over what is. */
export function registerEnableCommands(program: Command): void {
  register(program, 'enable', 'let jobs run by their schedules again');
  register(program, 'disable', 'keep jobs from running; what runs already goes on');
}

function register(program: Command, verb: 'enable' | 'disable', description: string): void {
  const command = program
    .command(verb)
    .description(description)
    .argument('<names...>', 'names of the jobs');
  changeOptions(command).action(async (names: string[], flags: ChangeFlags) => {
    const session = sessionOf(command);
    const exit = await withDkron(session, (dkron) =>
      setDisabled(session, dkron, names, verb === 'disable', flags),
    );
    endWith(command, exit);
  });
}

async function setDisabled(
  session: Session,
  dkron: Dkron,
  names: readonly string[],
  disabled: boolean,
  flags: ChangeFlags,
): Promise<ExitName> {
  const live = await liveJobs(session, dkron);
  const jobs = jobsNamed(dkron, live, names);
  const title = `${disabled ? 'Disable' : 'Enable'} ${jobsText(jobs)}`;
  const plan = planDisabled(jobs, disabled, live);
  return change(session, dkron, { title, plan, live }, flags);
}
