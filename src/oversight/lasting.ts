/** Looks at a cluster again and again, as a command does that goes on: a list and what runs at each look. */
import { noneFor } from '../base/errors.ts';
import { busyTold } from '../dkron/busy.ts';
import type { Dkron } from '../dkron/client.ts';
import { readNodes } from '../dkron/nodes.ts';
import { rowReader } from '../dkron/rows.ts';
import type { Execution } from '../dkron/shapes.ts';
import { isBehind } from '../job/behind.ts';
import type { NodeTags } from '../job/lint/tags.ts';
import { JobTable } from '../job/table.ts';
import type { Missed } from './missed.ts';
import { createOverseer, type OverseerOptions } from './overseer.ts';
import type { Verdict } from './verdict.ts';

export interface Look {
  readonly jobs: JobTable;
  readonly unreadable: ReadonlySet<string>;
  readonly busy: readonly Execution[] | null;
  readonly nodes: readonly NodeTags[] | undefined;
  readonly troubles: ReadonlyMap<string, Verdict>;
  /** What was missed, and is over, since the look before. */
  readonly news: readonly Missed[];
  /** The node that answered. */
  readonly whom: string | null;
  readonly version: string | undefined;
  /** When the jobs were read, by the server's clock, ms since the epoch. */
  readonly now: number;
}

export interface LastingOptions extends OverseerOptions {
  readonly now: () => number;
  /** Executions of so many suspects are read at a look, one after the other. */
  readonly suspects: number;
}

/** A list that looks older than the one before is passed over so often: then the jobs were put back. */
const mostBehind = 3;

/**
 * Each look throws the errors of the client, and what is seen goes on from the last that threw none. Null: a
 * node answered that lags behind what was seen before.
 */
export function createLasting(dkron: Dkron, options: LastingOptions) {
  const overseer = createOverseer(options);
  let jobs = JobTable.empty;
  let nodes: readonly NodeTags[] | undefined;
  let version: string | undefined;
  let isFirst = true;
  let behind = 0;

  const serverNow = (): number => options.now() - dkron.skew;

  function work(): void {
    const now = serverNow();
    for (let next = overseer.work(now, all); next !== null && next <= now; )
      next = overseer.work(now, all);
  }

  /** Only where something is wrong, and at first, more is asked for than the list and what runs. */
  async function askAround(signal: AbortSignal) {
    const [server, leader, members] = await Promise.all([
      version === undefined ? dkron.server({ signal }).catch(noneFor) : null,
      dkron.leader({ signal }).catch(noneFor),
      readNodes(dkron, { signal }),
    ]);
    version ??= server?.value.version;
    if (members !== undefined && JSON.stringify(members) !== JSON.stringify(nodes)) nodes = members;
    return leader === null ? undefined : (leader.value?.Name ?? null);
  }

  return async (signal: AbortSignal): Promise<Look | null> => {
    // Before the list: what it does not name had ended by then.
    const busy = await busyTold(dkron, signal);
    const unreadable = new Set<string>();
    const reader = rowReader(dkron.url, jobs, (_, name) => unreadable.add(name));
    let whom: string | null = null;
    const at = serverNow();
    for await (const objects of dkron.jobBytes({ signal, onHead: (head) => (whom = head.whom) }))
      for (const bytes of objects) reader.read(bytes);
    const read = reader.end();
    behind = isBehind(read, jobs) ? behind + 1 : 0;
    if (behind > 0 && behind <= mostBehind) return null;
    jobs = read;
    const leader = isFirst ? await askAround(signal) : undefined;
    isFirst = false;
    const sight = { jobs, fresh: null, busy, at, leader, version, nodes };
    overseer.saw(sight);
    work();
    if (overseer.suspect() !== null || overseer.troubles().size > 0)
      await lookCloser(sight, signal);
    return {
      ...{ jobs, unreadable, busy, nodes, whom, version, now: at },
      troubles: overseer.troubles(),
      news: overseer.news(),
    };
  };

  async function lookCloser(
    sight: Omit<Parameters<typeof overseer.saw>[0], 'leader' | 'nodes' | 'version'>,
    signal: AbortSignal,
  ): Promise<void> {
    const leader = await askAround(signal);
    overseer.saw({ ...sight, leader, nodes, version });
    work();
    for (let read = 0; read < options.suspects; read++) {
      const name = overseer.suspect();
      if (name === null) return;
      const answer = await dkron.executions(name, { signal, outputLimit: 0 }).catch(noneFor);
      // Whether really nobody runs what has no end: it may have begun or ended meanwhile.
      const busy = await busyTold(dkron, signal);
      overseer.saw({ ...sight, busy, leader, nodes, version });
      overseer.told(name, answer?.value ?? null, serverNow());
      work();
    }
  }
}

const all = Number.MAX_SAFE_INTEGER;
