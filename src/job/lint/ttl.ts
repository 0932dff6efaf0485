/** Whether a job runs as often as what it fetches is kept. */
import { durationText } from '../../schedule/go-duration.ts';
import {
  type Instant,
  instantFromSeconds,
  rfc3339FromInstant,
  type Schedule,
  zoneOf,
} from '../../schedule/index.ts';
import { secondsFromInstant } from '../../schedule/instant.ts';
import type { Job } from '../job.ts';
import { serverTime } from '../time.ts';
import { ttlOf } from '../ttl/match.ts';
import { moreOften } from '../ttl/often.ts';
import { mostOf, verdictOf } from '../ttl/rule.ts';
import type { Ttl, TtlTable } from '../ttl/table.ts';
import { type Finding, type TtlRule, warning } from './finding.ts';
import { type Pausing, pausesOf, type ReadBy, type Scheduled } from './pauses.ts';

interface By extends ReadBy {
  readonly ttls?: TtlTable | undefined;
  readonly jobs?: Pick<ReadonlyMap<string, Scheduled>, 'get'> | undefined;
}

/** Of a job that is enabled and in the table; a child runs as often as the root of its family. */
export function ttlFindings(job: Job, by: By): Finding[] {
  const ttl = by.ttls === undefined || job.disabled ? undefined : ttlOf(by.ttls, job);
  const most = ttl && mostOf(ttl);
  if (ttl === undefined || most === null || most === undefined) return [];
  const root = rootOf(job, by.jobs);
  const read = root && pausesOf(root, by);
  if (!root || !read) return [];
  const who = root.name === job.name ? 'it' : `it runs after ${root.name}, which`;
  const path = root.name === job.name ? 'schedule' : 'parent_job';
  const told = (rule: TtlRule, text: string): Finding[] => {
    const { schedule, effective } = read;
    const fix = path === 'schedule' ? moreOften(schedule, effective, most, by.now) : undefined;
    return [warning(rule, path, text, fix)];
  };
  const should = `it should run every ${spanText(most)} at least`;
  if (read.gaps === null)
    return told('ttl-hard', `${who} does not run again and again, and ${keptText(ttl)}: ${should}`);
  const period = read.gaps.longest;
  const verdict = verdictOf(period, ttl);
  if (verdict === 'fits') return [];
  const often = `${who} ${oftenText(read)}`;
  if (verdict === 'hard')
    return told(
      'ttl-hard',
      `${often}, and the hard TTL is ${spanText(ttl.hard!)}: users see nothing until it runs again; ${should}`,
    );
  const unless = ttl.hard === null ? '' : `, or the hard TTL be ${spanText(2 * ttl.soft!)}`;
  return told('ttl-soft', `${often}, and ${keptText(ttl)}: ${should}${unless}`);
}

const keptText = ({ soft, hard }: Ttl): string =>
  [
    soft === null ? [] : `the soft TTL is ${spanText(soft)}`,
    hard === null ? [] : `the hard TTL ${spanText(hard)}`,
  ]
    .flat()
    .join(', ');

const spanText = (seconds: number): string => durationText(Math.floor(seconds));

/** The longest pause, and where it begins when they are not all alike. */
function oftenText({ gaps, schedule }: Pausing): string {
  const { longest, shortest, since } = gaps!;
  return longest === shortest
    ? `runs every ${spanText(longest)}`
    : `pauses for up to ${spanText(longest)} (from ${wallText(since, schedule)})`;
}

function wallText(at: Instant, schedule: Schedule): string {
  const zone = schedule.kind === 'fields' ? schedule.zone : 'UTC';
  const offset = zoneOf(zone).offsetAt(secondsFromInstant(at));
  return rfc3339FromInstant(at + instantFromSeconds(offset))
    .slice(0, 16)
    .replace('T', ' ');
}

/** Null where a parent is missing, or in a circle. */
function rootOf(job: Scheduled, jobs: By['jobs']): Scheduled | null {
  const seen = new Set([job.name]);
  let root = job;
  while (root.parent_job !== '') {
    const parent = jobs?.get(root.parent_job);
    if (parent === undefined || seen.has(parent.name)) return null;
    seen.add(parent.name);
    root = parent;
  }
  return root;
}

/** What users see now, by the last success that the server tells of. */
export function staleFindings(job: Job, { now, ttls }: By): Finding[] {
  const hard = ttls === undefined || job.disabled ? null : (ttlOf(ttls, job)?.hard ?? null);
  const success = serverTime(job.last_success);
  if (hard === null || success === null) return [];
  const age = secondsFromInstant(now) - success.getTime() / 1000;
  if (age <= hard) return [];
  return [
    warning(
      'ttl-stale',
      'last_success',
      `it succeeded last ${spanText(age)} ago, and the hard TTL is ${spanText(hard)}: users see nothing now`,
    ),
  ];
}
