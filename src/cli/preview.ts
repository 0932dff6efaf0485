/** A job's schedule as people read it: what it means, and when it runs next. */

import type { Job } from '../job/job.ts';
import { type Clock, upcoming } from '../job/upcoming.ts';
import {
  describe,
  type Instant,
  instantFromMillis,
  millisFromInstant,
  type ParsedSchedule,
  parseSchedule,
  rfc3339FromInstant,
  type Schedule,
  type ScheduleContext,
  zoneOf,
} from '../schedule/index.ts';
import { plain, quiet } from '../view/line.ts';
import { shortSpan } from '../view/short.ts';
import type { Invocation } from './invocation.ts';
import { printTable } from './output.ts';

export interface Preview {
  readonly job: Job;
  readonly parsed: ParsedSchedule;
  readonly words: string;
  readonly next: readonly Instant[];
}

/** Next runs that programs are told of, and that people are shown. */
const known = 5;
const shown = 3;

/** Of a job as it is `there`, or as it would be saved now. */
export function preview(job: Job, clock: Clock, there = false): Preview {
  const context: ScheduleContext = {
    name: job.name,
    timezone: job.timezone,
    hasParent: job.parent_job !== '',
    serverTimezone: clock.serverZone,
    ...(clock.version !== undefined && { version: clock.version }),
  };
  const parsed = parseSchedule(job.schedule, context);
  return {
    job,
    parsed,
    words: describe(job.schedule, context),
    next: upcoming(job, clock, known, there).runs.map(instantFromMillis),
  };
}

/** What was written and when it runs, for programs. */
export const previewJson = ({ job: { schedule, timezone }, next }: Preview) => ({
  schedule,
  timezone,
  next: next.map((run) => rfc3339FromInstant(run)),
});

/** The schedule that is there, none for a new job, beside the one that is to be, where they differ. */
export function printPreviews(
  { io, target: { serverZone } }: Invocation,
  before: Preview | null,
  after: Preview,
  now: number,
): void {
  const zone = ({ timezone }: Job): string => timezone || `the server's (assumed: ${serverZone})`;
  const row = (label: string, text: (preview: Preview) => string): string[] => [
    label,
    text(after),
    before === null ? '' : text(before),
  ];
  const runs = Array.from({ length: shown }, (_, at) =>
    row(at === 0 ? 'next runs' : '', (preview) => runText(preview, at, now)),
  );
  const table = [
    row('schedule', ({ job }) => job.schedule),
    row('zone', ({ job }) => zone(job)),
    row('in words', ({ words }) => words),
    ...runs,
  ].filter(([name, wanted, there]) => wanted !== there || name === 'next runs');
  const label = { title: '', cell: ([text = '']: string[]) => quiet(` ${text}`) };
  const there = { title: 'NOW', cell: ([, , text = '']: string[]) => plain(text) };
  const wanted = { title: 'NEW', cell: ([, text = '']: string[]) => plain(text) };
  printTable(io, before === null ? [label, wanted] : [label, there, wanted], table);
}

function runText({ job, parsed, next }: Preview, at: number, now: number): string {
  if (at === 0 && job.parent_job !== '') return `after ${job.parent_job}`;
  if (at === 0 && job.disabled) return 'none while it is disabled';
  if (!parsed.valid || next.length === 0) return at === 0 ? 'no scheduled runs' : '';
  const run = next[at];
  if (run === undefined) return '';
  const away = shortSpan(millisFromInstant(run) - now);
  return `${rfc3339FromInstant(run, offsetAt(parsed.schedule, run))} in ${away}`;
}

/** Seconds east of UTC of the clock that a schedule runs by. */
export const offsetAt = (schedule: Schedule, run: Instant): number =>
  schedule.kind === 'fields'
    ? zoneOf(schedule.zone).offsetAt(Math.floor(millisFromInstant(run) / 1000))
    : 0;
