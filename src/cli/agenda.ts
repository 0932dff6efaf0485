import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { andMore, counted } from '../base/counted.ts';
import type { Dkron } from '../dkron/client.ts';
import { hostOf } from '../job/host.ts';
import {
  type Agenda,
  agenda,
  type BusyHost,
  type BusyMinute,
  type Instant,
  instantFromMillis,
  instantFromSeconds,
  millisFromInstant,
  parseGoDuration,
  rfc3339FromInstant,
  zoneOf,
} from '../schedule/index.ts';
import { type Line, plain, quiet } from '../view/line.ts';
import { rfc3339 } from '../view/short.ts';
import { dayOfHours, firingJobs, hourOfMinutes, mostTo, quarters, stripOf } from '../view/strip.ts';
import { withDkron } from './connect.ts';
import { type Invocation, invocationOf, zoneFor } from './invocation.ts';
import { filterHelp, filterWords, jobsMatching } from './jobs.ts';
import { type Column, printJson, printLines, printTable } from './output.ts';
import { oversightOf } from './oversight.ts';
import { instantOption } from './schedule-answer.ts';
import { filterOf, viewOption } from './view.ts';

interface Flags {
  readonly from?: string;
  readonly for?: bigint;
  readonly busiest: number;
  readonly view?: string;
}

const nanosPerHour = 3_600_000_000_000n;
/** Every pattern of schedules takes a byte a minute while it is worked out. */
const longest = 31n * 24n * nanosPerHour;

/** `agenda`: what runs when, the headless twin of the console's agenda. */
export function register(program: Command): void {
  program
    .command('agenda')
    .description('show when jobs will run: runs per minute, the busiest minutes and hosts')
    .argument('[filter...]', filterWords)
    .option(...viewOption)
    .option('--from <time>', 'where to start, RFC 3339 (now)')
    .option('--for <duration>', 'how far to look ahead, for example 90m (24h)', duration)
    .option('--busiest <n>', 'how many of the busiest minutes to show (10)', wholeNumber, 10)
    .addHelpText('after', filterHelp)
    .action(async (words: string[], flags: Flags, command: Command) => {
      const invocation = invocationOf(command);
      const now = instantFromMillis(Date.now());
      const from = flags.from === undefined ? now : instantOption('--from', flags.from);
      const filter = filterOf(invocation.target, words, flags.view);
      await withDkron(invocation, (dkron) =>
        tell(invocation, dkron, filter, { ...flags, from, now }),
      );
    });
}

