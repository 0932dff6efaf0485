/** The way through a port-forward, for a client. */
import type { Clock } from '../base/clock.ts';
import { Unreachable } from '../base/errors.ts';
import type { PortForward } from '../config/target.ts';
import type { Route } from '../dkron/route.ts';
import { forwardArgs } from './kubectl.ts';
import type { ForwardState, Supervisor } from './supervisor.ts';

/** How long a request waits for a way while one is being made, ms. */
const patience = 30_000;

/**
 * The same route, but for the place, which is where kubectl listens now: `place` waits for it while it is
 * being made, and rejects with Unreachable in the words of the state.
 */
export function routeThrough(
  route: Route,
  of: PortForward,
  { state, subscribe, heard, suspect }: Supervisor,
  clock: Clock,
): Route {
  const { url } = route;

  /** Undefined while it may still come. */
  function answer(seen: ForwardState): string | Unreachable | undefined {
    if (seen.kind === 'starting') return undefined;
    return seen.kind === 'up' ? seen.origin : unreachable(seen);
  }

  const unreachable = (seen: ForwardState): Unreachable =>
    new Unreachable(`${url} cannot be reached: ${seen.text}`, {
      next:
        seen.kind === 'refused'
          ? seen.next
          : `This shows what kubectl says: kubectl ${forwardArgs(of).join(' ')}`,
    });

  const origin = (signal?: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => {
      const done = (found: string | Error): void => {
        cancel();
        unsubscribe();
        signal?.removeEventListener('abort', aborted);
        if (typeof found === 'string') resolve(found);
        else reject(found);
      };
      const aborted = (): void => done(signal?.reason);
      const look = (seen: ForwardState): void => {
        const found = answer(seen);
        if (found !== undefined) done(found);
      };
      const cancel = clock.after(patience, () => done(unreachable(state())));
      const unsubscribe = subscribe(look);
      signal?.addEventListener('abort', aborted, { once: true });
      if (signal?.aborted) aborted();
      else look(state());
    });

  // Straight to this machine: no proxy, and no TLS.
  const { line: _, ...rest } = route;
  return {
    ...rest,
    place: async (signal) => ({ origin: await origin(signal), base: '' }),
    heard,
    missed: suspect,
  };
}
