import type { Command } from 'commander';
import { counted } from '../../base/counted.ts';
import type { ExitName } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { planSource } from '../../plan/from-files.ts';
import { bold, plain } from '../../view/line.ts';
import { change, changeOptions } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { filesHelp, partlyHelp } from '../file-help.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { calledOf, type SourceFlags, sourceOptions } from '../source.ts';
import { choose } from './choose.ts';
import { type Origin, withOrigin } from './origin.ts';
import { finish, isResume, type ResumeFlags, resumeOptions } from './resume.ts';
import { showPlan } from './show.ts';

interface Flags extends ResumeFlags, SourceFlags {
  readonly newOnly?: boolean;
}

export function registerRestoreCommand(program: Command): void {
  const command = program
    .command('restore')
    .description(
      'write the jobs of a snapshot, or of another cluster, that are new or changed, after showing the plan',
    )
    .argument('[file]', `${filesHelp}; '-' is standard input`)
    .argument('[names...]', 'only these jobs, and the new parents that they need')
    .option('--new-only', 'write only jobs that the server does not have');
  resumeOptions(sourceOptions(changeOptions(command)))
    .addHelpText('after', help)
    .action(async (file: string | undefined, names: string[], flags: Flags) => {
      const invocation = invocationOf(command);
      const words = file === undefined ? [] : [file, ...names];
      if (isResume(flags)) return endWith(command, await finish(invocation, words, flags));
      const exit = await withOrigin(command, invocation, words, flags, (origin, dkron, reached) =>
        restore(reached, dkron, origin, flags),
      );
      endWith(command, exit);
    });
}

const help = `
With --from-url or --from-context all words are names of jobs: what that cluster has now is compared with
the one of --url or --context, and written there. The first is only read.
Jobs that are not in the snapshot stay as they are. Definitions are written, parents first, and read
back; the server keeps its counters, status and lists of children. A job that changes on the server
between the plan and its write is not written. The journal keeps the definitions that are replaced.
Every operation on several jobs, of any command, is kept until its end: --resume finishes what was
interrupted, under the same operation, so that one undo takes all of it back.
${partlyHelp}`;

async function restore(
  invocation: Reached,
  dkron: Dkron,
  { called, source, names, about, from }: Origin,
  flags: Flags,
): Promise<ExitName> {
  const { plan, live } = await planSource(dkron, source, invocation.io.signal);
  const chosen = choose(plan, called, names, flags.newOnly === true);
  const title = [bold(called), plain(` into ${calledOf(invocation.target, dkron)}: `)];
  return change(
    invocation,
    dkron,
    {
      title: (writing) => `Write ${counted(writing.length)}${from ? ` from ${called}` : ''}`,
      ...(from && { where: 'into' }),
      plan,
      live,
      chosen,
      partly: true,
      whole: true,
      about,
      show: ({ io }, checked) => showPlan(io, checked, chosen, title),
    },
    flags,
  );
}
