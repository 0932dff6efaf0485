import type { Command } from 'commander';
import type { Dkron } from '../dkron/client.ts';
import type { Server } from '../dkron/shapes.ts';
import type { Job } from '../job/job.ts';
import { jobStatus, type Standing, standingOf } from '../job/status.ts';
import { overseeOnce } from '../oversight/once.ts';
import { troubleLines } from '../oversight/told.ts';
import type { Verdict } from '../oversight/verdict.ts';
import { labels } from '../oversight/words.ts';
import { statusSpan } from '../view/job-columns.ts';
import { detailLines } from '../view/job-details.ts';
import { bold, type Line, plain } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { placeOf } from '../view/zones.ts';
import { withDkron } from './connect.ts';
import { executionColumns } from './executions.ts';
import { type Invocation, invocationOf, zoneFor, zoneIn } from './invocation.ts';
import { printJsonText, printLines, printTable } from './output.ts';
import { outputShown } from './plain.ts';

export function register(program: Command): void {
  program
    .command('job')
    .description('show all details of a job; --json prints its exact text')
    .argument('<name>', 'name of the job')
    .action(async (name: string, _options, command: Command) => {
      const invocation = invocationOf(command);
      await withDkron(invocation, (dkron) => showJob(invocation, dkron, name));
    });
}

const recent = 10;

async function showJob(invocation: Invocation, dkron: Dkron, name: string): Promise<void> {
  const { io, json } = invocation;
  const { serverZone, grace } = invocation.target;
  const reading = { signal: io.signal };
  const { value } = await dkron.job(name, reading);
  if (json) {
    printJsonText(io, value.text);
    return;
  }
  const [executions, server, overseen] = await Promise.all([
    dkron.executions(name, { ...reading, outputLimit: outputShown }),
    dkron.server(reading),
    overseeOnce(dkron, Promise.resolve([value]), {
      grace,
      serverZone,
      signal: io.signal,
      now: Date.now,
      suspects: 1,
    }),
  ]);
  const { standings, overseer } = overseen;
  const standing = standingOf(standings, name);
  const verdict = overseer.troubles().get(name);
  printDetails(invocation, value.job, {
    standing,
    serverZone,
    server: server.value,
    verdict,
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
  /** It is of a snapshot, as it was then. */
  readonly past?: boolean;
}

/** All about a job but its runs. */
export function printDetails(
  { io, zone = 'utc' }: Pick<Invocation, 'io' | 'zone'>,
  job: Job,
  { standing, serverZone, server, verdict, past = false }: Around,
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
  const beside = { skew: 0, drafts: '', past, trouble };
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
