/** What this machine changed tells nothing of a cluster until it has been seen again. */
import { type Fingerprint, without } from './fingerprint.ts';

export interface OwnChanges {
  /** These jobs were changed, or perhaps. */
  note(names: readonly string[]): void;
  /** What is still known of the cluster. */
  knownStill(known: Fingerprint): Fingerprint;
}

/** A reading that began before a change may come after it, and a follower shows it later, ms. */
const settling = 10_000;

/** `time`: now by the server's clock, ms since the epoch. */
export function ownChanges(time: () => number): OwnChanges {
  const touched = new Map<string, number>();
  return {
    note: (names) => {
      for (const name of names) touched.set(name, time());
    },
    knownStill: (known) => {
      const lately = [...touched].filter(([, when]) => known.at < when + settling);
      return lately.length === 0 ? known : without(known, new Set(lately.map(([name]) => name)));
    },
  };
}
