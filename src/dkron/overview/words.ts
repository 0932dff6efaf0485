/** What both twins say of a cluster, beside the table of its members. */
import { andMore, counted } from '../../base/counted.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../../view/line.ts';
import { shortDuration } from '../../view/short.ts';
import { isAlive, longestOf, type Member, startOf } from './members.ts';
import type { Overview } from './read.ts';

/** What a pause does, and what goes on: tried on 4.0.9 and 4.1.2. */
export const pauseWords = {
  stops: 'It refuses new and changed jobs (503), whoever sends them.',
  goesOn:
    'Jobs go on by their schedules; runs by hand, toggles, deletions, clearing and /v1/restore still work.',
  holds:
    'It holds for this node only, and until it restarts: other nodes of the cluster accept jobs.',
} as const;

/** The state in serf's word, and what it means where that is not plain. */
export const stateTone = ({ state }: Member): Tone =>
  state === 'alive' ? 'ok' : state === 'failed' || state === 'gone' ? 'bad' : 'attention';

const glyphs = { ok: '✓', bad: '✗', attention: '!', quiet: '–', plain: ' ' } as const;

export const stateSpan = (member: Member): Span => {
  const tone = stateTone(member);
  return toned(`${glyphs[tone]} ${member.state === 'gone' ? 'no member' : member.state}`, tone);
};

const meanings: Readonly<Record<Member['state'], string>> = {
  alive: 'it answers the others',
  leaving: 'it is about to leave, as one that is stopped',
  left: 'it was stopped in order; the others forget it after a day',
  failed: 'the others do not reach it any more; it may come back, or is forgotten after a day',
  none: 'serf does not know its state',
  gone: 'something runs there, and it is not in the list of members',
};

/** `leader, you are here`: what sets the member apart. */
export function placeOf({ leads, answers, role }: Member): string {
  const words = [leads ? 'leader' : '', answers ? 'you are here' : ''].filter(Boolean);
  return [role === 'unknown' ? '' : role, ...words].filter(Boolean).join(', ');
}

/** `3, longest 12m 3s`; what the cluster cannot tell is a question mark. */
export function runsText(runs: Member['runs'], now: number): string {
  if (runs === null) return '?';
  const longest = longestOf(runs, now);
  if (longest === null) return String(runs.length);
  const age = shortDuration(longest);
  return runs.length === 1 ? `1, for ${age}` : `${runs.length}, longest ${age}`;
}

type Fact = readonly [label: string, text: string, tone?: Tone];

/** More would push out of sight what stands below. */
const mostRuns = 8;

/** What there is to say of one member. */
export function memberFacts(member: Member, now: number): Fact[] {
  const { state, version, isOdd, address, tags, runs } = member;
  const given = Object.entries(tags).map(([name, value]) => `${name}=${value}`);
  const running = (runs ?? []).map((run) => {
    const began = startOf(run);
    return `${run.job_name}${began === null ? '' : ` ${shortDuration(now - began)}`}`;
  });
  return [
    ['State', `${state === 'gone' ? 'no member' : state}: ${meanings[state]}`, stateTone(member)],
    ...(address === '' ? [] : [['Address', address] as const]),
    ...(version === ''
      ? []
      : [
          isOdd
            ? (['Dkron', `${version}, which most others do not have`, 'attention'] as const)
            : (['Dkron', version] as const),
        ]),
    ['Runs', runs === null ? cannotTellRuns : andMore(running, mostRuns) || 'nothing now'],
    ...(given.length === 0 ? [] : [['Tags', given.join(' ')] as const]),
  ];
}

const cannotTellRuns = 'the cluster cannot tell now: /v1/busy waits for a server that is gone';

