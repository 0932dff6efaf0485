import type { Command } from 'commander';
import { busyNow } from '../dkron/busy.ts';
import { durationOf, lastWords, runKey, unfinished } from '../dkron/execution.ts';
import type { Execution } from '../dkron/shapes.ts';
import { serverTime } from '../job/time.ts';
import { parseJson } from '../json/numbers.ts';
import { plain, quiet, type Span, toned } from '../view/line.ts';
import { rfc3339, shortDuration } from '../view/short.ts';
import { withDkron } from './connect.ts';
import { invocationOf, zoneFor } from './invocation.ts';
import { atLeastOne } from './numbers.ts';
import { type Column, printJson, printTable } from './output.ts';

export function register(program: Command): void {
  program
    .command('executions')
    .description('list the executions of a job, newest first (Dkron keeps 100)')
    .argument('<name>', 'name of the job')
    .option('--limit <count>', 'how many at most', atLeastOne, 100)
    .action(async (name: string, { limit }: { limit: number }, command: Command) => {
      const invocation = invocationOf(command);
      const { io } = invocation;
      const [executions, job, busy] = await withDkron(invocation, async (dkron) => {
        const { value } = await dkron.executions(name, { signal: io.signal });
        const busy = value.some(unfinished) ? await busyNow(dkron, io.signal) : [];
        const job =
          invocation.zone === 'job'
            ? (await dkron.job(name, { signal: io.signal })).value.job
            : null;
        return [value.slice(0, limit), job, busy] as const;
      });
      if (invocation.json) printJson(io, executions.map(executionJson));
      else printTable(io, executionColumns(zoneFor(invocation, job), busy), executions);
    });
}

/**
 * The execution as Dkron's own JSON has it, `group` a number beyond 2^53; but `finished_at` is null
 * until it has ended: Dkron writes year 1, or the end of the try before.
 */
export const executionJson = (execution: Execution): unknown => ({
  ...execution,
  ...(unfinished(execution) && { finished_at: null }),
  group: parseJson(execution.group),
});

function started({ started_at: text }: Execution, zone: string): string {
  const at = serverTime(text)?.getTime();
  return at === undefined ? text : rfc3339(at, zone);
}

/**
 * Times are told in the zone given: Dkron writes each in that of its job, or of its node. `busy`: what
 * runs; what has no end and is not among these no node runs, or nobody can tell.
 */
export const executionColumns = (
  zone: string,
  busy: readonly Execution[],
): readonly Column<Execution>[] => [
  { title: 'STARTED', cell: (run) => plain(started(run, zone)) },
  { title: 'DURATION', align: 'right', cell: duration },
  { title: 'RESULT', cell: (run) => result(run, busy) },
  { title: 'NODE', cell: ({ node_name }) => plain(node_name) },
  { title: 'TRY', align: 'right', cell: ({ attempt }) => plain(String(attempt)) },
  { title: 'ID', cell: ({ id }) => plain(id) },
  { title: 'LAST OUTPUT', cell: ({ output }) => quiet(lastWords(output)) },
];

function duration(execution: Execution): Span {
  return unfinished(execution) ? quiet('–') : plain(shortDuration(durationOf(execution)));
}

function result(execution: Execution, busy: readonly Execution[]): Span {
  const isBusy = busy.some((run) => runKey(run) === runKey(execution));
  if (unfinished(execution)) return toned(isBusy ? '▸ running' : '? no end', 'attention');
  return execution.success ? toned('✓ success', 'ok') : toned('✗ failed', 'bad');
}
