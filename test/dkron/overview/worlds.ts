/** Overviews for tests: what a cluster may look like. */
import type { Overview } from '../../../src/dkron/overview/read.ts';
import type { Node } from '../../../src/dkron/shapes.ts';

export const aNode = (name: string, fields: Partial<Node> = {}): Node => ({
  Name: name,
  Addr: '10.0.0.1',
  Port: 8946,
  Tags: { server: 'true', version: '4.1.2', region: 'global' },
  Status: 1,
  ...fields,
});

/** Serf's numbers. */
export const status = { alive: 1, leaving: 2, left: 3, failed: 4 } as const;

export const anAgent = (name: string, fields: Partial<Node> = {}): Node =>
  aNode(name, { Tags: { version: '4.1.2', region: 'global', dc: 'dc1' }, ...fields });

/** One that is well: n1 answers and leads, unless told. */
export function anOverview(fields: Partial<Overview> = {}): Overview {
  const members = [aNode('n1')];
  return {
    server: { name: 'n1', version: '4.1.2', tags: {} },
    members: { value: members },
    leader: { value: members[0]! },
    health: { value: { status: 'healthy', issues: null, leader: true } },
    paused: { value: false },
    figures: { value: { members: '1', failed: '0', left: '0', health_score: '0' } },
    days: { value: [] },
    ...fields,
  };
}
