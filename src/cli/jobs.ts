import type { Command } from 'commander';
import { UsageError } from '../base/errors.ts';
import { busyNow, runningNow } from '../dkron/busy.ts';
import type { Dkron } from '../dkron/client.ts';
import { asksHowLong, filterKeys, jobFilter, parseFilter } from '../job/filter.ts';
import { filterProblem } from '../job/filter-language.ts';
import type { Job, JobText } from '../job/job.ts';
import { nextOf } from '../job/runs.ts';
import { type Standings, standingOf } from '../job/status.ts';
import type { KnownTimes } from '../oversight/kept-times.ts';
import { type Oversight, type StandingNow, standingsNow } from '../oversight/once.ts';
import { columns, rowOf } from '../view/job-columns.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationOf } from './invocation.ts';
import type { Io } from './io.ts';
import { printJsonText, printTable } from './output.ts';
import { oversightOf } from './oversight.ts';
import { printTimes, timesOption } from './run-times.ts';
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
    .option(...timesOption)
    .addHelpText('after', filterHelp)
    .action(
      async (words: string[], flags: { view?: string; times?: boolean }, command: Command) => {
        const invocation = invocationOf(command);
        const filter = filterOf(invocation.target, words, flags.view);
        await withDkron(invocation, async (dkron) => {
          await listJobs(invocation, dkron, filter, flags.times === true);
          await noteUnfinishedThere(invocation, dkron);
        });
      },
    );
}

async function listJobs(
  invocation: Invocation,
  dkron: Dkron,
  filter: string,
  isTimed: boolean,
): Promise<void> {
  const { io, json, target } = invocation;
  // Only these tell who is late, and only those ask.
  const isTold = !json || isTimed || filter.includes('status:');
  const { jobs, standings, times } = await jobsMatching(
    dkron,
    filter,
    io.signal,
    isTold ? oversightOf(invocation) : null,
    isTimed,
  );
  if (isTimed) {
    const found = jobs.map(({ job }) => job);
    return printTimes(invocation, found, { standings, times });
  }
  if (json) {
    printJsonText(io, `[${jobs.map(({ text }) => text).join(',')}]`);
    return;
  }
  const found = jobs.map(({ job }) => job);
  printJobs(io, found, { standings, times, serverZone: target.serverZone });
}

interface Around {
  readonly standings: Standings;
  readonly times?: KnownTimes;
  readonly serverZone: string;
}

/** The table of the console's jobs; next runs count from now. */
export function printJobs(io: Io, jobs: readonly Job[], around: Around): void {
  const { standings, serverZone, times } = around;
  const now = Date.now();
  const rows = jobs.map((job) => {
    const standing = standingOf(standings, job.name);
    return rowOf(job, standing, nextOf(job, now, serverZone), now, 0, times?.get(job.name));
  });
  const isTimed = rows.some((row) => row.times !== undefined);
  printTable(io, isTimed ? columns : columns.filter(({ id }) => id !== 'times'), rows);
}

/** The jobs that a filter lets through, and how all of them stand; without `oversight` only whether they run. */
export async function jobsMatching(
  dkron: Dkron,
  filter: string,
  signal: AbortSignal,
  oversight: Oversight | null,
  isTimed = false,
): Promise<StandingNow & { readonly jobs: readonly JobText[] }> {
  const holds = checkedFilter(filter);
  const listed = Array.fromAsync(dkron.jobs({ signal }));
  const [found, { standings, times }] = await Promise.all([
    listed,
    oversight === null
      ? busyNow(dkron, signal).then((busy) => ({ standings: runningNow(busy), times: new Map() }))
      : standingsNow(dkron, listed, oversight, signal, isTimed || asksHowLong(filter)),
  ]);
  return {
    jobs: found.filter(({ job }) => holds(job, standingOf(standings, job.name))),
    standings,
    times,
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
