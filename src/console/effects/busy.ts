/** What runs now, asked for on its own: it may take a server longer than all else. */
import type { Clock } from '../../base/clock.ts';
import { noneFor } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Execution } from '../../dkron/shapes.ts';
import { pause } from './pace.ts';

/** A dead node makes the others think for ten seconds about what runs: it never holds up a list. */
const patience = 750;

export interface BusyReader {
  /**
   * Asks what runs, once at a time however often it is called, and no more than a fifth of the time;
   * null when that takes too long, or is not to be asked yet.
   */
  readonly ask: () => Promise<readonly Execution[] | null>;
  /** The way that it was asked on leads nowhere: what is under way is given up. */
  readonly giveUp: () => void;
}

export function busyReader(client: Pick<Dkron, 'busy'>, clock: Clock): BusyReader {
  let asking: Promise<readonly Execution[] | null> | null = null;
  let giveUp = new AbortController();
  let notBefore = Number.NEGATIVE_INFINITY;

  async function read({ signal }: AbortController): Promise<readonly Execution[] | null> {
    const asked = clock.now();
    try {
      return (await client.busy({ signal })).value;
    } catch (error) {
      return signal.aborted ? null : noneFor(error);
    } finally {
      if (!signal.aborted) {
        asking = null;
        const took = clock.now() - asked;
        if (took > patience) notBefore = clock.now() + pause(took, 0);
      }
    }
  }

  return {
    ask: () => {
      if (asking === null && clock.now() < notBefore) return Promise.resolve(null);
      asking ??= read(giveUp);
      const answer = asking;
      return new Promise((resolve, reject) => {
        const cancel = clock.after(patience, () => resolve(null));
        answer.finally(cancel).then(resolve, reject);
      });
    },
    giveUp: () => {
      giveUp.abort();
      giveUp = new AbortController();
      asking = null;
      notBefore = Number.NEGATIVE_INFINITY;
    },
  };
}
