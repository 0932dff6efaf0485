import { CronExpressionParser } from 'cron-parser';
import { agenda, instantFromMillis, nextRuns, parseSchedule } from '../src/schedule/index.ts';
import { nameOf } from './jobs.ts';
import { median, takeTurns, timed } from './measure.ts';
import type { Row } from './report.ts';

const zones = ['', 'Europe/Paris', 'America/New_York', 'UTC', 'Asia/Kolkata'];

/** A thousand different schedules that cron-parser can read too. */
const specs = Array.from({ length: 1_000 }, (_, at) => ({
  schedule: `${at % 60} */${(at % 29) + 1} ${at % 12}-${(at % 12) + 11} * ${(at % 12) + 1} MON-FRI`,
  timezone: zones[at % zones.length]!,
}));

const now = Date.now();
const shown = 5;

/** Reading a schedule and finding its next five runs, as the editor does at every key. */
export async function measurePreviews(): Promise<Row[]> {
  const took = await takeTurns(5, {
    ours: () => timed(() => specs.forEach(preview)),
    theirs: () => timed(() => specs.forEach(cronParserPreview)),
  });
  return [
    {
      measure: '1000 schedule previews',
      unit: 'ms',
      ours: took.ours,
      against: { what: 'cron-parser', value: took.theirs },
      by: 'times',
    },
  ];
}

function preview({ schedule, timezone }: (typeof specs)[number]): void {
  const parsed = parseSchedule(schedule, { name: 'bench', timezone });
  if (!parsed.valid) throw new Error(`${schedule}: ${parsed.error}`);
  nextRuns(parsed.schedule, instantFromMillis(now), shown);
}

function cronParserPreview({ schedule, timezone }: (typeof specs)[number]): void {
  const cron = CronExpressionParser.parse(schedule, {
    currentDate: new Date(now),
    tz: timezone || 'UTC',
  });
  for (let run = 0; run < shown; run++) cron.next();
}

const hour = 3_600_000;

/** What runs when, over 10 000 jobs and a whole day. */
export async function measureAgenda(): Promise<Row[]> {
  const jobs = Array.from({ length: 10_000 }, (_, at) => ({
    ...specs[at % specs.length]!,
    name: nameOf(at),
    disabled: false,
    parent_job: '',
    next: new Date(now + hour).toISOString(),
    last_success: null,
    last_error: null,
  }));
  const stretch = { from: instantFromMillis(now), to: instantFromMillis(now + 24 * hour) };
  const took: number[] = [];
  for (let round = 0; round < 5; round++) took.push(await timed(() => agenda(jobs, stretch)));
  const measure = 'agenda of 10000 jobs over 24 hours';
  return [{ measure, unit: 'ms', ours: median(took), aim: { most: 2_000 } }];
}
