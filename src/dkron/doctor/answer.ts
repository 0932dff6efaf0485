/** Who answers at an address: Dkron, a tunnel with nothing behind it, another program, a door-keeper. */
import {
  Forbidden,
  NotDkron,
  OperatorError,
  Unauthorised,
  Unreachable,
  Unsupported,
} from '../../base/errors.ts';
import { createClient, type Dkron } from '../client.ts';
import { whyUnreachable } from '../connection-error.ts';
import type { Route } from '../route.ts';
import type { Server } from '../shapes.ts';
import { bad, type Check, failed, ok } from './check.ts';
import type { Way } from './way.ts';
import { caught } from './way.ts';

/** Longer than a server nearby takes, ms. */
export const patience = 5_000;

/** Yields what answers; returns what Dkron says of itself, or null. */
export async function* whoAnswers(
  client: Dkron,
  route: Route,
  { place, isLocal }: Way,
  signal: AbortSignal,
): AsyncGenerator<Check, Server | null> {
  const began = performance.now();
  const said = await inTime(signal, (reading) => client.server({ signal: reading }));
  const took = Math.max(1, Math.round(performance.now() - began));
  if (!(said instanceof OperatorError) && said !== null) {
    yield ok('answer', `it answers in ${took} ms`);
    return said.value;
  }
  if (said === null || isSilence(said)) {
    yield nothingBehind(said, isLocal);
    return null;
  }
  if (!(said instanceof NotDkron || said instanceof Unsupported)) {
    yield said instanceof Unauthorised || said instanceof Forbidden
      ? failed('credentials', said, client.url)
      : failed('answer', said, client.url);
    return null;
  }
  yield failed('answer', said, client.url);
  const base = await otherBase(route, place.base, signal);
  if (base !== null) {
    const at = place.origin + base;
    const longer = base.length > place.base.length;
    yield bad(
      'base path',
      longer
        ? `the address lacks a part of its path: Dkron answers at ${at}`
        : `the path of the address is too long: Dkron answers at ${at}`,
      `Write the address as ${at}.`,
    );
  }
  return null;
}

/** Nothing came, or the connection ended before anything did. */
const isSilence = (error: OperatorError): boolean =>
  error instanceof Unreachable &&
  error.cause !== undefined &&
  /reset|closed|no answer in time/.test(whyUnreachable(error));

const nothingBehind = (said: OperatorError | null, isLocal: boolean): Check => {
  const what =
    said === null
      ? `it takes connections, but answers nothing within ${patience / 1000} s`
      : `it takes connections, but ends them without an answer`;
  return isLocal
    ? bad(
        'answer',
        `${what}: a tunnel is up with nothing behind it`,
        'Start the port-forward again; check that the pod runs and that Dkron listens on that port of it.',
      )
    : bad(
        'answer',
        `${what}: what stands there has no Dkron behind it, or Dkron hangs`,
        'Check that Dkron runs, and what forwards to it.',
      );
};

/** Null when it takes too long; the signal's reason is thrown. */
export async function inTime<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  ms: number = patience,
): Promise<T | OperatorError | null> {
  const limit = AbortSignal.timeout(ms);
  try {
    return await caught(() => work(AbortSignal.any([signal, limit])));
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return null;
    throw error;
  }
}

/** What Dkrons behind a proxy are called most. */
const usual = ['/dkron', '/cron', '/scheduler'];

/** The base paths to try, those next to the one that is given first: what it is in, and what is in it. */
export function nearBases(base: string): string[] {
  const parts = base.split('/').filter(Boolean);
  const parents = parts.map((_, at) => `/${parts.slice(0, at).join('/')}`.replace(/^\/$/, ''));
  const children = usual.map((part) => base + part);
  return [...new Set([...parents.reverse(), ...children, ...usual])].filter((one) => one !== base);
}

async function otherBase(route: Route, base: string, signal: AbortSignal): Promise<string | null> {
  for (const other of nearBases(base)) {
    const place: Route['place'] = async (reading) => ({
      ...(await route.place(reading)),
      base: other,
    });
    const client = createClient({ route: { ...route, place } });
    const said = await inTime(signal, (reading) => client.server({ signal: reading }), 2_000);
    await client.close();
    if (said !== null && !(said instanceof OperatorError)) return other;
  }
  return null;
}
