import type { Command } from 'commander';
import { systemClock } from '../base/clock.ts';
import { OperatorError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { lastWords } from '../dkron/execution.ts';
import { tellPieces } from '../dkron/follow-run.ts';
import type { Execution } from '../dkron/shapes.ts';
import { sentNothing } from '../dkron/write/run.ts';
import { executionIds, failuresOf } from '../dkron/write/run-end.ts';
import { toldRun } from '../plan/outcome.ts';
import type { Reached } from './cluster.ts';
import { confirm } from './confirm.ts';
import { executionColumns, executionJson } from './executions.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import { type LiveOutput, liveOutput, noteCut, notedOutput } from './live-output.ts';
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
    .option('--follow', 'print the output instead of a table; on a terminal as it comes')
    .option('--yes', 'do not ask for confirmation')
    .action(async (name: string, flags: RunFlags, command: Command) => {
      const invocation = invocationOf(command);
      const live = showingOf(invocation, name, flags.follow === true);
      const executions = await withCluster(invocation, 'change', async (dkron, reached) => {
        const question = `Run ${name} on ${dkron.url} now?`;
        const agreed = await confirm(invocation, question, flags.yes === true);
        return runToEnd(reached, dkron, { name, agreed, live });
      }).catch(sentNothing);
      report(invocation, name, executions, live);
    });
}

/** How long a server that is away is looked for where nobody sits who could press Ctrl-C, ms. */
const patience = 120_000;

const until = ({ stderr }: Invocation['io']): string =>
  stderr.isTTY === true ? 'Ctrl-C' : `${patience / 60_000} minutes have passed`;

interface Asked {
  readonly name: string;
  readonly agreed: string | null;
  readonly live: Showing;
}

/** How what the run prints is shown. */
interface Showing {
  /** While it runs; null: nothing is. */
  readonly piece: LiveOutput['piece'] | null;
  /** When it has ended; null: a table is shown instead. */
  readonly end: LiveOutput['end'] | null;
}

/**
 * Into a pipe go the bytes that are stored, at the end: what is told in mid-run may lack some. To people
 * who wait lines are shown as they come, beside a table on standard error.
 */
function showingOf({ io, json }: Invocation, name: string, follow: boolean): Showing {
  if (json) return { piece: null, end: null };
  if (!follow) return { piece: notedOutput(io, name).piece, end: null };
  if (io.stdout.isTTY === true) return liveOutput(io, name, false);
  return {
    piece: null,
    end: (run) => {
      printText(io, run.output);
      noteCut(io, name, run);
    },
  };
}

/** The executions of this run, ended. The request is sent once, whatever happens to it. */
async function runToEnd(
  invocation: Reached,
  dkron: Dkron,
  { name, agreed, live }: Asked,
): Promise<readonly Execution[]> {
  const { io } = invocation;
  const { signal } = io;
  const watching = new AbortController();
  const ids = live.piece === null ? new Set<string>() : await executionIds(dkron, name, signal);
  let sent = false;
  let lost = false;
  try {
    const result = await doorTo(invocation, dkron, agreed).run(name, {
      signal,
      onSent: () => {
        sent = true;
        if (live.piece !== null) void watchRun(dkron, { name, ids }, live.piece, watching.signal);
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
  } finally {
    watching.abort();
  }
}

/** Tells the pieces of the run that was not there before: of the first one, if a schedule fires too. */
function watchRun(
  dkron: Dkron,
  { name, ids }: { readonly name: string; readonly ids: ReadonlySet<string> },
  onPiece: LiveOutput['piece'],
  signal: AbortSignal,
): Promise<void> {
  let ours: string | null = null;
  const isMine = ({ job_name, id, group }: Execution): boolean => {
    if (job_name !== name || ids.has(id)) return false;
    ours ??= group;
    return group === ours;
  };
  return tellPieces(dkron, isMine, { clock: systemClock, signal, onPiece });
}

function report(
  invocation: Invocation,
  name: string,
  executions: readonly Execution[],
  { end }: Showing,
): void {
  const { io, json } = invocation;
  if (json) printJson(io, executions.map(executionJson));
  else if (end !== null) for (const run of executions.toReversed()) end(run);
  else printTable(io, executionColumns(zoneFor(invocation), []), executions);
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
