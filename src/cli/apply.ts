import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { withoutRest } from '../plan/compare.ts';
import { planFiles } from '../plan/from-files.ts';
import { originOf } from '../plan/origin.ts';
import { type PolicyFlags, policyOf } from '../plan/policy/options.ts';
import type { Policy } from '../plan/policy/policy.ts';
import { readJobFiles } from '../snapshot/file/read.ts';
import { type ChangeFlags, change, namesText } from './change.ts';
import { changeOptions } from './change-options.ts';
import type { Reached } from './cluster.ts';
import { filesHelp, partlyHelp } from './file-help.ts';
import { endWith, invocationOf } from './invocation.ts';
import { withPolicyOptions } from './policy-options.ts';
import { withCluster } from './with-cluster.ts';

export function register(program: Command): void {
  const command = program
    .command('apply')
    .description('create or change jobs as files define them; other jobs stay as they are')
    .argument('<files...>', `${filesHelp}; '-' is standard input`);
  withPolicyOptions(changeOptions(command))
    .addHelpText('after', help)
    .action(async (files: string[], flags: ChangeFlags & PolicyFlags) => {
      const invocation = invocationOf(command);
      const policy = policyOf(flags);
      // Before the server is asked anything.
      const read = await readJobFiles(files, invocation.io.stdin);
      const exit = await withCluster(invocation, 'change', (dkron, reached) =>
        apply(reached, dkron, { files, read, policy }, flags),
      );
      endWith(command, exit);
    });
}

const help = `
A file has the whole definition: a field that it does not have is reset. JSON in a body keeps the
white space it is stored with. ${partlyHelp}`;

interface Wanted {
  readonly files: readonly string[];
  readonly read: Awaited<ReturnType<typeof readJobFiles>>;
  readonly policy: Policy;
}

async function apply(
  invocation: Reached,
  dkron: Dkron,
  { files, read, policy }: Wanted,
  flags: ChangeFlags,
): Promise<ExitName> {
  const { plan, live } = await planFiles(dkron, read, {
    policy,
    spaced: true,
    signal: invocation.io.signal,
  });
  const title = (names: readonly string[]): string => `Write ${namesText(names)}`;
  const origin = originOf('apply', files);
  const wish = { title, plan: { ...withoutRest(plan), origin }, live, partly: true, whole: true };
  return change(invocation, dkron, wish, flags);
}
