import type { Command } from 'commander';
import { columns, rowOf } from '../console/columns.ts';
import { nextOf } from '../console/facts.ts';
import { filterKeys, parseFilter } from '../console/filter.ts';
import type { Dkron } from '../dkron/client.ts';
import type { JobText } from '../job/job.ts';
import { busyNow } from './busy.ts';
import { withDkron } from './connect.ts';
import { printTable } from './output.ts';
import { type Session, sessionOf } from './session.ts';

export function registerJobsCommand(program: Command): void {
  program
    .command('jobs')
    .description('list jobs, with the filter language of the console')
    .argument('[filter...]', "words of name or display name, key:value; '!' before one inverts it")
    .addHelpText('after', filterHelp)
    .action(async (words: string[], _options, command: Command) => {
      const session = sessionOf(command);
      await withDkron(session, (dkron) => listJobs(session, dkron, words.join(' ')));
    });
}

async function listJobs(
  { io, json, serverZone }: Session,
  dkron: Dkron,
  filter: string,
): Promise<void> {
  const { signal } = io;
  const holds = parseFilter(filter);
  const [found, busy] = await Promise.all([allJobs(dkron, signal), busyNow(dkron, signal)]);
  const running = new Set(busy.map(({ job_name }) => job_name));
  const shown = found.filter(({ job }) => holds(job, running.has(job.name)));
  if (json) {
    io.stdout.write(`[${shown.map(({ text }) => text).join(',')}]\n`);
    return;
  }
  const now = Date.now();
  const rows = shown.map(({ job }) =>
    rowOf(job, running.has(job.name), nextOf(job, now, serverZone), now, 0),
  );
  printTable(io, columns, rows);
}

async function allJobs(dkron: Dkron, signal: AbortSignal): Promise<JobText[]> {
  const jobs: JobText[] = [];
  for await (const job of dkron.jobs({ signal })) jobs.push(job);
  return jobs;
}

function filterHelp(): string {
  const keys = Object.values(filterKeys).map(({ help }) => `  ${help}`);
  return `\nFilter:\n${keys.join('\n')}`;
}
