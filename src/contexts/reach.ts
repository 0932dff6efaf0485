/** How a target is reached, opened: straight to its address, or by a port-forward that it starts. */
import type { Target } from '../config/target.ts';
import type { Route } from '../dkron/route.ts';
import { type Forward, openForward } from '../forward/open.ts';
import { type RouteOptions, routeOf } from './route.ts';

export interface Reach {
  readonly route: Route;
  /** Null where it leads straight to an address. */
  readonly forward: Forward | null;
  /** Ends what it started, once the clients by it are closed. */
  close(): Promise<void>;
}

/** Throws UsageError for an address that cannot be read. */
export function openReach(target: Target, options: RouteOptions): Reach {
  const route = routeOf(target, options);
  if (target.portForward === null) return { route, forward: null, close: async () => {} };
  const forward = openForward({ of: target.portForward, env: options.env });
  return { route: forward.through(route), forward, close: forward.close };
}