/** What the answering node says of itself; `executors`: how many jobs use each, where they are known. */
export function nodeFacts(
  overview: Overview,
  members: readonly Member[],
  executors: ReadonlyMap<string, number> | null,
): Fact[] {
  const { server } = overview;
  return [
    ['Health', ...healthText(overview)],
    ['Paused', ...pausedText(overview)],
    ['Follows', ...followsText(overview, members)],
    ['Gossip', ...gossipText(overview)],
    ['Raft', `Dkron’s API tells no figures of raft; ${raftText(members)}`],
    ['Executors', executorsText(executors, server.version)],
  ];
}

const untold = ({ why }: { readonly why: string }): [string, Tone] => [`not told: ${why}`, 'quiet'];

function healthText({ health }: Overview): [string, Tone?] {
  if ('why' in health) return untold(health);
  const { status, issues } = health.value;
  if (!issues?.length)
    return [`${status}: the processes of its executors run`, status === 'healthy' ? 'ok' : 'bad'];
  return [`${status}: ${issues.join('; ')}`, 'bad'];
}

function pausedText({ paused }: Overview): [string, Tone?] {
  if ('why' in paused) return untold(paused);
  if (paused.value) return ['yes: it refuses new and changed jobs; what is scheduled runs', 'bad'];
  return ['no: it accepts new and changed jobs'];
}

function followsText({ server, leader }: Overview, members: readonly Member[]): [string, Tone?] {
  if ('why' in leader) return untold(leader);
  const leads = members.find(({ leads }) => leads);
  if (leads === undefined) return ['nobody: there is no leader, and what it shows may be old'];
  if (leads.name === server.name) return ['nobody: it leads'];
  if (!isAlive(leads))
    return [`nobody: ${leads.name} has ${leads.state}, and what it shows may be old`, 'attention'];
  return [`${leads.name}: it answers with its own copy, some 100 ms behind at the usual`];
}

function gossipText({ figures }: Overview): [string, Tone?] {
  if ('why' in figures) return untold(figures);
  const of = (name: string): string => figures.value[name] ?? '?';
  const score = of('health_score');
  const queues = ['event_queue', 'intent_queue', 'query_queue'].map(of).join(', ');
  const text = `members ${of('members')}, failed ${of('failed')}, left ${of('left')} · health score ${score} (0 is best) · waiting events, intents, queries: ${queues}`;
  return score === '0' || score === '?' ? [text] : [text, 'attention'];
}

/** What serf tells of the servers is what is known of who votes. */
function raftText(members: readonly Member[]): string {
  const servers = members.filter(({ role, state }) => role === 'server' && state !== 'left');
  const needed = Math.floor(servers.length / 2) + 1;
  const living = servers.filter(isAlive).length;
  return `by the members ${living} of ${counted(servers.length, 'server')} can vote, ${needed} must`;
}

function executorsText(executors: ReadonlyMap<string, number> | null, version: string): string {
  const lacks = `Dkron ${version} does not tell which ones its nodes have`;
  if (executors === null) return lacks;
  const used = [...executors].sort(([, a], [, b]) => b - a);
  const list = used.map(([name, count]) => `${name} ${count}`).join(', ') || 'none';
  return `${lacks}; jobs use: ${list}`;
}

/** The facts as lines, the labels in a column; `wrapped` breaks a text at the width that it has. */
export const factLines = (
  facts: readonly Fact[],
  wrapped: (text: string) => readonly string[],
): Line[] =>
  facts.flatMap(([label, text, tone = 'plain']) =>
    wrapped(text).map(
      (part, at): Line => [quiet((at === 0 ? label : '').padEnd(labelWidth)), toned(part, tone)],
    ),
  );

export const labelWidth = 11;

/** `3 servers, 1 agent · leader c2`. */
export function summaryLine(members: readonly Member[]): Line {
  const of = (role: Member['role']): number =>
    members.filter((member) => member.role === role).length;
  const leads = members.find((member) => member.leads);
  return [
    plain(`${counted(of('server'), 'server')}, ${counted(of('agent'), 'agent')} · `),
    leads === undefined ? toned('no leader', 'bad') : bold(`leader ${leads.name}`),
  ];
}
