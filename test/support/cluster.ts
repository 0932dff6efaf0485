/** Three Dkron servers with one leader, on loopback. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type DkronNode, freePorts, launch, leaderName, newKey, patience } from './dkron-node.ts';

export interface RunningCluster {
  /** The leader's address first, then the followers'. */
  readonly urls: readonly [leader: string, ...followers: string[]];
  /** In the same order. */
  readonly nodes: readonly ClusterNode[];
  /** Brings back what was killed or stopped, and waits until all agree: the same, whoever leads now. */
  whole(): Promise<RunningCluster>;
  stop(): Promise<void>;
}

export interface ClusterNode {
  readonly name: string;
  readonly url: string;
  /** Leads its own process group. */
  readonly pid: number;
}

export async function startCluster(binary: string): Promise<RunningCluster> {
  const ports = await freePorts(9);
  const key = newKey();
  const options = [0, 3, 6].map((at, index) => ({
    name: `n${index + 1}`,
    http: ports[at]!,
    serf: ports[at + 1]!,
    rpc: ports[at + 2]!,
    expect: 3,
    join: [ports[1]!, ports[4]!, ports[7]!],
    key,
  }));
  const nodes: DkronNode[] = [];
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())));

  async function whole(): Promise<RunningCluster> {
    for (const [at, one] of options.entries()) {
      const node = nodes[at];
      node?.signal('SIGCONT');
      if (node?.over() === false) continue;
      nodes[at] = launch(binary, one, node?.data);
      // Nodes that join at the same moment can bootstrap Raft apart from each other.
      await nodes[at].listening();
    }
    await Promise.all(nodes.map((node) => node.ready()));
    const leader = await agreedLeader(nodes.map(({ url }) => url));
    const ordered = nodes.toSorted((a, b) => Number(b.name === leader) - Number(a.name === leader));
    const [first, ...others] = ordered.map(({ url }) => url);
    return {
      urls: [first!, ...others],
      nodes: ordered.map(({ name, url, pid }) => ({ name, url, pid })),
      whole,
      stop,
    };
  }

  try {
    return await whole();
  } catch (error) {
    await stop();
    throw error;
  }
}

/** While nodes elect they name different leaders, and then none: two looks at all of them must agree. */
async function agreedLeader(urls: readonly string[]): Promise<string> {
  let before: string | null = null;
  for (const deadline = Date.now() + patience; Date.now() < deadline; await sleep(500)) {
    const names = new Set(await Promise.all(urls.map(leaderName)));
    const agreed: string | null = names.size === 1 ? [...names][0]! : null;
    if (agreed !== null && agreed === before) return agreed;
    before = agreed;
  }
  throw new Error(`not a fault of dkron-tui: ${urls.join(', ')} did not agree on a leader`);
}
