import { supports } from './features.ts';
import { type Instant, instantFromRfc3339, secondsFromInstant } from './instant.ts';
import { type ParsedSchedule, parseSchedule } from './parse.ts';
import type { Schedule } from './schedule.ts';
import { replaceTilde } from './tilde.ts';

/** What of a job says when it fires; times are RFC 3339 as the API gives them. */
export interface AgendaJob {
  readonly name: string;
  readonly schedule: string;
  readonly timezone: string;
  readonly disabled: boolean;
  readonly parent_job: string;
  readonly next: string;
  readonly last_success: string | null;
  readonly last_error: string | null;
  readonly starts_at?: string | null | undefined;
  readonly expires_at?: string | null | undefined;
}

/** The stretch of time looked at, `from` ≤ t < `to`, and the server the jobs live on. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  /** When the jobs were read; `from` unless said. */
  readonly now?: Instant;
  readonly serverTimezone?: string;
  readonly version?: string;
}

/** Jobs that fire at the very same instants, so that these are worked out once. */
export interface Pattern {
  readonly schedule: Schedule;
  /** The part of the stretch within the jobs' own `starts_at` and `expires_at`. */
  readonly from: Instant;
  readonly to: Instant;
  readonly expires: Instant | undefined;
  /** Of `@every`: a second at which it fires, from which the later ones are counted. */
  readonly anchor: number;
  readonly names: readonly string[];
}

/** Where the runs of an interval are counted from, a second; undefined leaves the job out. */
export type Anchor = (interval: number, job: AgendaJob) => number | undefined;

export interface Grouping {
  readonly add: (job: AgendaJob) => void;
  readonly patterns: () => Pattern[];
}

/** Groups the jobs that fire by the clock: enabled, no child of another, accepted by this Dkron. */
export function groupingOf(
  stretch: Stretch,
  anchor: Anchor = (interval, job) => anchorOf(interval, job, stretch),
): Grouping {
  const patterns = new Map<string, Pattern & { readonly names: string[] }>();
  const schedules = new Map<string, ParsedSchedule>();
  return {
    add(job) {
      if (job.disabled || job.parent_job !== '') return;
      const spec = schedulePart(job, stretch);
      const parsed = schedules.get(spec.key) ?? parseSchedule(spec.effective, spec.context);
      schedules.set(spec.key, parsed);
      if (!parsed.valid) return;
      const pattern = patternOf(parsed.schedule, job, stretch, anchor);
      if (pattern === undefined) return;
      const key = [spec.key, pattern.from, pattern.expires, pattern.anchor].join('\n');
      const known = patterns.get(key);
      if (known) known.names.push(job.name);
      else patterns.set(key, { ...pattern, names: [job.name] });
    },
    patterns: () => [...patterns.values()],
  };
}

/** Once `~` is replaced, a schedule no longer depends on the job's name. */
function schedulePart({ name, schedule, timezone }: AgendaJob, stretch: Stretch) {
  const { serverTimezone = 'UTC', version } = stretch;
  const effective = supports('hash', version) ? replaceTilde(schedule, name) : schedule;
  const known = version === undefined ? {} : { version };
  return {
    effective,
    context: { timezone, serverTimezone, ...known },
    key: `${timezone}\n${effective}`,
  };
}

function patternOf(
  schedule: Schedule,
  job: AgendaJob,
  stretch: Stretch,
  anchorFor: Anchor,
): Omit<Pattern, 'names'> | undefined {
  const anchor = schedule.kind === 'every' ? anchorFor(schedule.interval, job) : 0;
  if (anchor === undefined) return undefined;
  const starts = supports('starts_at', stretch.version) ? timeOf(job.starts_at) : undefined;
  const expires = timeOf(job.expires_at);
  return {
    schedule,
    from: starts !== undefined && starts > stretch.from ? starts : stretch.from,
    to: expires !== undefined && expires < stretch.to ? expires : stretch.to,
    expires,
    anchor,
  };
}

/**
 * Where an interval is counted from: the server's `next` of a job that has run, which is right then.
 * Of any other the phase is not known; it is taken to have been saved now.
 */
function anchorOf(interval: number, job: AgendaJob, { from, now = from }: Stretch): number {
  const known = phaseOf(job);
  const seconds = secondsFromInstant(now);
  return known !== undefined && known > seconds ? known : seconds + interval;
}

/** A second at which the interval of a job that has run fires by the server's own `next`. */
export function phaseOf(job: AgendaJob): number | undefined {
  const next = timeOf(job.next);
  const hasRun = timeOf(job.last_success) !== undefined || timeOf(job.last_error) !== undefined;
  return hasRun && next !== undefined ? secondsFromInstant(next) : undefined;
}

/** Dkron is younger than this; an earlier time is a zero value of Go or protobuf. */
const firstTime = 31_536_000n * 1_000_000_000n;

function timeOf(text: string | null | undefined): Instant | undefined {
  const instant = text ? instantFromRfc3339(text) : undefined;
  return instant !== undefined && instant >= firstTime ? instant : undefined;
}
