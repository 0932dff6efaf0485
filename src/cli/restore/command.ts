import { basename } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../../base/counted.ts';
import type { ExitName } from '../../base/errors.ts';
import { nameOf } from '../../config/input.ts';
import type { Dkron } from '../../dkron/client.ts';
import { planFiles } from '../../plan/from-files.ts';
import { readJobFiles } from '../../snapshot/file/read.ts';
import { damageOf } from '../../snapshot/verify/inside.ts';
import { bold, plain } from '../../view/line.ts';
import { snapshotFile } from '../archive.ts';
import { type ChangeFlags, change, changeOptions } from '../change.ts';
import type { Reached } from '../cluster.ts';
import { withCluster } from '../connect.ts';
import { filesHelp, partlyHelp } from '../file-help.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { printNote } from '../output.ts';
import { choose } from './choose.ts';
import { showPlan } from './show.ts';

interface Flags extends ChangeFlags {
  readonly newOnly?: boolean;
}

export function registerRestoreCommand(program: Command): void {
  const command = program
    .command('restore')
    .description('write the jobs of a snapshot that are new or changed, after showing the plan')
    .argument('<file>', `${filesHelp}; '-' is standard input`)
    .argument('[names...]', 'only these jobs, and the new parents that they need')
    .option('--new-only', 'write only jobs that the server does not have');
  changeOptions(command)
    .addHelpText('after', help)
    .action(async (file: string, names: string[], flags: Flags) => {
      const invocation = invocationOf(command);
      // Before the server is asked anything.
      const path = await snapshotFile(invocation, file);
      const read = await readJobFiles([path], invocation.io.stdin);
      const damage = await damageOf(path);
      if (damage !== null && !invocation.json)
        printNote(invocation.io, `${damage}; 'dkron-tui verify ${path}' tells all of it`);
      const exit = await withCluster(invocation, 'change', (dkron, reached) =>
        restore(reached, dkron, { file: path, read, names }, flags),
      );
      endWith(command, exit);
    });
}

const help = `
Jobs that are not in the snapshot stay as they are. Definitions are written, parents first, and read
back; the server keeps its counters, status and lists of children. A job that changes on the server
between the plan and its write is not written. The journal keeps the definitions that are replaced.
${partlyHelp}`;

interface Wanted {
  readonly file: string;
  readonly read: Awaited<ReturnType<typeof readJobFiles>>;
  readonly names: readonly string[];
}

async function restore(
  invocation: Reached,
  dkron: Dkron,
  { file, read, names }: Wanted,
  flags: Flags,
): Promise<ExitName> {
  const { plan, live } = await planFiles(dkron, read, invocation.io.signal);
  const chosen = choose(plan, file, names, flags.newOnly === true);
  const title = [bold(basename(nameOf(file))), plain(` into ${dkron.url}: `)];
  return change(
    invocation,
    dkron,
    {
      title: (writing) => `Write ${counted(writing.length)}`,
      plan,
      live,
      chosen,
      partly: true,
      whole: true,
      about: { file },
      show: ({ io }, checked) => showPlan(io, checked, chosen, title),
    },
    flags,
  );
}
