/** What is said of a job that should have run: the same words on the screen and in commands. */

import { counted } from '../base/counted.ts';
import { atLeast } from '../base/dkron-version.ts';
import type { Trouble } from '../job/status.ts';
import { shortSpan } from '../view/short.ts';
import type { Cause, Verdict } from './verdict.ts';

export const labels: Readonly<Record<Trouble, string>> = {
  stuck: 'Stuck',
  nowhere: 'Nowhere',
  late: 'Late',
  missed: 'Missed',
  overdue: 'Overdue',
};

/** How an instant is told, ms since the epoch. */
export type Clock = (at: number) => string;

/** Which firing, and how many. `count`: how many firings there were since, it among them. */
export function firingWords(
  { state, at }: Verdict,
  now: number,
  count: number,
  clock: Clock,
): string {
  const since = `${shortSpan(now - at)} ago`;
  const more = count > 1 ? `, and ${counted(count - 1, 'more firing')} since` : '';
  switch (state) {
    case 'late':
      return `it was due ${clock(at)}, ${since}, and did not run${more}`;
    case 'overdue':
      return `it was due ${clock(at)}, ${since}; whether it was enabled then is not known`;
    case 'stuck':
      return `a run of it has no end, and nobody runs it; it was due ${clock(at)}, ${since}${more}`;
    case 'nowhere':
      return at > now
        ? `no node takes it; it is due ${clock(at)}`
        : `it was due ${clock(at)}, ${since}, and no node took it${more}`;
    case 'missed':
      return count > 1
        ? `${counted(count, 'firing')} did not happen, the first ${clock(at)}`
        : `the firing of ${clock(at)} did not happen`;
  }
}

/** The likely cause, in a sentence; empty where nothing speaks for any. */
export function causeWords(cause: Cause, clock: Clock, version: string | undefined): string {
  switch (cause.kind) {
    case 'held':
      return `it runs since ${clock(cause.since)} on ${cause.node}, and its concurrency is forbid`;
    case 'orphan':
      return `the run of ${clock(cause.since)} on ${cause.node} was never ended; ${blocking(version)}`;
    case 'tags':
      return `no living node has ${cause.tags.join(', ')}`;
    case 'leader':
      return `the leader was another: ${cause.to ?? 'none'} in place of ${cause.from ?? 'none'}, seen ${clock(cause.at)}`;
    case 'leaderless':
      return 'the cluster has no leader, and only a leader fires jobs';
    case 'silent':
      return `nothing was seen of the cluster from ${clock(cause.from)} to ${clock(cause.to)}`;
    case 'standstill':
      return `${counted(cause.others, 'other job')} due about then did not run either: the scheduler stood still`;
    case 'unknown':
      return '';
  }
}

/** What this Dkron makes of a stored run without an end. */
const blocking = (version = ''): string =>
  atLeast(version, '4.1.0')
    ? 'with forbid it keeps the job from running until it is 4 h old'
    : 'with forbid it keeps the job from running for ever';
