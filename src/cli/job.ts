import type { Command } from 'commander';
import type { Dkron } from '../dkron/client.ts';
import { timesOf } from '../dkron/run-times.ts';
import type { Server } from '../dkron/shapes.ts';
import type { Job } from '../job/job.ts';
import { rowOf } from '../job/row.ts';
import type { RunTimes } from '../job/run-times/times.ts';
import { toldOf } from '../job/run-times/told.ts';
import { jobStatus, type Standing, standingOf, withPaces } from '../job/status.ts';
import { endsOf } from '../oversight/judge.ts';
import { overseeOnce, sightingsIn } from '../oversight/once.ts';
import { pacesOf } from '../oversight/paces.ts';
import { troubleLines } from '../oversight/told.ts';
import type { Verdict } from '../oversight/verdict.ts';
import { labels } from '../oversight/words.ts';
import { instantFromMillis } from '../schedule/index.ts';
import { statusSpan } from '../view/job-columns.ts';
import { detailLines } from '../view/job-details.ts';
import { bold, type Line, plain } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { placeOf } from '../view/zones.ts';
import { withDkron } from './connect.ts';
import { executionColumns } from './executions.ts';
import { type Invocation, invocationOf, zoneFor, zoneIn } from './invocation.ts';
import { printJsonText, printLines, printTable } from './output.ts';
import { oversightOf } from './oversight.ts';
import { outputShown } from './plain.ts';
import { printTimes, timesOption } from './run-times.ts';

export function register(program: Command): void {
  program
    .command('job')
    .description('show all details of a job; --json prints its exact text')
    .argument('<name>', 'name of the job')
    .option(...timesOption)
    .action(async (name: string, flags: { times?: boolean }, command: Command) => {
      const invocation = invocationOf(command);
      await withDkron(invocation, (dkron) =>
        showJob(invocation, dkron, name, flags.times === true),
      );
    });
}

const recent = 10;

async function showJob(
  invocation: Invocation,
  dkron: Dkron,
  name: string,
  isTimed: boolean,
): Promise<void> {
  const { io, json } = invocation;
  const { serverZone, grace, kept } = oversightOf(invocation);
  const reading = { signal: io.signal };
  const { value } = await dkron.job(name, reading);
  if (json && !isTimed) {
    printJsonText(io, value.text);
    return;
  }
  const [executions, server, overseen] = await Promise.all([
    dkron.executions(name, { ...reading, outputLimit: outputShown }),
    dkron.server(reading),
    overseeOnce(dkron, Promise.resolve([value]), {
      grace,
      serverZone,
      sightings: () => sightingsIn(kept.open(dkron, false)),
      signal: io.signal,
      now: Date.now,
      suspects: 1,
    }),
  ]);
  const { overseer, now } = overseen;
  const times = timesOf(executions.value, { at: now, ends: endsOf(value.job) });
  const known = new Map([[name, times]]);
  const at = { at: now, serverZone, version: server.value.version };
  const standings = withPaces(
    overseen.standings,
    pacesOf([rowOf(value)], known, overseen.busy ?? [], at),
  );
  if (isTimed) return printTimes(invocation, [value.job], { standings, times: known });
  const standing = standingOf(standings, name);
  const verdict = overseer.troubles().get(name);
  printDetails(invocation, value.job, {
    standing,
    serverZone,
    server: server.value,
    verdict,
    times,
  });
  if (executions.value.length === 0) return;
  printLines(io, [[], [bold(`Last ${Math.min(recent, executions.value.length)} executions`)]]);
  printTable(
    io,
    executionColumns(zoneFor(invocation, value.job), overseen.busy ?? []),
    executions.value.slice(0, recent),
  );
}

interface Around {
  readonly standing: Standing;
  readonly serverZone: string;
  /** Null where nobody knows. */
  readonly server: Server | null;
  /** What is wrong with when it runs. */
  readonly verdict?: Verdict | undefined;
  readonly times?: RunTimes | undefined;
  /** It is of a snapshot, as it was then. */
  readonly past?: boolean;
}

/** All about a job but its runs. */
export function printDetails(
  { io, zone = 'utc' }: Pick<Invocation, 'io' | 'zone'>,
  job: Job,
  { standing, serverZone, server, verdict, times, past = false }: Around,
): void {
  const around = {
    now: Date.now(),
    rows: 0,
    zone,
    setting: placeOf(serverZone),
    server,
  };
  const clock = (at: number): string => rfc3339(at, zoneIn(zone, serverZone, job));
  const ways = {
    run: `dkron-tui run ${job.name}`,
    clear: `dkron-tui clear ${job.name}`,
    allow: `dkron-tui edit ${job.name} --set concurrency=allow`,
    tags: `dkron-tui edit ${job.name} --set tags.NAME=VALUE`,
  };
  const reader = { serverZone, version: server?.version };
  const trouble =
    verdict === undefined
      ? null
      : {
          label: labels[verdict.state],
          lines: troubleLines(job, verdict, { ...reader, now: Date.now(), clock, ways }),
        };
  const takes = toldOf(job, times, {
    now: instantFromMillis(around.now),
    serverZone,
    version: server?.version,
  });
  const beside = { skew: 0, drafts: '', past, trouble, takes };
  printLines(io, [title(job, standing), ...detailLines(around, job, columnsOf(io.stdout), beside)]);
}

const title = (job: Job, standing: Standing): Line => [
  bold(job.name),
  plain('  '),
  statusSpan(jobStatus(job, standing)),
];

/** A terminal's width; a pipe takes lines of any length. */
const columnsOf = (stream: { columns?: number }): number =>
  stream.columns ?? Number.MAX_SAFE_INTEGER;
