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
export function joinText(place: Place | null, about: About, clock: ClockOf): string {
  if (place === null)
    return 'nobody knows yet: an interval begins anew when it is saved, and its seconds with it';
  if (place.jobs === 1) return 'alone: within a day no other job starts in a second of its own';
  return `${rankText(place)} at ${clock(place.second, about.schedule)}${hostText(place, about)}`;
}

type About = Pick<Stampede, 'host' | 'schedule'>;

/** `0 7 0 * * *, alone` or `0 ~ 0 * * * (0 18 0 * * *), 2nd of 2` */
export function calmerText({ schedule, effective, place }: Calmer, about: About): string {
  const runsAs = effective === schedule ? '' : ` (${effective})`;
  const joined = place.jobs === 1 ? 'alone' : `${rankText(place)}${hostText(place, about)}`;
  return `${schedule}${runsAs}, ${joined}`;
}

const rankText = ({ jobs }: Place): string => `${ordinal(jobs)} of ${jobs}`;

function hostText({ jobs, sameHost }: Place, { host }: About): string {
  if (host === '') return '';
  if (sameHost === 1) return `, the only one to ${host}`;
  return `, ${sameHost === jobs ? 'all' : sameHost} of them to ${host}`;
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
