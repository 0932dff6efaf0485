import type { Command } from 'commander';
import { busyNow } from '../dkron/busy.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Server } from '../dkron/shapes.ts';
import type { Job } from '../job/job.ts';
import { jobStatus } from '../job/status.ts';
import { statusSpan } from '../view/job-columns.ts';
import { detailLines } from '../view/job-details.ts';
import { bold, type Line, plain } from '../view/line.ts';
import { placeOf } from '../view/zones.ts';
import { withDkron } from './connect.ts';
import { executionColumns } from './executions.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
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
  const { serverZone } = invocation.target;
  const reading = { signal: io.signal };
  const { value } = await dkron.job(name, reading);
  if (json) {
    printJsonText(io, value.text);
    return;
  }
  const [executions, busy, server] = await Promise.all([
    dkron.executions(name, { ...reading, outputLimit: outputShown }),
    busyNow(dkron, io.signal),
    dkron.server(reading),
  ]);
  const running = busy.some(({ job_name }) => job_name === name);
  printDetails(invocation, value.job, { running, serverZone, server: server.value });
  if (executions.value.length === 0) return;
  printLines(io, [[], [bold(`Last ${Math.min(recent, executions.value.length)} executions`)]]);
  printTable(
    io,
    executionColumns(zoneFor(invocation, value.job)),
    executions.value.slice(0, recent),
  );
}

interface Around {
  readonly running: boolean;
  readonly serverZone: string;
  /** Null where nobody knows. */
  readonly server: Server | null;
  /** It is of a snapshot, as it was then. */
  readonly past?: boolean;
}

/** All about a job but its runs. */
export function printDetails(
  { io, zone = 'utc' }: Pick<Invocation, 'io' | 'zone'>,
  job: Job,
  { running, serverZone, server, past = false }: Around,
): void {
  const around = {
    now: Date.now(),
    rows: 0,
    zone,
    setting: placeOf(serverZone),
    server,
  };
  const beside = { skew: 0, drafts: '', past };
  printLines(io, [title(job, running), ...detailLines(around, job, columnsOf(io.stdout), beside)]);
}

const title = (job: Job, running: boolean): Line => [
  bold(job.name),
  plain('  '),
  statusSpan(jobStatus(job, running)),
];

/** A terminal's width; a pipe takes lines of any length. */
const columnsOf = (stream: { columns?: number }): number =>
  stream.columns ?? Number.MAX_SAFE_INTEGER;
