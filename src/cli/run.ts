import type { Command } from 'commander';
import { OperatorError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { lastWords } from '../dkron/execution.ts';
import type { Execution } from '../dkron/shapes.ts';
import { sentNothing } from '../dkron/write/run.ts';
import { failuresOf } from '../dkron/write/run-end.ts';
import { toldRun } from '../plan/outcome.ts';
import type { Reached } from './cluster.ts';
import { confirm } from './confirm.ts';
import { executionColumns, executionJson } from './executions.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import { printJson, printNote, printTable, printText } from './output.ts';
import { doorTo, withCluster } from './with-cluster.ts';

interface RunFlags {
  readonly follow?: boolean;
  readonly yes?: boolean;
}

export function register(program: Command): void {
  program
    .command('run')
    .description('run a job now and wait until it ends; the exit code says whether it succeeded')
    .argument('<name>', 'name of the job')
    .option('--follow', 'print the output instead of a table')
    .option('--yes', 'do not ask for confirmation')
    .action(async (name: string, flags: RunFlags, command: Command) => {
      const invocation = invocationOf(command);
      const executions = await withCluster(invocation, 'change', async (dkron, reached) => {
        const question = `Run ${name} on ${dkron.url} now?`;
        const agreed = await confirm(invocation, question, flags.yes === true);
        return runToEnd(reached, dkron, { name, agreed });
      }).catch(sentNothing);
      report(invocation, name, executions, flags.follow === true);
    });
}

/** How long a server that is away is looked for where nobody sits who could press Ctrl-C, ms. */
const patience = 120_000;

const until = ({ stderr }: Invocation['io']): string =>
  stderr.isTTY === true ? 'Ctrl-C' : `${patience / 60_000} minutes have passed`;

/** The executions of this run, ended. The request is sent once, whatever happens to it. */
async function runToEnd(
  invocation: Reached,
  dkron: Dkron,
  { name, agreed }: { readonly name: string; readonly agreed: string | null },
): Promise<readonly Execution[]> {
  const { io } = invocation;
  const { signal } = io;
  let sent = false;
  let lost = false;
  try {
    const result = await doorTo(invocation, dkron, agreed).run(name, {
      signal,
      onSent: () => {
        sent = true;
        printNote(io, `${name}: run requested; Ctrl-C stops the waiting, not the run`);
      },
      onLost: ({ message }) => {
        lost = true;
        printNote(io, `${message}; checking whether ${name} runs`);
      },
      onWait: ({ message }) =>
        printNote(io, `${message}; ${name} is looked for until ${until(io)}`),
      onBack: () => printNote(io, `the server answers again; looking for ${name}`),
      ...(io.stderr.isTTY === true ? {} : { patience }),
    });
    if (result.outcome === 'done') return result.executions;
    throw result.error;
  } catch (error) {
    if (sent && signal.aborted)
      printNote(
        io,
        lost
          ? `${name}: it is not known whether it runs; 'dkron-tui executions ${name}' shows it`
          : `${name}: the run goes on; its result is not known here`,
      );
    throw error;
  }
}

function report(
  invocation: Invocation,
  name: string,
  executions: readonly Execution[],
  follow: boolean,
): void {
  const { io, json } = invocation;
  if (json) printJson(io, executions.map(executionJson));
  else if (follow) for (const { output } of executions.toReversed()) printText(io, output);
  else printTable(io, executionColumns(zoneFor(invocation)), executions);
  const failed = failuresOf(executions);
  const { message } = toldRun(failed.map(({ node_name }) => node_name));
  const [first] = failed;
  if (!first) {
    if (!json) printNote(io, `${name}: ${message}`);
    return;
  }
  throw new OperatorError(`${name}: ${message}: ${lastWords(first.output)}`, {
    next: `'dkron-tui output ${name} ${first.id}' prints all of it`,
  });
}
