/**
 * Who should have run and did not: looked for in what the console reads anyway, off the way of keys and
 * of lists. Only of a suspect more is read, its executions, one at a time and seldom.
 */

import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../base/clock.ts';
import { noneFor } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Execution } from '../../dkron/shapes.ts';
import type { NodeTags } from '../../job/lint/tags.ts';
import { JobTable } from '../../job/table.ts';
import {
  closed,
  joined,
  type Kept,
  keptOf,
  type MissedFile,
  sightingsOf,
} from '../../oversight/kept.ts';
import { createOverseer, type OverseerOptions } from '../../oversight/overseer.ts';
import type { Seen } from '../../oversight/watch/step.ts';
import type { Message } from '../state/model.ts';
import type { Looked } from './look.ts';
import type { Shown } from './reading.ts';

export interface Oversight {
  readonly saw: (looked: Looked, shown: Shown) => void;
  readonly stop: () => void;
}

/** What is known of the jobs, and who of them is in trouble. */
export type Judged = Omit<Seen, 'unreadable' | 'why'>;

export interface OversightOptions extends Omit<OverseerOptions, 'sightings'> {
  readonly client: Pick<Dkron, 'executions'>;
  readonly clock: Clock;
  readonly dispatch: (message: Message) => void;
  /** Reads these jobs once more. */
  readonly reread: (names: readonly string[]) => void;
  /** Executions that were read. */
  readonly heard: (name: string, executions: readonly Execution[]) => void;
  /** Told of what was judged. */
  readonly judged: (judged: Judged) => void;
  /** What is kept of the cluster, once it is known. */
  readonly file: () => Promise<MissedFile>;
}

/** So many steps at once, some ms at most, so often, ms: in between come the keys. */
const slice = { steps: 800, every: 20 };
/** Executions cost a server more than anything else: no more than one a second and a twentieth of its time. */
const rest = { least: 1_000, times: 20 };

export function createOversight(options: OversightOptions): Oversight {
  const { client, clock, dispatch, reread, grace, serverZone } = options;
  let kept: Kept = { missed: [], seen: [] };
  const overseer = createOverseer({
    grace,
    serverZone,
    sightings: { since: (job) => sightings.since(job) },
  });
  let sightings = sightingsOf(kept);
  let jobs = JobTable.empty;
  let busy: Judged['busy'] = null;
  let shown = overseer.troubles();
  let nodes: readonly NodeTags[] | undefined;
  let skew = 0;
  let cancel = (): void => {};
  let version: string | undefined;
  let isReady = false;
  /** Nothing was judged yet. */
  let isFirst = true;
  let isReading = false;
  let isStopped = false;
  let notBefore = 0;

  const serverNow = (): number => clock.now() - skew;

  async function remember(): Promise<void> {
    kept = await (await options.file()).read();
    sightings = sightingsOf(kept);
    isReady = true;
    if (isStopped) return;
    if (kept.missed.length > 0) tell();
    if (jobs !== JobTable.empty) work();
  }
  void remember();

  function work(): void {
    if (!isReady) return;
    const now = serverNow();
    const next = overseer.work(now, slice.steps);
    if (next !== null && next <= now) cancel = clock.after(slice.every, work);
    else settle(now);
  }

  const tell = (): void => dispatch({ type: 'overseen', troubles: shown, missed: kept.missed });

  function settle(now: number): void {
    const troubles = overseer.troubles();
    const outdated = overseer.outdated();
    const over = isFirst ? closed(kept.missed, troubles, now) : [];
    isFirst = false;
    const gone = overseer.news();
    options.judged({ jobs, busy, troubles, news: gone, nodes, now });
    if (troubles !== shown || over.length > 0) {
      shown = troubles;
      const news = [...over, ...gone];
      const more = keptOf(troubles, news, jobs, now, { serverZone, version });
      kept = joined(kept, more, now);
      tell();
      if (more.missed.length > 0 || more.seen.length > 0) void keep(more, now);
    }
    if (outdated.length > 0) reread(outdated);
    void look();
  }

  /** A disk that refuses keeps nobody from seeing it. */
  async function keep(more: Kept, now: number): Promise<void> {
    await (await options.file()).keep(more, now).catch(noneFor);
  }

  async function look(): Promise<void> {
    const name = overseer.suspect();
    if (name === null || isReading || clock.now() < notBefore) return;
    isReading = true;
    const started = clock.now();
    const answer = await client.executions(name, { outputLimit: 0 }).catch(noneFor);
    isReading = false;
    notBefore = clock.now() + Math.max(rest.least, rest.times * (clock.now() - started));
    if (isStopped) return;
    if (answer !== null) options.heard(name, answer.value);
    overseer.told(name, answer?.value ?? null, serverNow());
    work();
  }

  return {
    saw(looked, told) {
      // A node that lags shows jobs that ran long ago as if they had not.
      if (told.node.behind || isStopped) return;
      skew = told.skew;
      version = told.server.version;
      if (told.nodes !== undefined && !isDeepStrictEqual(told.nodes, nodes)) nodes = told.nodes;
      jobs = looked.jobs;
      busy = told.busy;
      overseer.saw({
        jobs,
        fresh: looked.some?.fresh.keys() ?? null,
        busy,
        at: (told.liveAt ?? told.at) - skew,
        leader: told.leader,
        version,
        nodes,
      });
      cancel();
      cancel = clock.after(0, work);
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
