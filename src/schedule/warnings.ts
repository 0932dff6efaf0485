import { type ClockEffects, clockEffects } from './clock-change.ts';
import { durationText } from './go-duration.ts';
import { type Instant, nanosPerSecond, rfc3339FromInstant, secondsFromInstant } from './instant.ts';
import { nextRun } from './next.ts';
import { parseSchedule, type ScheduleContext } from './parse.ts';
import { printFields, valuesOf } from './print.ts';
import type { FieldSchedule, Schedule } from './schedule.ts';

/** Something Dkron accepts that may not be what was meant. */
export interface Warning {
  readonly code: WarningCode;
  readonly text: string;
}

export type WarningCode =
  | 'never'
  | 'zone-ignored'
  | 'either-day'
  | 'every-truncated'
  | 'every-raised'
  | 'phase'
  | 'past'
  | 'tilde-spaces'
  | 'tilde-step'
  | 'runs-twice'
  | 'clock-skips'
  | 'clock-twice'
  | 'clock-loses'
  | 'clock-strays';

interface Looked {
  readonly spec: string;
  readonly effective: string;
  readonly schedule: Schedule;
  readonly context: ScheduleContext;
  readonly clocks: ClockEffects;
  readonly now: Instant;
}

/** One kind of warning: its text where the schedule deserves it. */
type Look = (looked: Looked) => string | undefined;

/** What to say about a schedule that Dkron accepts, `now` being the moment it would be saved. */
export function warningsOf(spec: string, context: ScheduleContext, now: Instant): Warning[] {
  const parsed = parseSchedule(spec, context);
  if (!parsed.valid) return [];
  const { schedule, effective } = parsed;
  const clocks =
    schedule.kind === 'fields' ? clockEffects(schedule, secondsFromInstant(now)) : noEffects;
  return Object.entries(looks).flatMap(([code, look]) => {
    const text = look({ spec, effective, schedule, clocks, context, now });
    return text === undefined ? [] : [{ code: code as WarningCode, text }];
  });
}

const noEffects: ClockEffects = { skipped: [], twice: [], lost: [], stray: [] };

const looks: Record<WarningCode, Look> = {
  never: ({ schedule, now }) => {
    if (schedule.kind !== 'fields' || nextRun(schedule, now) !== null) return undefined;
    return emptyField(schedule.fields)
      ? 'it never fires, and each time Dkron looks for the next run it spends seconds of CPU on every server'
      : 'it never fires: no day within the next five years matches it';
  },

  'zone-ignored': ({ effective, schedule, context: { timezone = '' } }) => {
    if (timezone === '' || schedule.kind === 'manually') return undefined;
    const ignored = `the job's time zone ${timezone} has no effect`;
    if (schedule.kind === 'every') return `${ignored}: an interval has no time of day`;
    if (schedule.kind !== 'fields') return `${ignored}: the time brings its own offset`;
    if (/^(CRON_)?TZ=/.test(effective))
      return schedule.zone === timezone
        ? undefined
        : `${ignored}: the schedule names ${schedule.zone}`;
    if (schedule.descriptor === undefined) return undefined;
    const instead = printFields(schedule.fields);
    return `${ignored}: ${effective} runs by the server's clock; write ${instead} instead`;
  },

  'either-day': ({ schedule }) => {
    if (schedule.kind !== 'fields') return undefined;
    const { dom, dow } = schedule.fields;
    if (dom.star || dow.star || !dom.allows.includes(true) || !dow.allows.includes(true))
      return undefined;
    return 'day of month and day of week are both restricted: it runs on a day that matches either of them, not only where both do';
  },

  'every-truncated': ({ schedule }) => {
    if (schedule.kind !== 'every' || schedule.asked < nanosPerSecond) return undefined;
    return schedule.asked % nanosPerSecond === 0n
      ? undefined
      : `Dkron drops fractions of a second: it runs every ${durationText(schedule.interval)}`;
  },

  'every-raised': ({ schedule }) =>
    schedule.kind === 'every' && schedule.asked < nanosPerSecond
      ? 'Dkron runs nothing more often than once a second: it runs every 1s'
      : undefined,

  phase: ({ schedule }) =>
    schedule.kind === 'every' && schedule.interval > 1
      ? 'the interval is counted anew from each save of the job, each restart of Dkron and each change of leader'
      : undefined,

  past: ({ schedule, now }) => {
    if (schedule.kind !== 'at' && schedule.kind !== 'after') return undefined;
    return nextRun(schedule, now) === null
      ? `it never fires: ${rfc3339FromInstant(schedule.at)} is past`
      : undefined;
  },

  'tilde-spaces': ({ spec, effective }) =>
    spec !== effective && / {2}|^ |\t/.test(spec.replace(/^(CRON_)?TZ=[^ ]* /, ''))
      ? `spaces beyond the single ones between fields change what ~ becomes: ${effective}`
      : undefined,

  'tilde-step': ({ spec, effective }) =>
    spec !== effective && /~\/\d/.test(spec)
      ? `~ with a step is a start, not a spread: ${effective} begins at the number that ~ became and does not wrap around`
      : undefined,

  'runs-twice': ({ schedule, now }) =>
    schedule.kind === 'after' && schedule.grace >= 0n && schedule.at > now
      ? 'it runs twice: Dkron starts it at its time, and once more at once for the grace'
      : undefined,

  'clock-skips': clockLook(
    ({ skipped }) => skipped,
    (first) => `clocks go forward: ${first} does not exist, and Dkron skips it`,
  ),
  'clock-twice': clockLook(
    ({ twice }) => twice,
    (first) => `clocks go back: ${first} comes twice, and Dkron runs both times`,
  ),
  'clock-loses': clockLook(
    ({ lost }) => lost,
    (first) => `the day the clocks change, Dkron loses ${first}, which it should run`,
  ),
  'clock-strays': clockLook(
    ({ stray }) => stray,
    (first) =>
      `the day the clocks change, Dkron runs at ${first}, which the schedule does not ask for`,
  ),
};

/** A warning about the changes of the clocks within a year, naming the first time it concerns. */
function clockLook(
  times: (effects: ClockEffects) => readonly string[],
  sentence: (first: string) => string,
): Look {
  return ({ schedule, clocks }) => {
    const [first, ...more] = times(clocks);
    if (first === undefined || schedule.kind !== 'fields') return undefined;
    const others = more.length === 0 ? '' : ` (and ${more.length} more within a year)`;
    return `${schedule.zone}, ${sentence(first)}${others}`;
  };
}

const emptyField = ({ second, minute, hour, month }: FieldSchedule['fields']): boolean =>
  [second, minute, hour, month].some((field) => valuesOf(field).length === 0);
