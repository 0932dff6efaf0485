import type { Command } from 'commander';
import { ServerError } from '../base/errors.ts';
import { columns, rowOf } from '../console/columns.ts';
import { nextOf } from '../console/facts.ts';
import { filterKeys, parseFilter } from '../console/filter.ts';
import type { Dkron } from '../dkron/client.ts';
import type { JobText } from '../job/job.ts';
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

async function listJobs({ io, json }: Session, dkron: Dkron, filter: string): Promise<void> {
  const { signal } = io;
  const holds = parseFilter(filter);
  const [found, running] = await Promise.all([allJobs(dkron, signal), runningJobs(dkron, signal)]);
  const shown = found.filter(({ job }) => holds(job, running.has(job.name)));
  if (json) {
    io.stdout.write(`[${shown.map(({ text }) => text).join(',')}]\n`);
    return;
  }
  const now = Date.now();
  const rows = shown.map(({ job }) =>
    rowOf(job, running.has(job.name), nextOf(job, now, 'UTC'), now, 0),
  );
  printTable(io, columns, rows);
}

async function allJobs(dkron: Dkron, signal: AbortSignal): Promise<JobText[]> {
  const jobs: JobText[] = [];
  for await (const job of dkron.jobs({ signal })) jobs.push(job);
  return jobs;
}

/** A dead node makes Dkron think for ten seconds about what runs; the list does not wait for that. */
const patience = 2_000;

async function runningJobs(dkron: Dkron, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const limit = AbortSignal.timeout(patience);
  try {
    const { value } = await dkron.busy({ signal: AbortSignal.any([signal, limit]) });
    return new Set(value.map(({ job_name }) => job_name));
  } catch (error) {
    if (limit.aborted || error instanceof ServerError) return new Set();
    throw error;
  }
}

function filterHelp(): string {
  const keys = Object.values(filterKeys).map(({ help }) => `  ${help}`);
  return `\nFilter:\n${keys.join('\n')}`;
}