function duration(text: string): bigint {
  const parsed = parseGoDuration(text);
  if ('error' in parsed || parsed.nanos <= 0n)
    throw new InvalidArgumentError('It must be a duration such as 90m, 24h or 1h30m.');
  if (parsed.nanos > longest)
    throw new InvalidArgumentError(`It must be ${longest / nanosPerHour}h at most.`);
  return parsed.nanos;
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

interface Asked extends Omit<Flags, 'from'> {
  readonly from: Instant;
  readonly now: Instant;
}

async function tell(
  invocation: Invocation,
  dkron: Dkron,
  filter: string,
  { from, for: length = 24n * nanosPerHour, busiest, now }: Asked,
): Promise<void> {
  const { io, json } = invocation;
  const { serverZone } = invocation.target;
  const zone = zoneFor(invocation);
  const [{ jobs }, server] = await Promise.all([
    jobsMatching(dkron, filter, io.signal, oversightOf(invocation)),
    dkron.server({ signal: io.signal }),
  ]);
  const to = from + length;
  const { version } = server.value;
  const found = agenda(
    jobs.map(({ job }) => job),
    { from, to, now, serverTimezone: serverZone, version },
    { busiest, hostOf },
  );
  if (json) return printJson(io, asJson(found, { from, to, serverZone }));
  const what = `${counted(found.total, 'run')} of ${counted(jobs.length)}`;
  printLines(io, [
    [plain(`${timeIn(from, zone)} to ${timeIn(to, zone)}  ${what}`)],
    [quiet(`times in ${zone}; the server's own zone is assumed to be ${serverZone}`)],
    [plain('')],
    ...strip(found, length, zone),
  ]);
  if (found.busiest.length === 0) return;
  printLines(io, [[plain('')]]);
  printTable(io, peakColumns(zone, found.hosts.length > 0), found.busiest);
  if (found.hosts.length === 0) return;
  printLines(io, [[plain('')]]);
  printTable(io, hostColumns(zone), found.hosts.slice(0, busiest));
}

interface Frame {
  readonly from: Instant;
  readonly to: Instant;
  readonly serverZone: string;
}

/** Times are RFC 3339 in UTC; of the minutes only those with firings are there. */
const asJson = (found: Agenda, { from, to, serverZone }: Frame) => ({
  from: rfc3339FromInstant(from),
  to: rfc3339FromInstant(to),
  serverZone,
  total: found.total,
  minutes: [...found.firings].flatMap((firings, at) =>
    firings === 0 ? [] : [{ minute: minuteAt(found, at), firings }],
  ),
  busiest: found.busiest.map(({ minute, ...rest }) => ({
    minute: rfc3339FromInstant(minute),
    ...rest,
  })),
  hosts: found.hosts.map(({ second, ...rest }) => ({
    ...rest,
    second: rfc3339FromInstant(second),
  })),
  next: Object.fromEntries([...found.next].map(([name, run]) => [name, rfc3339FromInstant(run)])),
});

const minuteAt = ({ start }: Agenda, index: number): string =>
  rfc3339FromInstant(start + instantFromSeconds(index * 60));

/** An hour a line, minute by minute; beyond two days a day a line, hour by hour. */
function strip(found: Agenda, length: bigint, zone: string): Line[] {
  const hours = length <= 48n * nanosPerHour;
  const head = hours ? [[quiet(`${' '.repeat(13)}${quarters}`)]] : [];
  const rows = stripOf(found, hours ? hourOfMinutes : dayOfHours, zone);
  const label = (at: number): string => {
    // Where clocks change within a day the middle of its row is still on that day.
    const [date = '', clock = ''] = rfc3339(hours ? at : at + 12 * 3_600_000, zone).split('T');
    return hours ? `${date.slice(5)} ${clock.slice(0, 5)}` : date;
  };
  return [
    ...head,
    ...rows.map(({ at, bars, total }) => [quiet(`${label(at)}  `), ...bars, plain(`  ${total}`)]),
  ];
}

const mostNames = 10;

const timeIn = (at: Instant, zone: string): string =>
  rfc3339FromInstant(at, zoneOf(zone).offsetAt(Math.floor(millisFromInstant(at) / 1_000)));

const hostColumn: Column<BusyMinute> = {
  title: 'AT ONCE TO',
  cell: ({ host }) => plain(mostTo(host)),
};

const peakColumns = (zone: string, hasHosts: boolean): Column<BusyMinute>[] => [
  { title: 'BUSIEST', cell: ({ minute }) => plain(timeIn(minute, zone)) },
  { title: 'RUNS', align: 'right', cell: ({ firings }) => plain(String(firings)) },
  { title: 'AT ONCE', align: 'right', cell: ({ atOnce }) => plain(String(atOnce)) },
  ...(hasHosts ? [hostColumn] : []),
  { title: 'JOBS', cell: (peak) => plain(andMore(firingJobs(peak), mostNames)) },
];

const hostColumns = (zone: string): Column<BusyHost>[] => [
  { title: 'HOST', cell: ({ host }) => plain(host) },
  { title: 'AT ONCE', align: 'right', cell: ({ atOnce }) => plain(String(atOnce)) },
  { title: 'IN THE SECOND', cell: ({ second }) => plain(timeIn(second, zone)) },
  { title: 'RUNS', align: 'right', cell: ({ firings }) => plain(String(firings)) },
];
