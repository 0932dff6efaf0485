/** What is wrong with a schedule and its time zone. */
import { type ClockEffects, clockEffects } from '../../schedule/clock-change.ts';
import { durationText } from '../../schedule/go-duration.ts';
import {
  type Instant,
  importCrontab,
  nextRun,
  type ParsedSchedule,
  rfc3339FromInstant,
  runsAgain,
  type Schedule,
  type ScheduleContext,
  zoneError,
} from '../../schedule/index.ts';
import { nanosPerSecond, secondsFromInstant } from '../../schedule/instant.ts';
import { printFields, valuesOf } from '../../schedule/print.ts';
import type { FieldSchedule } from '../../schedule/schedule.ts';
import { error, type Finding, note, type ScheduleRule, warning } from './finding.ts';
import { parsedOnce } from './parsed.ts';

/**
 * What Dkron would refuse in a job's schedule and time zone, in its own words, or what it takes though
 * it may not be meant; `now` is the moment at which it would be saved.
 */
export function scheduleFindings(
  spec: string,
  context: ScheduleContext,
  now: Instant,
): readonly Finding[] {
  const { name, timezone, serverTimezone, version, hasParent } = context;
  const named = spec.includes('~') ? name : '';
  const key = JSON.stringify([spec, named, timezone, serverTimezone, version, hasParent]);
  if (known.now !== now || known.findings.size >= mostKnown) known = { now, findings: new Map() };
  const findings = known.findings.get(key) ?? findingsOf(spec, context, now);
  known.findings.set(key, findings);
  return findings;
}

/** What was found at one moment: many jobs of a plan have the same schedule. */
let known = { now: 0n, findings: new Map<string, readonly Finding[]>() };
const mostKnown = 10_000;

function findingsOf(spec: string, context: ScheduleContext, now: Instant): Finding[] {
  const parsed = parsedOnce(spec, context);
  const badZone = zoneError(context.timezone ?? '');
  return [
    ...refusalOf(spec, parsed, now),
    ...(badZone === undefined ? [] : [error('zone', 'timezone', badZone)]),
    ...(parsed.valid ? warningsOf(spec, context, parsed, now) : []),
  ];
}

/** Without a place in the schedule it is the time zone that is wrong, which has its own check. */
function refusalOf(spec: string, parsed: ParsedSchedule, now: Instant): Finding[] {
  if (parsed.valid || !parsed.where) return [];
  return [error('schedule', 'schedule', parsed.error, offerOf(spec, now))];
}

const offers = new Map<string, string | undefined>();
const mostOffers = 1_000;

/**
 * What another cron's schedule is in Dkron. It is proven run by run, which takes as long as checking
 * a hundred jobs: a file that holds one schedule many times asks once.
 */
function offerOf(spec: string, now: Instant): string | undefined {
  if (!offers.has(spec)) {
    if (offers.size >= mostOffers) offers.clear();
    const other = importCrontab(spec, now);
    offers.set(spec, other.kind === 'offer' ? other.schedule : undefined);
  }
  return offers.get(spec);
}

function warningsOf(
  spec: string,
  context: ScheduleContext,
  { schedule, effective }: Extract<ParsedSchedule, { valid: true }>,
  now: Instant,
): Finding[] {
  const clocks =
    schedule.kind === 'fields' ? clockEffects(schedule, secondsFromInstant(now)) : noEffects;
  const names = Object.keys(checks) as (keyof typeof checks)[];
  // What never runs by the clock cannot run wrongly by it.
  return names
    .filter((rule) => !context.hasParent || rule === 'unused')
    .flatMap((rule) => {
      const check = checks[rule];
      const said = check({ spec, effective, schedule, clocks, context, now });
      if (said === undefined) return [];
      const [text, fix] = typeof said === 'string' ? [said] : said;
      return (rule === 'phase' ? note : warning)(rule, 'schedule', text, fix);
    });
}

