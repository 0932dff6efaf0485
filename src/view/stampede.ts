/** With whom a schedule starts, in words and for programs. */
import type { Stampede } from '../job/stampede.ts';
import {
  type Calmer,
  instantFromSeconds,
  type Place,
  rfc3339FromInstant,
  type Schedule,
} from '../schedule/index.ts';

/** A second since 1970 as the clock of a schedule shows it. */
export type ClockOf = (second: number, schedule: Schedule) => string;

/** `41st of 41 at Sat 28 Nov 00:00 Z, 38 of them to cache-manager` */
export function joinText(
  place: Place | null,
  { host, schedule }: Pick<Stampede, 'host' | 'schedule'>,
  clock: ClockOf,
): string {
  if (place === null)
    return 'nobody knows yet: an interval begins anew when it is saved, and its seconds with it';
  const { jobs, sameHost } = place;
  if (jobs === 1) return 'alone: within a day no other job starts in a second of its own';
  const rank = `${ordinal(jobs)} of ${jobs} at ${clock(place.second, schedule)}`;
  if (host === '') return rank;
  return sameHost === 1
    ? `${rank}, the only one to ${host}`
    : `${rank}, ${sameHost === jobs ? 'all' : sameHost} of them to ${host}`;
}

/** `0 7 0 * * *, alone` or `0 ~ 0 * * * (0 18 0 * * *), 2nd of 2 at …` */
export function calmerText(
  { schedule, effective, place }: Calmer,
  about: Pick<Stampede, 'host' | 'schedule'>,
  clock: ClockOf,
): string {
  const runsAs = effective === schedule ? '' : ` (${effective})`;
  return `${schedule}${runsAs}, ${place.jobs === 1 ? 'alone' : joinText(place, about, clock)}`;
}

function ordinal(rank: number): string {
  const isTeen = Math.floor(rank / 10) % 10 === 1;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][rank % 10] ?? 'th');
  return `${rank}${ending}`;
}

/** For programs; times are RFC 3339 in UTC. `jobs` counts itself. */
export function stampedeJson({ host, place, calm: { calmest, hash } }: Stampede) {
  const placed = (at: Place) => ({
    at: rfc3339FromInstant(instantFromSeconds(at.second)),
    jobs: at.jobs,
    toHost: host === '' ? null : at.sameHost,
  });
  const calmer = (other: Calmer | null) =>
    other && { schedule: other.schedule, effective: other.effective, ...placed(other.place) };
  return {
    host: host === '' ? null : host,
    ...(place === null ? { at: null, jobs: null, toHost: null } : placed(place)),
    calmest: calmer(calmest),
    hash: calmer(hash),
  };
}
