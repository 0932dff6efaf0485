import type { Command } from 'commander';
import { UsageError } from '../base/errors.ts';
import { busyNow, runningNow } from '../dkron/busy.ts';
import type { Dkron } from '../dkron/client.ts';
import { filterKeys, jobFilter, parseFilter } from '../job/filter.ts';
import { filterProblem } from '../job/filter-language.ts';
import type { Job, JobText } from '../job/job.ts';
import { nextOf } from '../job/runs.ts';
import { type Standings, standingOf } from '../job/status.ts';
import { type Oversight, standingsNow } from '../oversight/once.ts';
import { columns, rowOf } from '../view/job-columns.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { printJsonText, printTable } from './output.ts';
import { noteUnfinishedThere } from './unfinished-there.ts';
import { filterOf, viewOption } from './view.ts';

/** What the arguments of a command that takes a filter are. */
export const filterWords = "words of the name or display name, or key:value; '!' in front negates";

export function register(program: Command): void {
  program
    .command('jobs')
    .description('list jobs, with the filter language of the console')
    .argument('[filter...]', filterWords)
    .option(...viewOption)
    .addHelpText('after', filterHelp)
    .action(async (words: string[], flags: { view?: string }, command: Command) => {
      const invocation = invocationOf(command);
      const filter = filterOf(invocation.target, words, flags.view);
      await withDkron(invocation, async (dkron) => {
        await listJobs(invocation, dkron, filter);
        await noteUnfinishedThere(invocation, dkron);
      });
    });
}

async function listJobs(
  { io, json, target: { serverZone, grace } }: Invocation,
  dkron: Dkron,
  filter: string,
): Promise<void> {
  // Only these tell who is late, and only those ask.
  const isTold = !json || filter.includes('status:');
  const { jobs, standings } = await jobsMatching(
    dkron,
    filter,
    io.signal,
    isTold ? { grace, serverZone } : null,
  );
  if (json) {
    printJsonText(io, `[${jobs.map(({ text }) => text).join(',')}]`);
    return;
  }
  const found = jobs.map(({ job }) => job);
  printJobs(io, found, { standings, serverZone });
}

interface Around {
  readonly standings: Standings;
  readonly serverZone: string;
}

/** The table of the console's jobs; next runs count from now. */
export function printJobs(io: Io, jobs: readonly Job[], { standings, serverZone }: Around): void {
  const now = Date.now();
  const rows = jobs.map((job) =>
    rowOf(job, standingOf(standings, job.name), nextOf(job, now, serverZone), now, 0),
  );
  printTable(io, columns, rows);
}

/** The jobs that a filter lets through, and how all of them stand; without `oversight` only whether they run. */
export async function jobsMatching(
  dkron: Dkron,
  filter: string,
  signal: AbortSignal,
  oversight: Oversight | null,
): Promise<{ readonly jobs: readonly JobText[]; readonly standings: Standings }> {
  const holds = checkedFilter(filter);
  const listed = Array.fromAsync(dkron.jobs({ signal }));
  const [found, standings] = await Promise.all([
    listed,
    oversight === null
      ? busyNow(dkron, signal).then(runningNow)
      : standingsNow(dkron, listed, oversight, signal),
  ]);
  return {
    jobs: found.filter(({ job }) => holds(job, standingOf(standings, job.name))),
    standings,
  };
}

/** A word that means nothing must not look like a server without such jobs: throws UsageError. */
export function checkedFilter(filter: string): ReturnType<typeof parseFilter> {
  const problem = filterProblem(filter, jobFilter, true);
  if (problem === null) return parseFilter(filter);
  throw new UsageError(problem, {
    data: 'nothing was read',
    next: "'dkron-tui jobs --help' lists the filters",
  });
}

export function filterHelp(): string {
  const keys = Object.values(filterKeys).map(({ help }) => `  ${help}`);
  return `\nFilters; a value matches the beginning of a field, in longer texts any part:\n${keys.join('\n')}`;
}
