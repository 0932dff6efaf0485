/** What a command knows of how jobs stand: when they are late, and how long they take. */
import { counted } from '../base/counted.ts';
import { openMissed } from '../oversight/kept.ts';
import { openTimes } from '../oversight/kept-times.ts';
import type { Oversight } from '../oversight/once.ts';
import { knownCluster, reach } from './cluster.ts';
import type { Invocation } from './invocation.ts';
import { printNote } from './output.ts';

/** How long a command may read executions to find out, ms. */
const budget = 10_000;

export const oversightOf = (invocation: Invocation): Required<Oversight> => {
  const { io, target } = invocation;
  const { grace, serverZone } = target;
  return {
    grace,
    serverZone,
    kept: {
      budget,
      async open(dkron, isWanted) {
        const here = isWanted
          ? (await reach(invocation, dkron, 'show')).here
          : await knownCluster(invocation, dkron);
        if (here === null) return null;
        const { missed, times } = io.places.cluster(here.id);
        return { missed: openMissed(missed), times: openTimes(times) };
      },
      // Also for programs: to find nothing may mean that nothing is known.
      unread: (count) => printNote(io, unreadText(count)),
    },
  };
};

const unreadText = (count: number): string =>
  `how long ${counted(count)} took is not known yet, or was not read lately: asked again it is`;
