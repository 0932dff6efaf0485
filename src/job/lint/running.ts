/** What a job does to its own runs: how long they may take, when they are skipped, when they end for good. */

import { durationText } from '../../schedule/go-duration.ts';
import {
  type Instant,
  instantFromRfc3339,
  leastPause,
  nextRun,
  parseGoDuration,
} from '../../schedule/index.ts';
import type { Job } from '../job.ts';
import { type Finding, note, warning } from './finding.ts';
import { type Pausing, pausesOf, type ReadBy } from './pauses.ts';
import { isOlder } from './version.ts';

/** What the settings of the executor say beside the schedule of a job that runs by the clock. */
export function timeoutFindings(job: Job, by: ReadBy): Finding[] {
  const asked = timeoutOf(job);
  const read = asked && pausesOf(job, by);
  if (!asked || !read || asked.seconds <= leastPause(read.schedule)) return [];
  const shortest = read.gaps?.shortest;
  if (shortest === undefined || asked.seconds <= shortest) return [];
  const then = job.concurrency === 'forbid' ? 'is skipped' : 'runs beside it';
  const than = `longer than the shortest pause between two runs (${durationText(shortest)}): while a run hangs the next ${then}`;
  return [
    asked.isDefault
      ? note('timeout-gap', path, `is empty, and Dkron waits 30s, ${than}`)
      : warning('timeout-gap', path, `is ${than}`),
  ];
}

const path = 'executor_config.timeout';

/** Of the http executor seconds, 30 unless told; of the shell executor a duration, none unless told. */
export function timeoutOf({ executor, executor_config }: Job) {
  const text = executor_config?.['timeout'] ?? '';
  if (executor === 'http') {
    const seconds = /^\+?\d{1,9}$/.test(text) ? Number(text) : 30;
    return { seconds, isDefault: text === '' };
  }
  if (executor !== 'shell' || text === '') return undefined;
  const read = parseGoDuration(text);
  return 'nanos' in read ? { seconds: Number(read.nanos) / 1e9, isDefault: false } : undefined;
}

/** What `forbid` does when a run does not end. */
export function concurrencyFindings(
  { concurrency, executor, executor_config }: Job,
  version: string | undefined,
): Finding[] {
  if (concurrency !== 'forbid') return [];
  const findings: Finding[] = [];
  // Before 4.0.9 it asks only what runs now, 4.1 forgets such a run after four hours: test/contract/next.test.ts.
  if (isOlder(version, '4.1.0') && !isOlder(version, '4.0.9'))
    findings.push(
      note(
        'forbid-stuck',
        'concurrency',
        `a node that dies while it runs leaves the run open for ever, and Dkron ${version} then skips every later one; 4.1.0 does not`,
      ),
    );
  if (executor === 'shell' && (executor_config?.['timeout'] ?? '') === '')
    findings.push(
      note(
        'hangs',
        'concurrency',
        'without executor_config.timeout a run that hangs keeps every later one from starting, and Dkron cannot stop it',
      ),
    );
  return findings;
}

/** Between `starts_at` and `expires_at` there has to be a run. */
export function windowFindings(job: Job, by: ReadBy): Finding[] {
  const [starts, expires] = [timeOf(job.starts_at), timeOf(job.expires_at)];
  // What is past has its own finding.
  if (expires === undefined || expires <= by.now) return [];
  if (starts !== undefined && starts >= expires)
    return [warning('window', 'expires_at', 'is not after starts_at: it never runs')];
  const read = pausesOf(job, by);
  if (read === null || read.schedule.kind === 'manually') return [];
  const from = starts === undefined || starts < by.now ? by.now : starts - 1n;
  const next = nextRun(read.schedule, from);
  return next !== null && next >= expires
    ? [warning('window', 'expires_at', 'is before its next run: it never runs again')]
    : [];
}

const timeOf = (text: string | null | undefined): Instant | undefined =>
  instantFromRfc3339(text ?? '');

/** A job that is meant for one run, and has a schedule for many. */
export const ephemeralFindings = (job: Job, by: ReadBy): Finding[] =>
  job.ephemeral === true && recurs(pausesOf(job, by))
    ? [
        note(
          'ephemeral',
          'ephemeral',
          'is deleted, with all that is known of its runs, when it succeeds for the first time',
        ),
      ]
    : [];

const recurs = (read: Pausing | null): boolean => read !== null && read.gaps !== null;

const builtIn = new Set(['log', 'files', 'syslog', 'fluent']);

export const processorFindings = ({ processors }: Job): Finding[] =>
  Object.keys(processors ?? {})
    .filter((name) => !builtIn.has(name))
    .map((name) =>
      note(
        'processor-unknown',
        `processors.${name}`,
        'is not part of Dkron: without a plugin of this name it does nothing, which only the log of the server tells',
      ),
    );
