import type { Command } from 'commander';
import type { ExitName } from '../base/errors.ts';
import { own } from '../base/own.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Job } from '../job/job.ts';
import { closeBody } from '../json/layout.ts';
import { withoutRest } from '../plan/compare.ts';
import { planFiles } from '../plan/from-files.ts';
import { readJobFiles } from '../snapshot/file/read.ts';
import { type ChangeFlags, change, changeOptions, namesText } from './change.ts';
import type { Reached } from './cluster.ts';
import { withCluster } from './connect.ts';
import { filesHelp, partlyHelp } from './file-help.ts';
import { endWith, invocationOf } from './invocation.ts';

export function registerApplyCommand(program: Command): void {
  const command = program
    .command('apply')
    .description('create or change jobs as files define them; other jobs stay as they are')
    .argument('<files...>', `${filesHelp}; '-' is standard input`);
  changeOptions(command)
    .addHelpText('after', help)
    .action(async (files: string[], flags: ChangeFlags) => {
      const invocation = invocationOf(command);
      // Before the server is asked anything.
      const read = await readJobFiles(files, invocation.io.stdin);
      const exit = await withCluster(invocation, 'change', (dkron, reached) =>
        apply(reached, dkron, read, flags),
      );
      endWith(command, exit);
    });
}

const help = `
A file has the whole definition: a field that it does not have is reset. JSON in a body keeps the
white space it is stored with. ${partlyHelp}`;

async function apply(
  invocation: Reached,
  dkron: Dkron,
  read: Awaited<ReturnType<typeof readJobFiles>>,
  flags: ChangeFlags,
): Promise<ExitName> {
  const { plan, live } = await planFiles(dkron, read, invocation.io.signal, spacedLike);
  const title = (names: readonly string[]): string => `Write ${namesText(names)}`;
  const wish = { title, plan: withoutRest(plan), live, partly: true, whole: true };
  return change(invocation, dkron, wish, flags);
}

/** JSON that differs from what is stored by white space only does not differ. */
function spacedLike(job: Job, stored: Job | undefined): Job {
  const [old, config] = [stored?.executor_config, job.executor_config];
  if (!old || !config) return job;
  const spaced = Object.entries(config).map(([key, text]) => {
    const before = own(old, key);
    return [
      key,
      typeof before === 'string' && /^\s*[{[]/.test(before) ? closeBody(before, text) : text,
    ];
  });
  return { ...job, executor_config: Object.fromEntries(spaced) };
}
