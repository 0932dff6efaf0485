import type { Command } from 'commander';
import { type ExitName, UsageError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { planEdits } from '../plan/edits.ts';
import { type ChangeFlags, change, changeOptions, jobsText } from './change.ts';
import { withDkron } from './connect.ts';
import { jobsNamed, liveJobs } from './live.ts';
import { endWith, type Session, sessionOf } from './session.ts';
import { readSettings, type SettingFlags, settingOptions } from './settings.ts';

type EditFlags = SettingFlags & ChangeFlags;

export function registerEditCommand(program: Command): void {
  const command = program
    .command('edit')
    .description('change fields of jobs, or parts of their bodies, and nothing else')
    .argument('<names...>', 'names of the jobs');
  changeOptions(settingOptions(command)).action(async (names: string[], flags: EditFlags) => {
    const session = sessionOf(command);
    const exit = await withDkron(session, (dkron) => edit(session, dkron, names, flags));
    endWith(command, exit);
  });
}

async function edit(
  session: Session,
  dkron: Dkron,
  names: readonly string[],
  flags: EditFlags,
): Promise<ExitName> {
  if (flags.set.length + flags.unset.length === 0 && flags.body === undefined)
    throw new UsageError('nothing was said to change', {
      next: "as in --set retries=3; see 'dkron-tui edit --help'",
    });
  const { io } = session;
  const settings = await readSettings(io, flags);
  const live = await liveJobs(session, dkron);
  const wanted = jobsNamed(dkron, live, names).map((job) => settings(job));
  const plan = planEdits(wanted, live);
  return change(session, dkron, { title: `Change ${jobsText(wanted)}`, plan, live }, flags);
}
