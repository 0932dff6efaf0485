import type { Command } from 'commander';
import { atLeast } from '../base/dkron-version.ts';
import { type ExitName, Unsupported } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { countersText } from '../job/runs.ts';
import { clearAll, clearsSince } from '../plan/clear.ts';
import { runsLost } from '../plan/deletions.ts';
import { bold, plain, toned } from '../view/line.ts';
import { jobsText, report } from './change.ts';
import type { Reached } from './cluster.ts';
import { confirm } from './confirm.ts';
import { endWith, invocationOf } from './invocation.ts';
import { jobsNamed, liveJobs } from './live.ts';
import { printLines } from './output.ts';
import { waiting } from './results.ts';
import { doorTo, withCluster } from './with-cluster.ts';

export function register(program: Command): void {
  program
    .command('clear')
    .description('erase the executions and counters of jobs (Dkron 4.1.0 or newer); no undo')
    .argument('<names...>', 'names of the jobs')
    .option('--yes', 'do not ask for confirmation')
    .action(async (names: string[], { yes = false }: { yes?: boolean }, command: Command) => {
      const invocation = invocationOf(command);
      endWith(
        command,
        await withCluster(invocation, 'change', (dkron, reached) =>
          clear(reached, dkron, names, yes),
        ),
      );
    });
}

async function clear(
  invocation: Reached,
  dkron: Dkron,
  names: readonly string[],
  yes: boolean,
): Promise<ExitName> {
  const { io, json } = invocation;
  const { version } = (await dkron.server({ signal: io.signal })).value;
  if (!atLeast(version, clearsSince))
    throw new Unsupported(`${dkron.url} runs Dkron ${version}, which cannot erase executions`, {
      data: 'nothing was erased',
      next: `It needs Dkron ${clearsSince} or newer.`,
    });
  const live = await liveJobs(invocation, dkron);
  const jobs = jobsNamed(dkron, live, names);
  const cleared = jobs.map(({ name }) => name);
  const others = live.jobs.filter(({ name }) => !cleared.includes(name));
  if (!json)
    printLines(
      io,
      jobs.map((job) => [
        bold(job.name),
        plain(`  ${countersText(job)}; `),
        toned(runsLost([job.name], others), 'bad'),
      ]),
    );
  const question = `Erase the executions of ${jobsText(jobs)} on ${dkron.url}? There is no undo.`;
  const word = jobs.length > 1 ? String(jobs.length) : jobs[0]?.name;
  const agreed = await confirm(invocation, question, yes, word);
  const options = { signal: io.signal, onWait: waiting(io) };
  const door = doorTo(invocation, dkron, agreed);
  return report(invocation, dkron, await clearAll(door, cleared, options));
}
