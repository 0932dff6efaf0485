/** What runs now, asked for on its own: it may take a server longer than all else. */
import type { Clock } from '../../base/clock.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Execution } from '../../dkron/shapes.ts';
import { noneFor } from './look.ts';
import { pause } from './pace.ts';

/** A dead node makes the others think for ten seconds about what runs: it never holds up a list. */
const patience = 750;

/**
 * Asks what runs, once at a time however often it is called, and no more than a fifth of the time;
 * null when that takes too long, or is not to be asked yet.
 */
export function busyReader(
  client: Pick<Dkron, 'busy'>,
  clock: Clock,
): () => Promise<readonly Execution[] | null> {
  let asking: Promise<readonly Execution[] | null> | null = null;
  let notBefore = Number.NEGATIVE_INFINITY;
  return () => {
    const asked = clock.now();
    if (asking === null && asked < notBefore) return Promise.resolve(null);
    asking ??= client
      .busy()
      .then(({ value }) => value, noneFor)
      .finally(() => {
        asking = null;
        const took = clock.now() - asked;
        notBefore = took > patience ? clock.now() + pause(took, 0) : Number.NEGATIVE_INFINITY;
      });
    const answer = asking;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(patience, () => resolve(null));
      answer.finally(cancel).then(resolve, reject);
    });
  };
}
