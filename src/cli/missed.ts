import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { OperatorError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { standingOf } from '../job/status.ts';
import { closed, joined, keptOf, openMissed, sightingsOf } from '../oversight/kept.ts';
import { overseeOnce } from '../oversight/once.ts';
import { type Entry, reportOf } from '../oversight/report.ts';
import { isSure } from '../oversight/verdict.ts';
import { causeWords } from '../oversight/words.ts';
import { parseGoDuration } from '../schedule/index.ts';
import { statusSpan } from '../view/job-columns.ts';
import { bold, plain, quiet, type Span } from '../view/line.ts';
import { rfc3339, shortSpan } from '../view/short.ts';
import type { Reached } from './cluster.ts';
import { reach } from './cluster.ts';
import { withDkron } from './connect.ts';
import { endWith, invocationOf, zoneFor } from './invocation.ts';
import { checkedFilter, filterHelp, filterWords } from './jobs.ts';
import { type Column, printJson, printNote, printTable } from './output.ts';
import { filterOf, viewOption } from './view.ts';

interface Flags {
  readonly since: number;
  readonly view?: string;
}

/** `missed`: the headless twin of the console's screen of what did not run. */
export function register(program: Command): void {
  program
    .command('missed')
    .description('list what should have run and did not, and why; exit code 3 when there is any')
    .argument('[filter...]', filterWords)
    .option(...viewOption)
    .option(
      '--since <duration>',
      'also what is over and was missed since, for example 90m (24h)',
      duration,
      86_400_000,
    )
    .addHelpText('after', help)
    .action(async (words: string[], flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      const filter = filterOf(invocation.target, words, flags.view);
      const found = await withDkron(invocation, async (dkron) =>
        tell(await reach(invocation, dkron, 'show'), dkron, filter, flags.since),
      );
      if (found.some(isSure)) endWith(command, 'differs');
    });
}

const help = `
late      it was due, and it did not run
stuck     a run of it has no end and nobody runs it, and it does not go on
nowhere   it was due, and no node took it
missed    it did not run when it was due; since then it runs again
overdue   it was due, but it may have been disabled then: no alarm, asked again it is known

Dkron forgets what was missed with the next run: what this machine saw of a cluster is kept for it, by
consoles that are open and by this command. A firing may come so much later as 'grace' of the context
says (1 minute).
Exit code 0: nothing, or what is overdue. 3: there is some. An error is never 3.
${filterHelp()}`;

function duration(text: string): number {
  const parsed = parseGoDuration(text);
  if ('error' in parsed || parsed.nanos < 0n)
    throw new InvalidArgumentError('It must be a duration such as 90m, 24h or 1h30m.');
  return Number(parsed.nanos / 1_000_000n);
}

/** Executions are costly: of so many suspects they are read. */
const suspects = 50;

async function tell(
  reached: Reached,
  dkron: Dkron,
  filter: string,
  since: number,
): Promise<readonly Entry[]> {
  const { io, target, here } = reached;
  const holds = checkedFilter(filter);
  const file = openMissed(here.places.missed);
  const kept = await file.read();
  const [overseen, asked] = await Promise.all([
    overseeOnce(dkron, Array.fromAsync(dkron.jobs({ signal: io.signal })), {
      grace: target.grace,
      serverZone: target.serverZone,
      sightings: async () => sightingsOf(kept),
      signal: io.signal,
      now: Date.now,
      suspects,
    }),
    dkron.server({ signal: io.signal }),
  ]);
  const { overseer, jobs, standings, now } = overseen;
  const { version } = asked.value;
  const troubles = overseer.troubles();
  const reader = { serverZone: target.serverZone, version };
  const over = closed(kept.missed, troubles, now);
  const more = keptOf(troubles, [...over, ...overseer.news()], jobs, now, reader);
  const { missed } = joined(kept, more, now);
  const found = reportOf(
    { troubles, missed, job: (name) => jobs.get(name) },
    { now, since: now - since, reader },
  ).filter(({ job: name, state }) => {
    const row = jobs.get(name);
    const { running } = standingOf(standings, name);
    return row === undefined ? filter === '' : holds(row, { running, trouble: state });
  });
  await file.keep(more, now).catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    if (!reached.json) printNote(io, `what was seen cannot be kept: ${error.message}`);
  });
  print(reached, found, { now, version });
  return found;
}

function print(
  reached: Reached,
  found: readonly Entry[],
  { now, version }: { readonly now: number; readonly version: string },
): void {
  const { io, json } = reached;
  if (json || found.length === 0) {
    if (json) printJson(io, found.map(asJson));
    else printNote(io, 'nothing is late, stuck or missed');
    return;
  }
  const zone = zoneFor(reached);
  const clock = (at: number): string => rfc3339(at, zone);
  const columns: readonly Column<Entry>[] = [
    { title: 'JOB', cell: ({ job }) => bold(job) },
    { title: 'STATE', cell: ({ state }) => statusSpan(state) },
    { title: 'DUE', cell: ({ at }) => plain(clock(at)) },
    { title: 'AGO', align: 'right', cell: ({ at }) => plain(at > now ? '–' : shortSpan(now - at)) },
    { title: 'FIRINGS', align: 'right', cell: ({ count }) => plain(String(count)) },
    { title: 'OVER', cell: overCell(clock) },
    { title: 'CAUSE', cell: ({ cause }) => quiet(causeWords(cause, clock, version)) },
  ];
  printTable(io, columns, found);
}

const overCell =
  (clock: (at: number) => string) =>
  ({ endedAt }: Entry): Span =>
    endedAt === null ? quiet('–') : plain(clock(endedAt));

const asJson = (entry: Entry) => ({
  ...entry,
  at: rfc3339(entry.at, 'UTC'),
  endedAt: entry.endedAt === null ? null : rfc3339(entry.endedAt, 'UTC'),
  sure: isSure(entry),
});
