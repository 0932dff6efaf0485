/** The clock of the screen. */

import type { Clock } from '../base/clock.ts';
import { liveAtOf } from './state/model.ts';
import type { Store } from './store.ts';

const second = 1_000;

/**
 * Tells the store the time whenever the rows have become a whole second older: the age that is
 * shown then lags less than a second behind. Gives what ends it.
 */
export function startTicking(store: Store, clock: Clock): () => void {
  let cancel = (): void => {};
  let from: number | null = null;
  const arm = (): void => {
    cancel();
    from = liveAtOf(store.state());
    const over = from === null ? 0 : (clock.now() - from) % second;
    // Negative when the machine's clock was set back.
    cancel = clock.after(second - Math.max(0, over), tick);
  };
  const tick = (): void => {
    store.dispatch({ type: 'clock', now: clock.now() });
    arm();
  };
  const stopListening = store.subscribe(() => {
    if (liveAtOf(store.state()) !== from) arm();
  });
  arm();
  return () => {
    stopListening();
    cancel();
  };
}
