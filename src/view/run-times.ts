/** When a schedule runs next, as its own clock shows it. */
import { dayText } from '../base/calendar.ts';
import {
  type Instant,
  instantFromMillis,
  millisFromInstant,
  nextRuns,
  rfc3339FromInstant,
  type Schedule,
  zoneOf,
} from '../schedule/index.ts';
import { shortSpan } from './short.ts';

const zoneName = (schedule: Schedule, serverZone: string): string =>
  schedule.kind === 'fields' ? schedule.zone : serverZone;

/**
 * `14:35:00 +01:00`; on another day than today `Tue 24 Nov 02:30 +01:00`, with the year when it is
 * another one. The offset tells the two 01:30s of an autumn night apart.
 */
export function clockText(at: Instant, zone: string, now: number): string {
  const offsetAt = (millis: number): number => zoneOf(zone).offsetAt(Math.floor(millis / 1_000));
  const millis = millisFromInstant(at);
  const local = new Date(millis + offsetAt(millis) * 1_000);
  const today = new Date(now + offsetAt(now) * 1_000);
  const [, clock = '', offset = ''] =
    /T(\d\d:\d\d:\d\d)[\d.]*(.*)$/.exec(rfc3339FromInstant(at, offsetAt(millis))) ?? [];
  if (local.toISOString().slice(0, 10) === today.toISOString().slice(0, 10))
    return `${clock} ${offset}`;
  const year =
    local.getUTCFullYear() === today.getUTCFullYear() ? '' : ` ${local.getUTCFullYear()}`;
  const date = dayText(local);
  return `${date}${year} ${clock.replace(/:00$/, '')} ${offset}`;
}

/** A run by the clock of a zone, with the time until then; both in ms since the epoch. */
export const runText = (run: number, zone: string, now: number): string =>
  `${clockText(instantFromMillis(run), zone, now)}  in ${shortSpan(run - now)}`;

export interface RunsAsked {
  readonly now: number;
  /** Runs after that, and before the job expires; ms since the epoch, as `now`. */
  readonly from: number;
  readonly until: number;
  readonly count: number;
  readonly serverZone: string;
}

/** The next runs, each with the time until then; one line says why there are none. */
export function runTimes(
  schedule: Schedule,
  { now, from, until, count, serverZone }: RunsAsked,
): string[] {
  const all = nextRuns(schedule, instantFromMillis(from), count);
  if (all.length === 0) return ['no scheduled runs'];
  const zone = zoneName(schedule, serverZone);
  const runs = all.map(millisFromInstant).filter((run) => run < until);
  if (runs.length > 0) return runs.map((run) => runText(run, zone, now));
  return until <= now
    ? ['none: the job has expired']
    : [`none: expires ${clockText(instantFromMillis(until), zone, now)}`];
}
