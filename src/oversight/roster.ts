/**
 * Which nodes belonged to a cluster, who led it, and what of that changed between two looks: pure. All
 * times are the server's, ms since the epoch.
 */
import { type MemberState, stateOf } from '../dkron/overview/members.ts';
import type { Node } from '../dkron/shapes.ts';

export interface RosterNode {
  readonly state: MemberState;
  /** "" where it does not say. */
  readonly version: string;
  /** By which jobs choose it: `role=web zone=a`; null where nobody has told. */
  readonly tags: string | null;
}

/** As one look told it. */
export interface Roster {
  /** Null: nobody leads. */
  readonly leader: string | null;
  /** By name. */
  readonly nodes: ReadonlyMap<string, RosterNode>;
}

interface Between {
  /** When it was not yet so. */
  readonly after: number;
  /** When it was so at the latest. */
  readonly by: number;
}

export type RosterChange = Between &
  (
    | { readonly kind: 'leader'; readonly from: string | null; readonly to: string | null }
    /** Null: no member. */
    | {
        readonly kind: 'node';
        readonly node: string;
        readonly from: MemberState | null;
        readonly to: MemberState | null;
      }
    | {
        readonly kind: 'version' | 'tags';
        readonly node: string;
        readonly from: string;
        readonly to: string;
      }
  );

/** What is known of a cluster's nodes. */
export interface KnownRoster {
  /** The last look; null: there was none. */
  readonly last: (Roster & { readonly at: number }) | null;
  /** The newest first. */
  readonly changes: readonly RosterChange[];
}

export const noRoster: KnownRoster = { last: null, changes: [] };

/** Null where one of both was not told: who was not seen may have changed since, or not. */
export function rosterOf(
  members: readonly Node[] | null,
  leader: string | null | undefined,
): Roster | null {
  if (members === null || leader === undefined) return null;
  const nodes = members.map((node): [string, RosterNode] => [
    node.Name,
    { state: stateOf(node), version: node.Tags?.['version'] ?? '', tags: tagsOf(node) },
  ]);
  return { leader, nodes: new Map(nodes) };
}

/** Of the tags of a node those that Dkron itself makes of its address and its start. */
const made = new Set(['version', 'server', 'bootstrap', 'expect', 'port', 'rpc_addr']);
const longest = 500;

const tagsOf = ({ Tags }: Node): string =>
  Object.entries(Tags ?? {})
    .filter(([name]) => !made.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(' ')
    .slice(0, longest);

const most = 500;
/** What is older is not kept, ms. */
const oldest = 30 * 86_400_000;

/** What is known after one more look. */
export function lookedAgain({ last, changes }: KnownRoster, now: Roster, at: number): KnownRoster {
  const more = last === null ? [] : differences(last, now, at);
  const kept = more.length === 0 ? changes : trimmed([...more, ...changes], at);
  return { last: { ...now, at }, changes: kept };
}

function differences(before: NonNullable<KnownRoster['last']>, now: Roster, by: number) {
  const between: Between = { after: Math.min(before.at, by), by };
  const changes: RosterChange[] = [];
  const [from, to] = [before.leader, now.leader];
  if (from !== to) changes.push({ ...between, kind: 'leader', from, to });
  for (const node of new Set([...before.nodes.keys(), ...now.nodes.keys()])) {
    const [was, is] = [before.nodes.get(node), now.nodes.get(node)];
    const [old, state] = [was?.state ?? null, is?.state ?? null];
    if (old !== state) changes.push({ ...between, kind: 'node', node, from: old, to: state });
    if (was === undefined || is === undefined) continue;
    for (const kind of ['version', 'tags'] as const) {
      const [from, to] = [was[kind], is[kind]];
      if (from !== null && to !== null && from !== to)
        changes.push({ ...between, kind, node, from, to });
    }
  }
  return changes;
}

/** What two programs know of one cluster: a change that both saw lies where both say. */
export function joinedRosters(one: KnownRoster, other: KnownRoster, now: number): KnownRoster {
  const found = new Map<string, RosterChange[]>();
  for (const change of [...one.changes, ...other.changes].sort((a, b) => a.by - b.by)) {
    const alike = found.get(keyOf(change)) ?? [];
    const before = alike.at(-1);
    if (before !== undefined && change.after <= before.by)
      alike[alike.length - 1] = { ...before, after: Math.max(before.after, change.after) };
    else alike.push(change);
    found.set(keyOf(change), alike);
  }
  const isLater = (one.last?.at ?? 0) > (other.last?.at ?? 0);
  return {
    last: isLater ? one.last : other.last,
    changes: trimmed([...found.values()].flat(), now),
  };
}

/** Of the same, one after the other. */
function keyOf(change: RosterChange): string {
  const { after, by, ...what } = change;
  return JSON.stringify(what);
}

const trimmed = (changes: readonly RosterChange[], now: number): readonly RosterChange[] =>
  changes
    .filter(({ by }) => by >= now - oldest)
    .sort((a, b) => b.by - a.by)
    .slice(0, most);

/** What happened, in words. */
export function rosterWords(change: RosterChange): string {
  switch (change.kind) {
    case 'leader':
      return leaderWords(change);
    case 'version':
      return `${change.node} runs Dkron ${change.to || 'of no version'}, before ${change.from || 'of no version'}`;
    case 'tags':
      return `${change.node} ${tagWords(change)}`;
    case 'node':
      return `${change.node} ${nodeWord(change)}`;
  }
}

const leaderWords = ({ from, to }: { from: string | null; to: string | null }): string => {
  if (to === null) return `${from} led, and then nobody`;
  return from === null ? `${to} leads, after nobody did` : `${to} leads, before it ${from}`;
};

/** What is the same on both sides is not told. */
function tagWords({ from, to }: { from: string; to: string }): string {
  const [old, own] = [from, to].map((tags) => tags.split(' ').filter((tag) => tag !== ''));
  const gone = old!.filter((tag) => !own!.includes(tag)).join(' ');
  const more = own!.filter((tag) => !old!.includes(tag)).join(' ');
  if (more === '') return `has the tag ${gone} no more`;
  return gone === '' ? `has the tag ${more} now` : `has the tag ${more} now, before ${gone}`;
}

function nodeWord({ from, to }: { from: MemberState | null; to: MemberState | null }): string {
  switch (to) {
    case 'alive':
      return from === null || from === 'left' ? 'joined' : 'came back';
    case 'failed':
      return 'failed';
    case 'left':
      return 'left';
    case 'leaving':
      return 'is leaving';
    case null:
      return 'is no member any more';
    default:
      return `is in state ${to}`;
  }
}
