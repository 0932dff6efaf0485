/** An answer whose body is still on its way. */
import { OperatorError } from '../base/errors.ts';
import { bounds, within } from './bounds.ts';
import type { Called } from './call.ts';
import { connectionError } from './connection-error.ts';
import type { RequestNotes } from './request-log.ts';
import type { Headers, Place, Route } from './route.ts';
import { conceal } from './secrets.ts';
import type { Ask, Bounds, Reply, Shown } from './wire.ts';

/** What was asked, and how. */
export interface Asked {
  readonly route: Route;
  readonly place: Place;
  readonly headers: Headers;
  readonly ask: Ask;
  readonly limits: Bounds;
  readonly notes: RequestNotes;
}

export function replyOf(asked: Asked, called: Called): Reply {
  const { route, headers, ask } = asked;
  const header = (name: string): string | null => {
    const value = called.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const bytes = bytesOf(asked, called);
  return {
    ask,
    status: called.statusCode,
    header,
    whom: header('x-whom'),
    bytes,
    shown: shownBy(headers, route.secrets()),
    conceal: (text) => conceal(text, route.secrets()),
    text: async () => Buffer.concat(await Array.fromAsync(bytes)).toString(),
  };
}

/** The body's bytes within its bounds, with an error that names the server when they break off. */
async function* bytesOf(
  { route, place, ask, limits, notes }: Asked,
  { statusCode, body }: Called,
): AsyncGenerator<Uint8Array> {
  const check = within(statusCode < 300 ? limits : bounds.refusal, route.url, ask);
  let count = 0;
  let error: unknown = 'not read to its end';
  try {
    for await (const part of body) {
      route.heard?.(place.origin);
      check(part.length);
      count += part.length;
      yield part;
    }
    error = null;
  } catch (failure) {
    if (!(failure instanceof OperatorError)) route.missed?.();
    error = failure instanceof OperatorError ? failure : connectionError(failure, route.url, ask);
    throw error;
  } finally {
    notes.ended(statusCode, count, error);
  }
}

function shownBy({ authorization = '' }: Headers, secrets: readonly string[]): Shown | null {
  if (/^Basic /i.test(authorization)) return 'user and password';
  if (/^Bearer /i.test(authorization)) return 'token';
  return secrets.length > 0 ? 'credentials' : null;
}
