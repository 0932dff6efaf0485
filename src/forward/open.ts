/** `kubectl port-forward`, looked after, on this machine. */
import { networkInterfaces } from 'node:os';
import { type Clock, systemClock } from '../base/clock.ts';
import { OperatorError, Unreachable } from '../base/errors.ts';
import type { PortForward } from '../config/target.ts';
import { createClient } from '../dkron/client.ts';
import { network } from '../dkron/doctor/network.ts';
import type { Route } from '../dkron/route.ts';
import { kubernetes, mayBreakOff } from './ask.ts';
import { kubectlIn, type StartKubectl } from './kubectl.ts';
import { pinned } from './pinned.ts';
import { routeThrough } from './route.ts';
import { type Supervisor, supervise } from './supervisor.ts';
import type { Probe } from './tunnel.ts';

export interface Forward extends Supervisor {
  /** The way through it to what the route names. */
  through(route: Route): Route;
}

export interface ForwardOptions {
  readonly of: PortForward;
  /** Where kubectl is looked for, and what it gets; that of this process unless told. */
  readonly env?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
}

/** Starts it at once. It goes on until it is closed, or this process has ended, however it ends. */
export function openForward({ of, env, clock = systemClock }: ForwardOptions): Forward {
  const kubectl = kubectlIn(env ?? process.env);
  const supervisor = supervise({
    of,
    start: of.kubeContext === null ? pinned(kubectl, clock) : kubectl,
    probe: answersAt,
    clock,
    random: Math.random,
    network: networks,
    reachable: reachable(kubectl, clock, of.kubeContext),
  });
  let drains = true;
  void mayBreakOff(kubectl, clock).then((yes) => {
    drains = !yes;
  });
  return {
    ...supervisor,
    through: (route) => ({
      ...routeThrough(route, of, supervisor, clock),
      get drains() {
        return drains;
      },
    }),
  };
}

/** Any answer will do: what it says of the server, the client tells better. On a connection of its own. */
const answersAt: Probe = async (origin, signal) => {
  const client = createClient({ url: origin });
  try {
    await client.server({ signal });
  } catch (error) {
    if (!(error instanceof OperatorError) || error instanceof Unreachable) throw error;
  } finally {
    await client.close();
  }
};

/** How long Kubernetes is waited for that may be out of reach, ms: as often as that it is tried. */
const soon = 1_000;

/** Behind a proxy it is never reached so, and kubectl's tries are all there is. */
function reachable(start: StartKubectl, clock: Clock, context: string | null) {
  let server: Promise<URL | null> | null = null;
  return async (): Promise<boolean> => {
    server ??= kubernetes(start, clock, context);
    const url = await server;
    if (url === null) return false;
    const port = Number(url.port) || (url.protocol === 'http:' ? 80 : 443);
    return network.dial(url.hostname.replace(/^\[|\]$/g, ''), port, soon).then(yes, no);
  };
}

const yes = (): boolean => true;
const no = (): boolean => false;

/** The addresses of this machine, without those that come and go with containers. */
const networks = (): string =>
  Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address)
    .sort()
    .join();
