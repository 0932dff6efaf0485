/** One kubectl context for all tries of a port-forward. */
import type { Clock } from '../base/clock.ts';
import { currentContext } from './ask.ts';
import type { StartKubectl } from './kubectl.ts';

/**
 * The context that is current when the forward is opened stays that of every try: somebody who
 * chooses another in the next window must not send our next write to another cluster.
 */
export function pinned(start: StartKubectl, clock: Clock): StartKubectl {
  let context: Promise<string | null> | null = null;
  return (args, hears) => {
    let over = false;
    let kill = (): void => {
      over = true;
      hears.ended({ code: null });
    };
    context ??= currentContext(start, clock);
    void context.then((name) => {
      if (!over) kill = start(name === null ? args : [`--context=${name}`, ...args], hears);
    });
    return () => kill();
  };
}
