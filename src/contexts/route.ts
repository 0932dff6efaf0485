/** The route to a target: its address, what lets us in there, and how connections are made. */
import type { Target } from '../config/target.ts';
import { proxyFor } from '../dkron/proxy.ts';
import { type Route, routeTo } from '../dkron/route.ts';
import { readTls } from '../dkron/tls.ts';
import { shellIn } from './command.ts';
import { hold } from './credentials.ts';

export interface RouteOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told what an operator should know though it works: a sentence. */
  readonly warn: (text: string) => void;
}

/** Throws UsageError for an address that cannot be read; nothing else is read before it is needed. */
export function routeOf(target: Target, { env, warn }: RouteOptions): Route {
  const route = routeTo(target.url);
  const { basic, bearer, headers } = target.credentials;
  const none = basic === null && bearer === null && Object.keys(headers).length === 0;
  return {
    ...route,
    ...(none ? {} : hold(target.credentials, { env, run: shellIn(env), warn: once(warn) })),
    line: async (origin) => ({
      tls: await readTls(target.tls),
      proxy: target.proxy ? proxyFor(origin, env) : null,
    }),
  };
}

/** Sources are read again and again; what is wrong with them is said once. */
function once(warn: (text: string) => void): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    warn(text);
  };
}
