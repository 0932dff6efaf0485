/** `pause` and `unpause`: whether the answering node takes new and changed jobs. */
import type { Command } from 'commander';
import type { Dkron } from '../dkron/client.ts';
import { pauseWords } from '../dkron/overview/words.ts';
import { pauseQuestion, toldPause } from '../plan/pause.ts';
import { plain, quiet } from '../view/line.ts';
import type { Reached } from './cluster.ts';
import { confirm } from './confirm.ts';
import { invocationOf } from './invocation.ts';
import { printJson, printLines } from './output.ts';
import { waiting } from './results.ts';
import { doorTo, withCluster } from './with-cluster.ts';

const holds = 'of the one node that answers, until it restarts (Dkron 4.0.9 or newer)';

export function register(program: Command): void {
  for (const [name, paused] of [
    ['pause', true],
    ['unpause', false],
  ] as const)
    program
      .command(name)
      .description(
        paused
          ? `refuse new and changed jobs, not their runs, ${holds}`
          : `accept new and changed jobs again, ${holds}`,
      )
      .option('--yes', 'do not ask for confirmation')
      .action(async ({ yes = false }: { yes?: boolean }, command: Command) => {
        const invocation = invocationOf(command);
        await withCluster(invocation, 'change', (dkron, reached) =>
          setPaused(reached, dkron, paused, yes),
        );
      });
}

async function setPaused(
  invocation: Reached,
  dkron: Dkron,
  paused: boolean,
  yes: boolean,
): Promise<void> {
  const { io, json } = invocation;
  const { signal } = io;
  const { name: node } = (await dkron.server({ signal })).value;
  if (!json && paused)
    printLines(io, [
      [plain(pauseWords.stops)],
      [plain(pauseWords.goesOn)],
      [quiet(pauseWords.holds)],
    ]);
  const agreed = await confirm(invocation, pauseQuestion(paused, node, dkron.url), yes);
  const door = doorTo(invocation, dkron, agreed);
  const result = await door.setPaused(paused, { node, signal, onWait: waiting(io) });
  if ('error' in result) throw result.error;
  const { outcome, node: did } = result;
  if (json) printJson(io, { server: dkron.url, node: did, paused, outcome });
  else printLines(io, [[plain(toldPause(paused, node, result).text)]]);
}
