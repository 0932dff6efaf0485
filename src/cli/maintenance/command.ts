import type { Command } from 'commander';
import type { Dkron } from '../../dkron/client.ts';
import { openMaintenance } from '../../plan/maintenance/store.ts';
import { plain } from '../../view/line.ts';
import { aboutOf } from '../change.ts';
import { keptChangeOptions } from '../change-options.ts';
import { type Reached, reach, type Use } from '../cluster.ts';
import { withDkron } from '../connect.ts';
import { endWith, invocationOf } from '../invocation.ts';
import { filterHelp, filterWords } from '../jobs.ts';
import { printJson, printLines } from '../output.ts';
import { viewOption } from '../view.ts';
import { type EndFlags, end } from './end.ts';
import { exportTo } from './export.ts';
import { type StartFlags, start } from './start.ts';
import { status } from './status.ts';

/** `maintenance`: jobs are disabled for a while, and those that nobody touched meanwhile are enabled again. */
export function register(program: Command): void {
  const maintenance = program
    .command('maintenance')
    .description(
      'disable jobs for a while, and enable again exactly those; without another word it is shown',
    )
    .addHelpText('after', help);
  maintenance
    .command('status', { isDefault: true })
    .description('show the maintenance that goes on, and how each of its jobs stands')
    .action((_: object, command: Command) => there(command, 'show', status));
  keptChangeOptions(
    maintenance
      .command('start')
      .description('disable the jobs that are enabled, and remember them')
      .argument('[filter...]', filterWords)
      .option(...viewOption)
      .option('--name <name>', 'what it is called; the filter unless told')
      .option('--why <text>', 'why, for who finds it'),
  )
    .addHelpText('after', startHelp)
    .action(async (words: string[], flags: StartFlags, command: Command) =>
      endWith(
        command,
        await there(command, 'memory', (reached, dkron) => start(reached, dkron, words, flags)),
      ),
    );
  keptChangeOptions(
    maintenance
      .command('end')
      .description('enable the jobs again that nobody has touched since; the others are named')
      .option('--from <file>', "one that was started on another machine, by its 'export'"),
  ).action(async (flags: EndFlags, command: Command) =>
    endWith(
      command,
      await there(command, 'memory', (reached, dkron) => end(reached, dkron, flags)),
    ),
  );
  maintenance
    .command('export')
    .description('write the maintenance to a file, by which another machine can end it')
    .argument('<file>', "a new file; '-' is stdout")
    .action((place: string, _: object, command: Command) =>
      there(command, 'show', (reached, dkron) => exportTo(place, reached, dkron)),
    );
  maintenance
    .command('forget')
    .description('leave all jobs as they are, and remember no more which were enabled')
    .action((_: object, command: Command) => there(command, 'memory', forget));
}

/** On the cluster that answers. */
const there = <T>(
  command: Command,
  use: Use,
  work: (reached: Reached, dkron: Dkron) => Promise<T>,
): Promise<T> => {
  const invocation = invocationOf(command);
  return withDkron(invocation, async (dkron) => work(await reach(invocation, dkron, use), dkron));
};

const help = `
There is one maintenance of a cluster at a time; open consoles say that it goes on. Which jobs were enabled is
kept on this machine before the first is disabled; 'maintenance export' writes it to a file, which holds the
jobs as they were, and 'maintenance end --from FILE' ends it on another machine. What was interrupted is gone on with by the same word again: 'maintenance start' without
a filter, or 'maintenance end', which also ends one that has started half way. A job that was disabled before
stays disabled. One that somebody else has changed, enabled, renamed or deleted meanwhile is left as it is,
and named with what differs: then the end has exit code 4 where it does not run as it did before.
--json of the status: { server, cluster, maintenance: null | { id, name, why, at, step, jobs: [{ name, state,
text }] } }; state is disabled, enabled, changed, gone or unreadable.`;

const startHelp = (): string => `
All jobs: 'maintenance start disabled:false'.
${filterHelp()}`;

async function forget(reached: Reached, dkron: Dkron): Promise<void> {
  const { io, json, here } = reached;
  await openMaintenance(here.places.maintenance).forget();
  if (json) printJson(io, { ...aboutOf(reached, dkron), maintenance: null });
  else printLines(io, [[plain('forgotten; all jobs stay as they are')]]);
}
