import { type Command, Option } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { jobFrom, type Template, templates } from '../job/templates.ts';
import { planEdits } from '../plan/edits.ts';
import { type ChangeFlags, change, changeOptions } from './change.ts';
import { withDkron } from './connect.ts';
import { checkFree, liveJobs } from './live.ts';
import { endWith, type Session, sessionOf } from './session.ts';
import { readSettings, type SettingFlags, settingOptions } from './settings.ts';

interface CreateFlags extends SettingFlags, ChangeFlags {
  readonly template: Template;
}

export function registerCreateCommand(program: Command): void {
  const command = program
    .command('create')
    .description('create a job from a template; it runs by hand only until it has a schedule')
    .argument('<name>', 'name of the job')
    .addOption(
      new Option('--template <kind>', 'what it does').choices(templates).makeOptionMandatory(),
    );
  changeOptions(settingOptions(command)).action(async (name: string, flags: CreateFlags) => {
    const session = sessionOf(command);
    endWith(command, await withDkron(session, (dkron) => create(session, dkron, name, flags)));
  });
}

async function create(
  session: Session,
  dkron: Dkron,
  name: string,
  flags: CreateFlags,
): Promise<ExitName> {
  const { io } = session;
  const settings = await readSettings(io, flags);
  const live = await liveJobs(session, dkron);
  checkFree(dkron, live, name);
  const job = settings(jobFrom(flags.template, name));
  const plan = planEdits([job], live);
  return change(session, dkron, { title: `Create ${name}`, plan, live }, flags);
}
