import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { Refused, UsageError } from '../base/errors.ts';
import { typedSecrets } from '../base/userinfo.ts';
import { findingWords } from '../job/lint/finding.ts';
import { scheduleFindings } from '../job/lint/schedule.ts';
import {
  describe,
  type Imported,
  type Instant,
  importCrontab,
  instantFromMillis,
  millisFromInstant,
  nextRuns,
  type Origin,
  origins,
  parseSchedule,
  rateOf,
  rateText,
  rfc3339FromInstant,
  type Schedule,
  wordsOf,
  zoneOf,
} from '../schedule/index.ts';
import { levelTones } from '../view/findings.ts';
import { type Line, plain, quiet, toned } from '../view/line.ts';
import { stampedeJson } from '../view/stampede.ts';
import { endWith, type Invocation, invocationOf } from './invocation.ts';
import { joinLines } from './joins.ts';
import { type Column, printJson, printLines, printNote, printTable } from './output.ts';
import { among } from './schedule-among.ts';
import {
  answer,
  instantOption,
  readCases,
  type ScheduleCase,
  serverZoneOption,
} from './schedule-answer.ts';

interface NextFlags {
  readonly name: string;
  readonly timezone: string;
  readonly from?: string;
  readonly count: number;
  readonly serverTimezone?: string;
  readonly dkron?: string;
  readonly batch?: string;
  readonly among?: boolean;
}

/**
 * `schedule next` and `schedule import`: what Dkron makes of a schedule. A server is asked only for
 * `--among`.
 */
