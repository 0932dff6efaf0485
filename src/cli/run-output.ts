import { type Command, Option } from 'commander';
import { systemClock } from '../base/clock.ts';
import { NotFound, OperatorError } from '../base/errors.ts';
import { busyTold } from '../dkron/busy.ts';
import type { Dkron, ReadOptions } from '../dkron/client.ts';
import { runKey, unfinished } from '../dkron/execution.ts';
import { followRun } from '../dkron/follow-run.ts';
import { reasonIn } from '../dkron/remainder.ts';
import type { Execution } from '../dkron/shapes.ts';
import { lookAtOutput } from '../dkron/sight.ts';
import { failuresOf } from '../dkron/write/run-end.ts';
import { withDkron } from './connect.ts';
import { executionJson } from './executions.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import { liveOutput, noteCut } from './live-output.ts';
import { printJson, printNote, printText } from './output.ts';

interface Wanted {
  readonly name: string;
  /** The last one where it is not given. */
  readonly id: string | undefined;
}

export function register(program: Command): void {
  program
    .command('output')
    .description('print the whole output of an execution; exact bytes into a pipe or a file')
    .argument('<name>', 'name of the job')
    .argument('[id]', 'id of the execution, as `executions` lists it; the last one unless given')
    .addOption(
      new Option(
        '--follow',
        'print what comes until the run ends; the exit code says how it ended',
      ),
    )
    .addHelpText(
      'after',
      `
Of a run that has not ended Dkron tells only the last piece that it printed: that is printed, and the
exit code is 12. --follow prints each piece as it comes, and what is missing when the run ends; what came
between two looks cannot be printed any more in its place, which is said. Without an id it follows the
whole run, with its retries and on all nodes. Ctrl-C stops the following, not the run.
With --json, \`finished_at\` is null until the run has ended, and \`output\` the last piece.`,
    )
    .action(
      async (
        name: string,
        id: string | undefined,
        { follow = false }: { follow?: boolean },
        command: Command,
      ) => {
        const invocation = invocationOf(command);
        const work = follow ? followed : printed;
        await withDkron(invocation, (dkron) => work(invocation, dkron, { name, id }, command));
      },
    );
}

async function printed(
  invocation: Invocation,
  dkron: Dkron,
  wanted: Wanted,
  command: Command,
): Promise<void> {
  const { io, json } = invocation;
  const { run, isLost } = await asItIs(dkron, wanted, { signal: io.signal });
  if (json) printJson(io, executionJson(run));
  else printText(io, run.output);
  if (!unfinished(run)) return json ? undefined : noteCut(io, wanted.name, run);
  endWith(command, 'unfinished');
  if (json) return;
  const { name } = wanted;
  const told = run.output === '' ? 'it has printed nothing yet' : 'this is the last piece of it';
  const how = isLost ? 'has no end, and no node runs it' : `has not ended, and ${told}`;
  printNote(io, `${name}: run ${run.id} on ${run.node_name} ${how}`);
  if (!isLost) printNote(io, `'dkron-tui output ${name} ${run.id} --follow' prints what comes`);
}

/** The execution as it is stored, or with its last piece where it has not ended. */
async function asItIs(
  dkron: Dkron,
  { name, id }: Wanted,
  reading: ReadOptions,
): Promise<{ readonly run: Execution; readonly isLost: boolean }> {
  const key = id ?? runKey((await lastRun(dkron, name, reading))[0]!);
  const run = (await dkron.execution(name, key, reading)).value;
  if (!unfinished(run)) return { run, isLost: false };
  const busy = await busyTold(dkron, reading.signal);
  const sight = await lookAtOutput(dkron, { name, key }, busy, reading);
  return { run: 'run' in sight ? sight.run : run, isLost: sight.kind === 'lost' };
}

/** The executions of the last run, newest first. */
async function lastRun(dkron: Dkron, name: string, reading: ReadOptions): Promise<Execution[]> {
  const { value } = await dkron.executions(name, { ...reading, outputLimit: 0 });
  const [last] = value;
  if (!last)
    throw new NotFound(`job ${name} has no executions`, {
      next: `'dkron-tui run ${name}' starts one`,
    });
  return value.filter(({ group }) => group === last.group);
}

/** How long a server that is away is waited for where nobody sits who could press Ctrl-C, ms. */
const patience = 120_000;

async function followed(
  { io, json }: Invocation,
  dkron: Dkron,
  { name, id }: Wanted,
): Promise<void> {
  const { signal } = io;
  const runs =
    id === undefined
      ? await lastRun(dkron, name, { signal })
      : [(await dkron.execution(name, id, { signal })).value];
  const live = liveOutput(io, name, runs.length > 1);
  const silent = (): void => {};
  const said = (text: string): void => printNote(io, `${name}: ${text}`);
  const ended = await followRun(
    dkron,
    { name, runs: runs.toReversed(), ...(id === undefined && { group: runs[0]!.group }) },
    {
      clock: systemClock,
      signal,
      onPiece: json ? silent : live.piece,
      onEnd: json ? silent : live.end,
      onWait: ({ message }) => said(`${message}; waiting until the server answers again`),
      onBack: () => said('the server answers again'),
      patience: io.stderr.isTTY === true ? Number.POSITIVE_INFINITY : patience,
    },
  ).catch((error: unknown) => {
    if (signal.aborted) said('the following stops here; a run that has not ended goes on');
    throw error;
  });
  if (json) printJson(io, ended.map(executionJson));
  const failed = failuresOf(ended.toReversed());
  const [first] = failed;
  if (first !== undefined) {
    const nodes = failed.map(({ node_name }) => node_name).join(', ');
    throw new OperatorError(`${name}: the run failed on ${nodes}: ${reasonIn(first)}`);
  }
  if (!json) said('the run ended well');
}