interface Checked {
  readonly spec: string;
  readonly effective: string;
  readonly schedule: Schedule;
  readonly context: ScheduleContext;
  readonly clocks: ClockEffects;
  readonly now: Instant;
}

/** One kind of warning: its text where the schedule deserves it, and what to write instead. */
type Check = (checked: Checked) => string | readonly [text: string, fix: string] | undefined;

const noEffects: ClockEffects = { skipped: [], twice: [], lost: [], stray: [] };

const checks: Record<Exclude<ScheduleRule, 'schedule' | 'zone'>, Check> = {
  unused: ({ context: { hasParent }, schedule }) =>
    hasParent && schedule.kind !== 'manually'
      ? 'has no effect: a job with a parent runs after it, not on a schedule'
      : undefined,

  never: ({ schedule, now }) => {
    if (schedule.kind !== 'fields' || runsAgain(schedule, now)) return undefined;
    return emptyField(schedule.fields)
      ? 'it never runs, and each time Dkron looks for the next run it spends seconds of CPU on every server'
      : 'it never runs: no day within the next five years matches it';
  },

  'zone-ignored': ({ effective, schedule, context: { timezone = '' } }) => {
    if (timezone === '' || schedule.kind === 'manually') return undefined;
    const ignored = `the job's time zone ${timezone} has no effect`;
    if (schedule.kind === 'every') return `${ignored}: an interval has no time of day`;
    if (schedule.kind !== 'fields') return `${ignored}: the time has its own offset`;
    if (/^(CRON_)?TZ=/.test(effective))
      return schedule.zone === timezone
        ? undefined
        : `${ignored}: the schedule names ${schedule.zone}`;
    if (schedule.descriptor === undefined) return undefined;
    return [`${ignored}: ${effective} runs by the server's clock`, printFields(schedule.fields)];
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
      ? 'the interval starts again at each save of the job, each restart of Dkron and each change of leader'
      : undefined,

  past: ({ schedule, now }) => {
    if (schedule.kind !== 'at' && schedule.kind !== 'after') return undefined;
    return nextRun(schedule, now) === null
      ? `it never runs: ${rfc3339FromInstant(schedule.at)} is in the past`
      : undefined;
  },

  'tilde-spaces': ({ spec, effective }) =>
    spec !== effective && / {2}|^ |\t/.test(spec.replace(/^(CRON_)?TZ=[^ ]* /, ''))
      ? `extra spaces between fields change what ~ becomes: ${effective}`
      : undefined,

  'tilde-step': ({ spec, effective }) =>
    spec !== effective && /~\/\d/.test(spec)
      ? `~ with a step is only the start: ${effective} begins at the number that ~ became and does not wrap around`
      : undefined,

  'runs-twice': ({ schedule, now }) =>
    schedule.kind === 'after' && schedule.grace >= 0n && schedule.at > now
      ? 'it runs twice: Dkron starts it at its time, and again immediately because of the grace period'
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
    (first) => `on the day of the clock change Dkron misses the run at ${first}`,
  ),
  'clock-strays': clockLook(
    ({ stray }) => stray,
    (first) =>
      `on the day of the clock change Dkron also runs at ${first}, which is not in the schedule`,
  ),
};

/** A warning about the changes of the clocks within a year, naming the first time it concerns. */
function clockLook(
  times: (effects: ClockEffects) => readonly string[],
  sentence: (first: string) => string,
): Check {
  return ({ schedule, clocks }) => {
    const [first, ...more] = times(clocks);
    if (first === undefined || schedule.kind !== 'fields') return undefined;
    const others = more.length === 0 ? '' : ` (and ${more.length} more within a year)`;
    return `${schedule.zone}, ${sentence(first)}${others}`;
  };
}

const emptyField = ({ second, minute, hour, month }: FieldSchedule['fields']): boolean =>
  [second, minute, hour, month].some((field) => valuesOf(field).length === 0);