export function register(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('check a schedule as Dkron reads it, without a server');
  schedule
    .command('next')
    .description('show when Dkron will run a schedule, or why it refuses it')
    .argument('[spec...]', 'the schedule; write -- before it if it begins with a dash')
    .option('--name <name>', "the job's name, from which Dkron computes ~", '')
    .option('--timezone <zone>', "the job's time zone", '')
    .option('--from <time>', 'runs after this time, RFC 3339 (now)')
    .option('--count <n>', 'how many runs', wholeNumber, 5)
    .option('--server-timezone <zone>', "the server's own zone (UTC)")
    .option('--dkron <version>', "the server's version (the newest)")
    .option('--among', 'tell with which jobs of the server it would start, and where fewer do')
    .option('--batch <file>', 'answer a JSON array of cases with a JSON array')
    .action((words: string[], flags: NextFlags, command: Command) =>
      next(invocationOf(command), words, flags),
    );
  schedule
    .command('import')
    .description('convert a schedule of another cron to Dkron')
    .argument('<spec...>', 'a schedule or a line of a crontab')
    .addOption(
      new Option(
        '--from <cron>',
        'which cron it is from, if crons read it in different ways',
      ).choices(origins),
    )
    .action((words: string[], { from }: { from?: Origin }, command: Command) =>
      importSchedule(command, words.join(' '), from),
    );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

async function next(
  invocation: Invocation,
  words: readonly string[],
  flags: NextFlags,
): Promise<void> {
  const now = instantFromMillis(Date.now());
  if (flags.batch !== undefined) {
    if (flags.among)
      throw new UsageError('--batch asks no server: it does not go with --among', { next: usage });
    const cases = await readCases(invocation.io, flags.batch, now);
    const version = flags.dkron === undefined ? {} : { version: flags.dkron };
    printJson(
      invocation.io,
      cases.map((each) => answer({ ...each, ...version })),
    );
    return;
  }
  if (words.length === 0) throw new UsageError('no schedule was given', { next: usage });
  // Its answer repeats the schedule.
  if (typedSecrets(words.join(' ')).length > 0)
    throw new UsageError('this is an address, not a schedule', { next: usage });
  const given: ScheduleCase = {
    schedule: words.join(' '),
    name: flags.name,
    timezone: flags.timezone,
    from: flags.from === undefined ? now : instantOption('--from', flags.from),
    count: flags.count,
    ...(flags.serverTimezone === undefined
      ? {}
      : { serverTimezone: serverZoneOption('--server-timezone', flags.serverTimezone) }),
    ...(flags.dkron === undefined ? {} : { version: flags.dkron }),
  };
  const { asked, stampede } = flags.among
    ? await among(invocation, given)
    : { asked: given, stampede: null };
  if (invocation.json)
    printJson(invocation.io, {
      ...answer(asked),
      ...(stampede && { joins: stampedeJson(stampede) }),
    });
  else printLines(invocation.io, [...explain(asked), ...joinLines(stampede)]);
}

const usage =
  "for example: dkron-tui schedule next --timezone Europe/Paris -- '0 0 12 * * MON-FRI'";

/** The answer for people: in words, how often, the runs with their offsets, what to beware of. */
function explain({ schedule: spec, from, count, ...context }: ScheduleCase): Line[] {
  const parsed = parseSchedule(spec, context);
  const findings = scheduleFindings(spec, context, from);
  const [first] = findings;
  if (!parsed.valid)
    throw new Refused(first === undefined ? parsed.error : findingWords(first), {
      next: "'dkron-tui schedule import' reads schedules of other crons",
      findings,
    });
  const { schedule, effective } = parsed;
  const rate = rateText(rateOf(schedule, from));
  const runs = nextRuns(schedule, from, count).map((run) => [plain(`  ${runText(schedule, run)}`)]);
  return [
    [plain(wordsOf(schedule)), quiet(`   ${rate}`)],
    ...(effective === spec ? [] : [[quiet(`Dkron uses: ${effective}`)]]),
    ...(runs.length === 0 ? [[plain('  it has no scheduled runs')]] : runs),
    ...assumption(schedule, context.serverTimezone ?? 'UTC'),
    ...findings.map((found) => [
      toned(`${found.level}: ${findingWords(found)}`, levelTones[found.level]),
    ]),
  ];
}

const assumption = (schedule: Schedule, serverZone: string): Line[] =>
  schedule.kind === 'fields' && schedule.zoneFrom === 'server'
    ? [[quiet(`the server's own zone is assumed to be ${serverZone}`)]]
    : [];

/** `Sun 2026-03-29 03:00:00 +02:00` would hide which 02:30 is meant without its offset. */
function runText(schedule: Schedule, run: Instant): string {
  const zone = zoneOf(schedule.kind === 'fields' ? schedule.zone : 'UTC');
  return rfc3339FromInstant(run, zone.offsetAt(Math.floor(millisFromInstant(run) / 1000)));
}

async function importSchedule(command: Command, text: string, from?: Origin): Promise<void> {
  const { io, json } = invocationOf(command);
  const imported = importCrontab(text, instantFromMillis(Date.now()), from);
  if (imported.kind === 'choice') endWith(command, 'usage');
  if (json && imported.kind === 'none') endWith(command, 'refused');
  if (json) return printJson(io, imported);
  if (imported.kind === 'none')
    throw new Refused(imported.reason, { data: 'no Dkron schedule was found that does the same' });
  if (imported.kind === 'choice') {
    printTable(io, readingColumns, imported.readings);
    return printNote(io, 'crons read it in different ways: say with --from which cron it is from');
  }
  const notes =
    imported.kind === 'offer'
      ? [...imported.changes, comparedText(imported.compared)]
      : ['Dkron accepts it unchanged'];
  printLines(io, [[plain(imported.schedule)], ...notes.map((note) => [quiet(note)])]);
}

const comparedText = (runs: number): string =>
  runs === 0
    ? 'it never runs: no day in the coming years matches'
    : `${runs} runs of both were compared and are the same`;

type ReadingOf = Extract<Imported, { kind: 'choice' }>['readings'][number];

const readingColumns: Column<ReadingOf>[] = [
  { title: '--from', cell: ({ from }) => plain(from) },
  { title: 'SCHEDULE', cell: ({ schedule }) => plain(schedule) },
  { title: 'RUNS', cell: ({ schedule }) => quiet(describe(schedule)) },
];
