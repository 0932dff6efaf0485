import type { Command } from 'commander';
import { NotFound, OtherCluster } from '../base/errors.ts';
import type { Dkron, ReadOptions } from '../dkron/client.ts';
import { durationOf, runKey, unfinished } from '../dkron/execution.ts';
import type { Execution } from '../dkron/shapes.ts';
import { serverTime } from '../job/time.ts';
import { type ComparedRuns, compareRuns, type ReadRuns } from '../runs/compare.ts';
import { pairFor, pairOf } from '../runs/pair.ts';
import { readRuns } from '../runs/read.ts';
import { headLines, rowLine } from '../runs/report.ts';
import { historyOf } from '../snapshot/history/history.ts';
import { wholeChangeLines } from '../view/diff.ts';
import { type Line, quiet } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { archiveFolder } from './archive.ts';
import { journalOf, knownCluster, reach } from './cluster.ts';
import { withDkron } from './connect.ts';
import { endWith, type Invocation, invocationOf, zoneFor } from './invocation.ts';
import { printJson, printLines } from './output.ts';

/** `compare-runs`: the headless twin of the console's `D` on a run. */
export function register(program: Command): void {
  program
    .command('compare-runs')
    .description(
      'compare a failed run of a job with its last good one: outputs, node, attempt, definition; exit code 3 when the outputs truly differ',
    )
    .argument('<name>', 'name of the job')
    .argument(
      '[id]',
      'id of an execution, as `executions` lists it; the newest one that failed unless given',
    )
    .argument('[other]', 'id of the execution to compare it with')
    .addHelpText('after', help)
    .action(async (name: string, id: string | undefined, other: string | undefined, _, command) => {
      const invocation = invocationOf(command);
      const compared = await withDkron(invocation, async (dkron) =>
        compareRuns(await read(invocation, dkron, name, [id, other])),
      );
      if (invocation.json) printJson(invocation.io, asJson(name, compared));
      else printLines(invocation.io, linesOf(invocation, compared));
      if (compared.output.places.length > 0) endWith(command, 'differs');
    });
}

const help = `
A failed run is compared with the last good one before it, a good one with the last one before it that
failed; where there is none before, with the next one after it. Dkron keeps 100 runs of a job.
Times, durations, ids, IP addresses, ports and numbers of five digits and more count as equal: a line that
differs by them only shows with ≈, as the newer run printed it. JSON is compared value by value.
Exit code 0: the outputs do not differ for more than that. 3: they do. An error is never 3.

--json: { job, older, newer, definition, output }
  older, newer   { id, started, finished, durationMs, node, attempt, success, lines, notes }; finished
                 and durationMs are null where the run has no end
  definition     { kind, changes: [{ path, before, after }], since, why }; kind is same, changed, maybe
                 (changed about then), unknown (first known at since) or unread (why); no credentials
  output         { differs, places, removed, added, alike, rough, first, rows: [{ sign, text }] }: first is
                 { older, newer }, the lines of the first true difference, from 1; sign is −, +, ≈, a
                 space, or … for what is left out; rough: too many differences to match lines`;

async function read(
  invocation: Invocation,
  dkron: Dkron,
  name: string,
  ids: readonly [string | undefined, string | undefined],
): Promise<ReadRuns> {
  const reading = { signal: invocation.io.signal };
  const pair = await pairHere(dkron, name, ids, reading);
  const which = { job: name, older: runKey(pair.older), newer: runKey(pair.newer) };
  const history = async () => {
    const id = await clusterOf(invocation, dkron);
    if (id === null) throw unsure;
    const where = {
      folder: await archiveFolder(invocation),
      cluster: id,
      journalOf: async () => journalOf(invocation, id),
    };
    const { value } = await dkron.job(name, reading);
    const now = { at: Date.now(), state: value, source: { kind: 'server', id: 'now' } } as const;
    return historyOf(name, where, now);
  };
  return readRuns(dkron, which, history, reading);
}

const unsure = new OtherCluster('no snapshot or journal is surely of the cluster that answers', {});

/** Its id; null where only a whole list of its jobs could tell, which two runs are not worth. */
async function clusterOf(invocation: Invocation, dkron: Dkron): Promise<string | null> {
  if (invocation.cluster.called !== null) return (await reach(invocation, dkron, 'show')).here.id;
  return (await knownCluster(invocation, dkron))?.id ?? null;
}

async function pairHere(
  dkron: Dkron,
  name: string,
  [id, other]: readonly [string | undefined, string | undefined],
  reading: ReadOptions,
) {
  const { value: runs } = await dkron.executions(name, { ...reading, outputLimit: 0 });
  if (id !== undefined && other !== undefined)
    return pairOf(known(runs, name, id), known(runs, name, other));
  const pair = pairFor(runs, id);
  if (!('why' in pair)) return pair;
  throw new NotFound(`${name}: ${pair.why}`, {
    next: `'dkron-tui executions ${name}' lists the runs; two ids compare any two of them`,
  });
}

function known(runs: readonly Execution[], name: string, id: string): Execution {
  const run = runs.find((one) => runKey(one) === id);
  if (run !== undefined) return run;
  throw new NotFound(`job ${name} has no execution ${id}`, {
    next: 'Dkron keeps the last 100 executions of a job; older ones are gone.',
  });
}

function linesOf(invocation: Invocation, compared: ComparedRuns): Line[] {
  const zone = zoneFor(invocation);
  const second = (at: number): number => Math.floor(at / 1_000) * 1_000;
  const whole = { left: 0, columns: Number.MAX_SAFE_INTEGER };
  const { rows } = compared.output;
  return [
    ...headLines(compared, {
      clock: (at) => rfc3339(second(at), zone),
      columns: Number.MAX_SAFE_INTEGER,
      room: 26,
      changes: wholeChangeLines,
    }),
    ...(rows.length === 0 ? [] : [[quiet('')]]),
    ...rows.map((row) => rowLine(row, whole)),
  ];
}

function asJson(job: string, { older, newer, definitions, lines, output }: ComparedRuns) {
  const { places, rows, ...counts } = output;
  return {
    job,
    older: runJson(older, lines.older),
    newer: runJson(newer, lines.newer),
    definition: {
      kind: definitions.kind,
      changes: ('changes' in definitions ? definitions.changes : []).map(
        ({ path, before, after }) => ({ path, before, after }),
      ),
      since:
        definitions.kind === 'unknown' && definitions.since !== null
          ? rfc3339(definitions.since)
          : null,
      why: definitions.kind === 'unread' ? definitions.why : null,
    },
    output: {
      differs: places.length > 0,
      places: places.length,
      ...counts,
      rows: rows.map(({ sign, text }) => ({ sign, text })),
    },
  };
}

const runJson = (run: Execution, { lines, notes }: ComparedRuns['lines']['older']) => ({
  id: runKey(run),
  started: timeJson(run.started_at),
  finished: timeJson(run.finished_at),
  durationMs: unfinished(run) ? null : durationOf(run),
  node: run.node_name,
  attempt: run.attempt,
  success: run.success,
  lines: lines.length,
  notes,
});

const timeJson = (text: string): string | null => serverTime(text)?.toISOString() ?? null;
