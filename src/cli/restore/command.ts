import { type Command, Option } from 'commander';
import { counted } from '../../base/counted.ts';
import { type ExitName, UsageError } from '../../base/errors.ts';
import { calledOf } from '../../config/target.ts';
import type { Dkron } from '../../dkron/client.ts';
import { planSource } from '../../plan/from-files.ts';
import type { RestorePlan } from '../../plan/model.ts';
import { renamer } from '../../plan/policy/adapt.ts';
import { type PolicyFlags, policyOf } from '../../plan/policy/options.ts';
import type { Policy } from '../../plan/policy/policy.ts';
import { bold, plain } from '../../view/line.ts';
import { change } from '../change.ts';
import { changeOptions } from '../change-options.ts';
import type { Reached } from '../cluster.ts';
import { filesHelp, partlyHelp } from '../file-help.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { withPolicyOptions } from '../policy-options.ts';
import { clusterOptions, type SourceFlags } from '../source.ts';
import { applyPlanFile } from './apply-plan.ts';
import { choose } from './choose.ts';
import { type Origin, withOrigin } from './origin.ts';
import { finish, isResume, type ResumeFlags, resumeOptions } from './resume.ts';
import { showPlan } from './show.ts';

interface Flags extends ResumeFlags, SourceFlags, PolicyFlags {
  /** A plan that was kept, in place of a file of jobs. */
  readonly apply?: string;
  readonly diff?: boolean;
}

export function register(program: Command): void {
  const command = program
    .command('restore')
    .description(
      'write the jobs of a snapshot, or of another cluster, that are new or changed, after showing the plan',
    )
    .argument('[file]', `${filesHelp}; '-' is standard input`)
    .argument('[names...]', 'only these jobs, and the new parents that they need')
    .option('--diff', 'show every difference whole, with the next runs before and after')
    .addOption(
      new Option(
        '--apply <plan>',
        "carry out a plan that '--plan-out' kept; '-' is standard input",
      ).conflicts([
        ...['fromUrl', 'fromContext', 'resume', 'discard'],
        ...['existing', 'disabled', 'keepEnabled', 'renamePrefix', 'replace'],
      ]),
    );
  const changing = clusterOptions(changeOptions(command), 'from', 'restore');
  resumeOptions(withPolicyOptions(changing))
    .addHelpText('after', help)
    .action(async (file: string | undefined, names: string[], flags: Flags) => {
      const invocation = invocationOf(command);
      if (flags.apply !== undefined) {
        if (file !== undefined) throw planAndFile(flags.apply, file);
        return endWith(command, await applyPlanFile(invocation, flags.apply, flags));
      }
      const policy = policyOf(flags);
      const words = file === undefined ? [] : [file, ...names];
      const { fromUrl = [], fromContext = [] } = flags;
      if (isResume(flags)) {
        const more = [...words, fromUrl, fromContext].flat();
        return endWith(command, await finish(invocation, more, flags));
      }
      const exit = await withOrigin(command, invocation, words, flags, (origin, dkron, reached) =>
        restore(reached, dkron, { ...origin, policy }, flags),
      );
      endWith(command, exit);
    });
}

const planAndFile = (plan: string, file: string): UsageError =>
  new UsageError(`--apply ${plan} takes its jobs from the plan, not from ${file}`, {
    data: 'nothing was written',
    next: 'leave the file out; a line of the plan is left out by # before it',
  });

const help = `
With --from-url or --from-context all words are names of jobs: what that cluster has now is compared with
the one of --url or --context, and written there. The first is only read.
Jobs that are not in the snapshot stay as they are. Definitions are written, parents first, and read
back; the server keeps its counters, status and lists of children. A job that changes on the server
between the plan and its write is not written. The journal keeps the definitions that are replaced.
Every operation on several jobs, of any command, is kept until its end: --resume finishes what was
interrupted, under the same operation, so that one undo takes all of it back.

A plan that --plan-out kept is a text: one line a job with what is done first, # leaves it out. --apply
carries it out later: a job that somebody changed meanwhile is refused alone (exit code 4 or 5), with what
it was, is to be and is now. --apply PLAN --plan-out NEW makes a plan of those alone.
${partlyHelp}`;

interface Wanted extends Origin {
  readonly policy: Policy;
}

async function restore(
  invocation: Reached,
  dkron: Dkron,
  { called, source, names, policy, about, from }: Wanted,
  flags: Flags,
): Promise<ExitName> {
  const { signal } = invocation.io;
  const { plan, live } = await planSource(dkron, source, { policy, signal });
  const named = names.map(renamer(source, policy));
  const chosen = choose(plan, called, named);
  const added = names.length === 0 ? [] : [...chosen].filter((name) => !named.includes(name));
  const title = [bold(called), plain(` into ${calledOf(invocation.target, dkron)}: `)];
  return change(
    invocation,
    dkron,
    {
      title: (writing) => `Write ${counted(writing.length)}${from ? ` from ${called}` : ''}`,
      ...(from && { where: 'into' }),
      source: called,
      plan: {
        // What was not asked for is nothing to review.
        ...(names.length > 0 && flags.planOut !== undefined ? onlyOf(plan, chosen) : plan),
        origin: { what: 'restore', source: called },
      },
      live,
      chosen,
      partly: true,
      whole: true,
      about: { ...about, ...(added.length > 0 && { added }) },
      show: (reached, checked, form) =>
        showPlan(reached, checked, { ...form, chosen, title, added, diff: flags.diff === true }),
    },
    flags,
  );
}

const onlyOf = (plan: RestorePlan, names: ReadonlySet<string>): RestorePlan => ({
  ...plan,
  items: plan.items.filter(({ name }) => names.has(name)),
});
