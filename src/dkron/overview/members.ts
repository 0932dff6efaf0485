/** The members of a cluster as an operator looks at them: pure. */
import { compareVersions } from '../../base/dkron-version.ts';
import { serverTime } from '../../job/time.ts';
import type { Execution, Node } from '../shapes.ts';
import { type Overview, runsByNode, toldOr } from './read.ts';

/** Serf's words for its numbers; `gone`: something runs there, and it is no member. */
const states = ['none', 'alive', 'leaving', 'left', 'failed'] as const;
export const memberStates = [...states, 'gone'] as const;
export type MemberState = (typeof memberStates)[number];

export const stateOf = ({ Status }: Node): MemberState => states[Status] ?? 'none';

export interface Member {
  readonly name: string;
  /** Serf's; "" for what is no member. */
  readonly address: string;
  /** A server votes, and answers requests; an agent only runs jobs. */
  readonly role: 'server' | 'agent' | 'unknown';
  readonly state: MemberState;
  /** "" where it does not say. */
  readonly version: string;
  /** Whether most of the living members have another version. */
  readonly isOdd: boolean;
  readonly leads: boolean;
  /** It is the one that told all this. */
  readonly answers: boolean;
  /** What its operator gave it, and what Dkron did, without what stands above. */
  readonly tags: Readonly<Record<string, string>>;
  /** What it runs, the longest first; null where the cluster cannot tell. */
  readonly runs: readonly Execution[] | null;
}

export const isAlive = ({ state }: Member): boolean => state === 'alive';

/** Servers first, then agents, then nodes that are no members; by name. */
export function membersOf(
  { server, members, leader }: Overview,
  busy: readonly Execution[] | null,
): Member[] {
  const nodes = toldOr(members, []);
  const leads = toldOr(leader, null)?.Name;
  const running = busy === null ? null : runsByNode(busy);
  const usual = usualVersion(nodes);
  const of = (name: string): readonly Execution[] | null =>
    running === null ? null : longestFirst(running.get(name) ?? []);
  const listed = nodes.map((node): Member => {
    const { server: isServer, version = '', ...tags } = node.Tags ?? {};
    return {
      name: node.Name,
      address: `${node.Addr}:${node.Port}`,
      role: isServer === 'true' ? 'server' : 'agent',
      state: stateOf(node),
      version,
      isOdd: version !== '' && usual !== '' && version !== usual,
      leads: node.Name === leads,
      answers: node.Name === server.name,
      tags,
      runs: of(node.Name),
    };
  });
  const known = new Set(nodes.map(({ Name }) => Name));
  const others = [...(running?.keys() ?? [])].filter((name) => !known.has(name));
  return [
    ...listed.sort((a, b) => roles[a.role] - roles[b.role] || byName(a.name, b.name)),
    ...('value' in members ? others.sort(byName).map((name) => noMember(name, of(name))) : []),
  ];
}

const roles = { server: 0, agent: 1, unknown: 2 };
const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const noMember = (name: string, runs: Member['runs']): Member => ({
  name,
  address: '',
  role: 'unknown',
  state: 'gone',
  version: '',
  isOdd: false,
  leads: false,
  answers: false,
  tags: {},
  runs,
});

/** That of most living members, the newest of those that as many have; "" where none says. */
function usualVersion(nodes: readonly Node[]): string {
  const living = nodes.filter((node) => stateOf(node) === 'alive');
  const counts = Map.groupBy(
    living.map(({ Tags }) => Tags?.['version'] ?? '').filter((version) => version !== ''),
    (version) => version,
  );
  const [first] = [...counts].sort(
    ([a, some], [b, others]) => others.length - some.length || compareVersions(b, a),
  );
  return first?.[0] ?? '';
}

const longestFirst = (runs: readonly Execution[]): Execution[] =>
  [...runs].sort((a, b) => (startOf(a) ?? 0) - (startOf(b) ?? 0));

/** When it began, ms since the epoch; null where that is no time. */
export const startOf = ({ started_at }: Execution): number | null =>
  serverTime(started_at)?.getTime() ?? null;

/** How long the longest run of a node has run, ms; null for none. */
export function longestOf(runs: Member['runs'], now: number): number | null {
  const [first] = runs ?? [];
  const began = first === undefined ? null : startOf(first);
  return began === null ? null : Math.max(0, now - began);
}

/** What of a cluster needs an eye, in words; the weightiest first. */
export function concerns({ leader, health, paused, server }: Overview, members: readonly Member[]) {
  // One that left votes no more.
  const servers = members.filter(({ role, state }) => role === 'server' && state !== 'left');
  const living = servers.filter(isAlive);
  const down = members.filter(({ state }) => state === 'failed');
  const leads = members.find(({ leads }) => leads);
  const issues = toldOr(health, null)?.issues ?? [];
  const found: string[] = [];
  if ('value' in leader && leader.value === null)
    found.push('there is no leader: nothing is scheduled, and nothing can be changed or run');
  else if (leads !== undefined && !isAlive(leads))
    found.push(`the leader ${leads.name} has ${leads.state}: another is being elected`);
  if (servers.length > 1 && living.length * 2 <= servers.length)
    found.push(
      `${living.length} of ${servers.length} servers are alive: too few to elect a leader`,
    );
  if (down.length > 0) found.push(`failed: ${down.map(({ name }) => name).join(', ')}`);
  for (const issue of issues) found.push(`${server.name}: ${issue}`);
  if (toldOr(paused, false)) found.push(`${server.name} is paused: no new and no changed jobs`);
  const odd = members.filter((member) => member.isOdd && isAlive(member));
  if (odd.length > 0)
    found.push(
      `another version than most: ${odd.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    );
  return found;
}
