/** How a Dkron is that answers: version, clock, leader, members, pause, jobs. */

import { counted } from '../../base/counted.ts';
import { atLeast } from '../../base/dkron-version.ts';
import { OperatorError } from '../../base/errors.ts';
import { skewAgainst } from '../../view/skew.ts';
import type { Dkron } from '../client.ts';
import type { Node, Server } from '../shapes.ts';
import { inTime, patience } from './answer.ts';
import { attention, bad, type Check, failed, ok } from './check.ts';

/** What a Dkron before a version lacks of what this program uses; the newest first. */
const lacks: readonly (readonly [since: string, what: string])[] = [
  ['4.1.0', 'erasing of executions'],
  ['4.0.9', 'pausing, no start times of jobs'],
  ['4.0.0', '~ in schedules'],
  ['3.1.11', 'way to ask for one execution alone'],
  ['3.1.0', 'name of the node in its answers'],
  ['2.2.0', 'way to ask what runs'],
];

export function versionCheck({ name, version }: Server): Check {
  const who = `Dkron ${version} on the node ${name}`;
  const lacking = lacks.filter(([since]) => !atLeast(version, since)).map(([, what]) => what);
  return lacking.length === 0
    ? ok('Dkron', who)
    : attention(
        'Dkron',
        `${who}, which lacks what newer ones have`,
        `No ${lacking.join('; no ')}.`,
      );
}

export function clockCheck(skew: number): Check {
  const against = skewAgainst(skew);
  return against === null
    ? ok('clock', "this machine's clock agrees with the server's")
    : attention(
        'clock',
        `this machine's clock is ${against}`,
        "Jobs run by the server's clock. Set the wrong one of the two right (NTP).",
      );
}

/** Yields all of it; returns how large the largest job is, in bytes, or null where none could be read. */
export async function* health(
  client: Dkron,
  server: Server,
  signal: AbortSignal,
): AsyncGenerator<Check, Jobs | null> {
  yield versionCheck(server);
  const [leader, members, paused] = await Promise.all([
    inTime(signal, (reading) => client.leader({ signal: reading })),
    inTime(signal, (reading) => client.members({ signal: reading })),
    inTime(signal, (reading) => client.paused({ signal: reading })),
  ]);
  yield clockCheck(client.skew);
  const url = client.url;
  yield unless('leader', leader, url) ?? leaderCheck(answered(leader)?.Name ?? null, server.name);
  yield unless('members', members, url) ?? membersCheck(answered(members) ?? []);
  yield unless('paused', paused, url) ?? pausedCheck(answered(paused) === true, server.name);
  const jobs = await readJobs(client, signal);
  if ('subject' in jobs) {
    yield jobs;
    return null;
  }
  yield jobsCheck(jobs);
  yield await runsCheck(client, signal);
  return jobs;
}

type Asked<T> = { readonly value: T } | OperatorError | null;

const answered = <T>(asked: Asked<T>): T | undefined =>
  asked === null || asked instanceof OperatorError ? undefined : asked.value;

/** What is wrong with an answer; null where it is one. */
function unless(subject: Check['subject'], asked: Asked<unknown>, url: string): Check | null {
  if (asked === null)
    return bad(
      subject,
      `no answer within ${patience / 1000} s`,
      'Try again; the server is busy or hangs.',
    );
  return asked instanceof OperatorError ? failed(subject, asked, url) : null;
}

const leaderCheck = (leader: string | null, node: string): Check =>
  leader === null
    ? bad(
        'leader',
        'the cluster has no leader: it can be read, what it shows may be old, and nothing can be changed or run',
        'Check that more than half of the server nodes run and reach each other.',
      )
    : leader === node
      ? ok('leader', `${leader}, which is the node that answers`)
      : ok('leader', `${leader}; ${node} follows it, so it shows a change some 100 ms later`);

/** serf's: 1 alive, 4 failed. */
const failedStatus = 4;

function membersCheck(members: readonly Node[]): Check {
  const servers = members.filter(({ Tags }) => Tags?.['server'] === 'true');
  const gone = members.filter(({ Status }) => Status === failedStatus);
  const what = `${servers.length} server ${servers.length === 1 ? 'node' : 'nodes'}, ${members.length - servers.length} agents`;
  return gone.length === 0
    ? ok('members', what)
    : attention(
        'members',
        `${what}; failed: ${gone.map(({ Name }) => Name).join(', ')}`,
        'Jobs whose tags need a failed node do not run there.',
      );
}

const pausedCheck = (paused: boolean, node: string): Check =>
  paused
    ? attention(
        'paused',
        `${node} is paused: it accepts no new and no changed jobs`,
        "'dkron-tui unpause' takes that back, as a restart of the node does; other nodes may accept them.",
      )
    : ok('paused', `${node} accepts new and changed jobs`);

export interface Jobs {
  readonly count: number;
  readonly unreadable: number;
  readonly bytes: number;
  /** Of the largest job, as text. */
  readonly largest: number;
  readonly ms: number;
}

async function readJobs(client: Dkron, signal: AbortSignal): Promise<Jobs | Check> {
  let [count, unreadable, bytes, largest] = [0, 0, 0, 0];
  const began = performance.now();
  try {
    const list = client.jobs({
      signal,
      onUnreadable: () => unreadable++,
      onBytes: (more) => {
        bytes += more;
      },
    });
    for await (const { text } of list) {
      count++;
      largest = Math.max(largest, text.length);
    }
  } catch (error) {
    if (error instanceof OperatorError) return failed('jobs', error, client.url);
    throw error;
  }
  return { count, unreadable, bytes, largest, ms: performance.now() - began };
}

/** From so long a read on, the console reads seldom. */
const slow = 3_000;

export function jobsCheck({ count, unreadable, bytes, ms }: Jobs): Check {
  const read = `${counted(count)} read in ${ms < 950 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`} (${sizeOf(bytes)})`;
  if (unreadable > 0)
    return attention(
      'jobs',
      `${read}; ${counted(unreadable)} more cannot be read`,
      'The list of jobs says what is wrong with them; a backup keeps them as they are.',
    );
  if (ms <= slow) return ok('jobs', read);
  return attention(
    'jobs',
    `${read}, which is slow`,
    `The console reads the list every ${Math.round(ms / 250)} s then.`,
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 10_000
    ? `${bytes} bytes`
    : bytes < 10_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${Math.round(bytes / 1_000_000)} MB`;

async function runsCheck(client: Dkron, signal: AbortSignal): Promise<Check> {
  const busy = await inTime(signal, (reading) => client.busy({ signal: reading }));
  const next = 'The server nodes do not reach each other: check the members.';
  if (busy === null)
    return attention(
      'runs',
      `the cluster does not tell within ${patience / 1000} s what runs`,
      next,
    );
  if (busy instanceof OperatorError)
    return { ...failed('runs', busy, client.url), verdict: 'attention' };
  const count = busy.value.length;
  return ok('runs', count === 1 ? '1 execution is under way' : `${count} executions are under way`);
}
