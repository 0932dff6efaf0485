import type { Command } from 'commander';
import { UsageError } from '../base/errors.ts';
import { plain, quiet } from '../console/line.ts';
import { shortSpan } from '../console/short.ts';
import type { Dkron } from '../dkron/client.ts';
import { writeJob } from '../dkron/write.ts';
import type { Job } from '../job/job.ts';
import { openJournal } from '../restore/journal.ts';
import {
  describe,
  type Instant,
  instantFromMillis,
  millisFromInstant,
  nextRuns,
  type ParsedSchedule,
  parseSchedule,
  rfc3339FromInstant,
  type Schedule,
  type ScheduleContext,
  zoneOf,
} from '../schedule/index.ts';
import { confirm } from './confirm.ts';
import { withDkron } from './connect.ts';

import { type Column, printJson, printLines, printTable } from './output.ts';
import { type Session, sessionOf } from './session.ts';

interface Flags {
  readonly timezone?: string;
  readonly yes?: boolean;
}

export function registerSetScheduleCommand(program: Command): void {
  program
    .command('set-schedule')
    .description('give a job another schedule, after showing when it will run')
    .argument('<name>', 'name of the job')
    .argument('<spec>', 'the schedule, as Dkron writes it')
    .option('--timezone <zone>', "the job's time zone; '' takes it away")
    .option('--yes', 'do not ask')
    .action(async (name: string, spec: string, flags: Flags, command: Command) => {
      const session = sessionOf(command);
      await withDkron(session, (dkron) => setSchedule(session, dkron, name, spec, flags));
    });
}

async function setSchedule(
  session: Session,
  dkron: Dkron,
  name: string,
  schedule: string,
  flags: Flags,
): Promise<void> {
  const { io, json, readOnly, serverZone } = session;
  const { signal } = io;
  const [job, server] = await Promise.all([dkron.job(name, { signal }), dkron.server({ signal })]);
  const seen = job.value.job;
  const wanted = { ...seen, schedule, timezone: flags.timezone ?? seen.timezone };
  const now = instantFromMillis(Date.now());
  const place = { serverTimezone: serverZone, version: server.value.version };
  const [before, after] = [preview(seen, place, now), preview(wanted, place, now)];
  checkValid(before, after);
  if (schedule !== seen.schedule || wanted.timezone !== seen.timezone) {
    if (!json) printPlan(session, before, after, now);
    const question = `Write the new schedule of ${name} to ${dkron.url}?`;
    await confirm(session, question, flags.yes === true);
  }
  const journal = openJournal(io.places.journal(dkron.url));
  const options = { journal, readOnly, signal };
  const result = await writeJob(dkron, { seen, wanted }, options);
  if (result.outcome !== 'written' && result.outcome !== 'same') throw result.error;
  if (json) printJson(io, { outcome: result.outcome, name, ...summary(after) });
  else printLines(io, [[plain(verdicts[result.outcome])]]);
}

/** Refuses here what the server would refuse, in its words. */
function checkValid(before: Preview, { parsed }: Preview): void {
  if (parsed.valid) return;
  throw new UsageError(parsed.error, {
    data: `nothing was sent; ${before.job.name} keeps ${before.job.schedule}`,
    next: "'dkron-tui schedule next' shows what a schedule does",
  });
}

const verdicts = {
  written: 'written and verified',
  same: 'nothing to write: the server has it so already',
};

interface Preview {
  readonly job: Job;
  readonly parsed: ParsedSchedule;
  readonly words: string;
  readonly next: readonly Instant[];
}

const shown = 5;

function preview(job: Job, place: ScheduleContext, now: Instant): Preview {
  const context: ScheduleContext = {
    name: job.name,
    timezone: job.timezone,
    hasParent: job.parent_job !== '',
    ...place,
  };
  const parsed = parseSchedule(job.schedule, context);
  return {
    job,
    parsed,
    words: describe(job.schedule, context),
    next: parsed.valid ? nextRuns(parsed.schedule, now, shown) : [],
  };
}

const summary = ({ job: { schedule, timezone }, next }: Preview) => ({
  schedule,
  timezone,
  next: next.map((run) => rfc3339FromInstant(run)),
});

/** Both schedules side by side: as written, in words, and their next runs. */
function printPlan(
  { io, serverZone }: Session,
  before: Preview,
  after: Preview,
  now: Instant,
): void {
  const zoneText = ({ timezone }: Job): string =>
    timezone || `the server's (taken as ${serverZone})`;
  const lines = [
    ['schedule', before.job.schedule, after.job.schedule],
    ['zone', zoneText(before.job), zoneText(after.job)],
    ['in words', before.words, after.words],
    ...Array.from({ length: shown }, (_, at) => [
      at === 0 ? 'next runs' : '',
      runText(before, at, now),
      runText(after, at, now),
    ]),
  ];
  printTable(io, planColumns(after.job.name), lines);
}

const planColumns = (name: string): Column<string[]>[] => [
  { title: name, cell: ([label = '']) => quiet(label) },
  { title: 'NOW', cell: ([, before = '']) => plain(before) },
  { title: 'NEW', cell: ([, , after = '']) => plain(after) },
];

function runText({ parsed, next }: Preview, at: number, now: Instant): string {
  if (!parsed.valid || next.length === 0) return at === 0 ? 'never by the clock' : '';
  const run = next[at];
  if (run === undefined) return '';
  const away = shortSpan(millisFromInstant(run) - millisFromInstant(now));
  return `${rfc3339FromInstant(run, offsetAt(parsed.schedule, run))} in ${away}`;
}

const offsetAt = (schedule: Schedule, run: Instant): number =>
  schedule.kind === 'fields'
    ? zoneOf(schedule.zone).offsetAt(Math.floor(millisFromInstant(run) / 1000))
    : 0;
