import type { Command } from 'commander';
import { counted } from '../../base/counted.ts';
import type { ExitName } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { planSource } from '../../plan/from-files.ts';
import { renamer } from '../../plan/policy/adapt.ts';
import { type PolicyFlags, policyOf } from '../../plan/policy/options.ts';
import type { Policy } from '../../plan/policy/policy.ts';
import { bold, plain } from '../../view/line.ts';
import { type ChangeFlags, change, changeOptions } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { filesHelp, partlyHelp } from '../file-help.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { withPolicyOptions } from '../policy-options.ts';
import { calledOf, type SourceFlags, sourceOptions } from '../source.ts';
import { choose } from './choose.ts';
import { type Origin, withOrigin } from './origin.ts';
import { finish, isResume, type ResumeFlags, resumeOptions } from './resume.ts';
import { showPlan } from './show.ts';

interface Flags extends ResumeFlags, SourceFlags, PolicyFlags {}

export function registerRestoreCommand(program: Command): void {
  const command = program
    .command('restore')
    .description(
      'write the jobs of a snapshot, or of another cluster, that are new or changed, after showing the plan',
    )
    .argument('[file]', `${filesHelp}; '-' is standard input`)
    .argument('[names...]', 'only these jobs, and the new parents that they need');
  resumeOptions(withPolicyOptions(sourceOptions(changeOptions(command))))
    .addHelpText('after', help)
    .action(async (file: string | undefined, names: string[], flags: Flags) => {
      const invocation = invocationOf(command);
      const policy = policyOf(flags);
      const words = file === undefined ? [] : [file, ...names];
      if (isResume(flags)) return endWith(command, await finish(invocation, words, flags));
      const exit = await withOrigin(command, invocation, words, flags, (origin, dkron, reached) =>
        restore(reached, dkron, { ...origin, policy }, flags),
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

interface Wanted extends Origin {
  readonly policy: Policy;
}

async function restore(
  invocation: Reached,
  dkron: Dkron,
  { called, source, names, policy, about, from }: Wanted,
  flags: ChangeFlags,
): Promise<ExitName> {
  const { signal } = invocation.io;
  const { plan, live } = await planSource(dkron, source, { policy, signal });
  const named = names.map(renamer(source, policy));
  const chosen = choose(plan, called, named);
  const title = [bold(called), plain(` into ${calledOf(invocation.target, dkron)}: `)];
  return change(
    invocation,
    dkron,
    {
      title: (writing) => `Write ${counted(writing.length)}${from ? ` from ${called}` : ''}`,
      ...(from && { where: 'into' }),
      plan: { ...plan, origin: { what: 'restore', source: called } },
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
