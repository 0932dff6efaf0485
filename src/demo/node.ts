/** The only node of the demo's cluster, and whether a job's tags choose it (Dkron tags.go). */
import type { Strings } from './job.ts';
import type { Json } from './json.ts';

export interface Node {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Serf's port. A real one has its own; here it is the one of HTTP, so that two demos differ. */
  serf: number;
}

/** The Dkron that the demo answers as. */
export const DKRON_VERSION = '4.1.2';

const RPC_PORT = 6868;

export const demoNode = (name = 'demo'): Node => ({
  name,
  serf: 0,
  tags: {
    dc: 'dc1',
    expect: '1',
    port: String(RPC_PORT),
    region: 'global',
    role: 'dkron',
    rpc_addr: `127.0.0.1:${RPC_PORT}`,
    server: 'true',
    version: DKRON_VERSION,
  },
});

/** The node as serf describes a member. */
export const renderMember = (node: Node): { [field: string]: Json } => ({
  Name: node.name,
  Addr: '127.0.0.1',
  Port: node.serf,
  Tags: node.tags,
  Status: 1,
  ProtocolMin: 1,
  ProtocolMax: 5,
  ProtocolCur: 2,
  DelegateMin: 2,
  DelegateMax: 5,
  DelegateCur: 4,
});

export const renderIndex = (node: Node): Json => ({
  agent: { name: node.name, version: DKRON_VERSION },
  serf: {
    coordinate_resets: '0',
    encrypted: 'false',
    event_queue: '0',
    event_time: '1',
    failed: '0',
    health_score: '0',
    intent_queue: '0',
    left: '0',
    member_time: '1',
    members: '1',
    query_queue: '0',
    query_time: '1',
  },
  tags: node.tags,
});

/** `tag: value:count` asks for at most that many of the nodes; a count that is no number for none. */
export function qualifies(node: Node, tags: Strings | null): boolean {
  for (const [name, asked] of tags ?? []) {
    const [value, count, ...more] = asked.split(':');
    if (!Object.hasOwn(node.tags, name) || node.tags[name] !== value) return false;
    const counted = count !== undefined && more.length === 0;
    if (counted && !/^\+?0*[1-9]\d*$/.test(count)) return false;
  }
  return true;
}
