/** What a command works with that changes a cluster, or keeps something of it; what only reads loads none of it. */
import { systemClock } from '../base/clock.ts';
import { protectedAs } from '../config/target.ts';
import type { Dkron } from '../dkron/client.ts';
import { type Door, openDoor } from '../dkron/write/door.ts';
import type { Keep } from '../plan/safety.ts';
import { safetyIn } from '../snapshot/take/safety.ts';
import { type Reached, reach, type Use } from './cluster.ts';
import { withDkron } from './connect.ts';
import type { Invocation } from './invocation.ts';
import { noteUnfinished } from './unfinished.ts';

/**
 * As `withDkron`, for a command that changes what answers, or keeps something of it for a cluster. `asked` may ask
 * for something that the server makes while it is found out which cluster it is.
 */
export const withCluster = <T>(
  invocation: Invocation,
  use: Use,
  work: (dkron: Dkron, reached: Reached) => Promise<T>,
  asked: (dkron: Dkron) => Dkron = (dkron) => dkron,
): Promise<T> =>
  withDkron(invocation, async (dkron) => {
    const given = asked(dkron);
    const reached = await reach(invocation, dkron, use);
    await noteUnfinished(invocation, reached.here);
    return work(given, reached);
  });

/** What keeps jobs of the cluster of a command before several are changed. */
export const safetyFor = ({ here, target }: Reached, dkron: Dkron): Keep =>
  safetyIn({
    dkron,
    folder: target.snapshots ?? here.places.snapshots,
    cluster: { id: here.id, name: here.name },
  });

/**
 * The door to the cluster of a command, with the journal that this machine keeps of it. `agreed`: what
 * the operator typed, as `confirm` gives it.
 */
export const doorTo = ({ here, target }: Reached, client: Dkron, agreed: string | null): Door =>
  openDoor({
    client,
    journal: here.journal,
    readOnly: target.readOnly,
    protectedAs: protectedAs(target),
    guard: here.guard,
    clock: systemClock,
  }).agreed(agreed);
