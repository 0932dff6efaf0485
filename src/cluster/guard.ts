/** The guard of the write door (dkron/write/guard.ts) for a cluster that somebody looked at. */
import { OtherCluster } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import type { Guard } from '../dkron/write/guard.ts';
import { type Cluster, nameOf, shortNameOf } from './identify.ts';
import { judge } from './judge.ts';
import { ownChanges } from './own-changes.ts';
import { lookAsFarAsNeeded } from './sighting.ts';

/** What the operator looks at. */
export type Watched = Pick<Cluster, 'label' | 'fingerprint' | 'reached'>;

export interface GuardOptions {
  readonly client: Dkron;
  /** What it is now; null while nothing was seen yet, and then nothing is refused. */
  readonly watched: () => Watched | null;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told of the jobs that were changed, to tell the register; must not throw. */
  readonly changed?: (names: readonly string[]) => Promise<void>;
}

/**
 * Looks at the members and a few jobs before every change, and at the whole list where these do not
 * say that it is the same cluster.
 */
export function createGuard({ client, watched, now, changed }: GuardOptions): Guard {
  const own = ownChanges(() => now() - client.skew);
  return {
    check: async (signal) => {
      const seen = watched();
      if (seen === null) return null;
      const known = own.knownStill(seen.fingerprint);
      const sighting = await lookAsFarAsNeeded(client, known, now, { signal });
      const { verdict, why } = judge(known, sighting);
      return verdict === 'same' ? null : otherCluster(client.url, seen, verdict, why);
    },
    changed: async (names) => {
      own.note(names);
      await changed?.(names);
    },
  };
}

/** `why` says what differs, as a part of a sentence (judge.ts). */
const otherCluster = (
  address: string,
  watched: Watched,
  verdict: 'other' | 'unsure',
  why: string,
): OtherCluster =>
  new OtherCluster(
    verdict === 'other'
      ? `another cluster than ${nameOf(watched)} answers at ${address} now: ${why}`
      : `it is not certain that ${nameOf(watched)} still answers at ${address}: ${why}`,
    {
      data: 'Nothing was sent, so nothing was changed.',
      next: `Make the address lead to ${shortNameOf(watched)} again (check the port-forward), or look at what answers now before you change anything there.`,
    },
  );
