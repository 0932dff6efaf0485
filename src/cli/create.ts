import { type Command, Option } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { jobFrom, type Template, templates } from '../job/templates.ts';
import { planEdits } from '../plan/edits.ts';
import { type AssignmentFlags, assignmentOptions, readAssignments } from './assignments.ts';
import { type ChangeFlags, change } from './change.ts';
import { changeOptions } from './change-options.ts';
import type { Reached } from './cluster.ts';
import { endWith, invocationOf } from './invocation.ts';
import { checkFree, liveJobs } from './live.ts';
import { withCluster } from './with-cluster.ts';

interface CreateFlags extends AssignmentFlags, ChangeFlags {
  readonly template: Template;
}

export function register(program: Command): void {
  const command = program
    .command('create')
    .description('create a job from a template; without a schedule it runs only by hand')
    .argument('<name>', 'name of the job')
    .addOption(
      new Option('--template <kind>', 'what it does').choices(templates).makeOptionMandatory(),
    );
  changeOptions(assignmentOptions(command)).action(async (name: string, flags: CreateFlags) => {
    const invocation = invocationOf(command);
    endWith(
      command,
      await withCluster(invocation, 'change', (dkron, reached) =>
        create(reached, dkron, name, flags),
      ),
    );
  });
}

async function create(
  invocation: Reached,
  dkron: Dkron,
  name: string,
  flags: CreateFlags,
): Promise<ExitName> {
  const { io } = invocation;
  const settings = await readAssignments(io, flags);
  const live = await liveJobs(invocation, dkron);
  checkFree(dkron, live, name);
  const job = settings(jobFrom(flags.template, name));
  const plan = planEdits([job], live);
  return change(invocation, dkron, { title: `Create ${name}`, plan, live }, flags);
}
