/** The way through a port-forward, for a client. */
import type { Clock } from '../base/clock.ts';
import { Unreachable } from '../base/errors.ts';
import type { PortForward } from '../config/target.ts';
import type { Route } from '../dkron/route.ts';
import { forwardArgs } from './kubectl.ts';
import type { ForwardState, Supervisor } from './supervisor.ts';

/** How long a request waits for a way while one is being made, ms. */
const patience = 30_000;

/** Names what is behind it as the cluster's own DNS would: `http://dkron.mobility.svc:8080`. */
export function urlOf({ namespace, resource, port, kubeContext }: PortForward): string {
  const [name = '', kind = 'pod'] = resource.split('/').reverse();
  const short = kind === 'service' || kind === 'services' ? 'svc' : kind;
  // The kind stands last: a host that ends in a number would be an IP address.
  const parts = [name, namespace, ...(kubeContext === null ? [] : [kubeContext]), short];
  const host = parts.map((part) => part.toLowerCase().replace(/[^a-z0-9.-]+/g, '-')).join('.');
  return `http://${host}${/^\d+$/.test(String(port)) ? `:${port}` : ''}`;
}

export function routeThrough(
  of: PortForward,
  { state, subscribe }: Pick<Supervisor, 'state' | 'subscribe'>,
  clock: Clock,
): Route {
  const url = urlOf(of);

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

  return {
    url,
    place: async (signal) => ({ origin: await origin(signal), base: '' }),
    headers: () => Promise.resolve({}),
    secrets: () => [],
  };
}
