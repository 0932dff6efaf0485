/** Follows the run whose output is on the screen: asks what runs, at a pace that costs a server little. */
import type { Clock } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { lookAtOutput, type RunSight } from '../../dkron/sight.ts';
import type { Message } from '../state/model.ts';
import type { Followed } from '../state/text.ts';
import type { BusyReader } from './busy.ts';
import { restOf } from './pace.ts';

export interface FollowerOptions {
  readonly client: Pick<Dkron, 'execution'>;
  readonly clock: Clock;
  /** Asks what runs: null when nobody tells. */
  readonly busy: BusyReader['ask'];
  /** Resolves once it is the cluster that is shown that answers. */
  readonly answering: () => Promise<unknown>;
  readonly dispatch: (message: Message) => void;
  /** Tells what went wrong with our own work. */
  readonly watch: (work: Promise<unknown>) => void;
}

/** At the quickest, ms: each look has every server of the cluster asked. */
const least = 500;
/** What nobody runs may still be told of, by a node that comes back, ms. */
const leastOfLost = 5_000;

/** Follows this run in place of the one before, or none. */
export function createFollower(options: FollowerOptions): (run: Followed | null) => void {
  const { client, clock, busy, answering, dispatch, watch } = options;
  let current: Followed | null = null;
  let cancel = (): void => {};

  async function look(mine: Followed): Promise<void> {
    const { name, execution, focused } = mine;
    const began = clock.now();
    const sight = await answering()
      .then(busy)
      .then((told) => lookAtOutput(client, { name, key: execution }, told))
      .catch(untold);
    if (current !== mine) return;
    const now = clock.now();
    dispatch({ type: 'followed', name, execution, sight, now });
    if (current !== mine) return;
    const isLost = sight.kind === 'lost' || sight.kind === 'gone';
    const rest = restOf({ paused: false, focused }, now - began, isLost ? leastOfLost : least);
    cancel = clock.after(rest, () => watch(look(mine)));
  }

  return (run) => {
    cancel();
    current = run;
    if (run !== null) watch(look(run));
  };
}

/** The header tells why a server cannot be read. */
function untold(error: unknown): RunSight {
  if (error instanceof OperatorError) return { kind: 'untold' };
  throw error;
}
