/** `kubectl port-forward`, looked after, on this machine. */
import { networkInterfaces } from 'node:os';
import { type Clock, systemClock } from '../base/clock.ts';
import { OperatorError, Unreachable } from '../base/errors.ts';
import type { PortForward } from '../config/target.ts';
import { createClient } from '../dkron/client.ts';
import type { Route } from '../dkron/route.ts';
import { currentContext, mayBreakOff } from './ask.ts';
import { kubectlIn, type StartKubectl } from './kubectl.ts';
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
    network,
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

/**
 * The context that is current when the forward is opened stays that of every try: somebody who
 * chooses another in the next window must not send our next write to another cluster.
 */
function pinned(start: StartKubectl, clock: Clock): StartKubectl {
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

/** The addresses of this machine, without those that come and go with containers. */
const network = (): string =>
  Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address)
    .sort()
    .join();
