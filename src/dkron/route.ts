/** How a client reaches its server now, and what it shows there to be let in. */
import { type Address, readAddress } from './address.ts';
import type { Line } from './dispatcher.ts';

/** Where to connect to, and what stands before `/v1`. */
export interface Place {
  /** `http://127.0.0.1:40123` */
  readonly origin: string;
  /** "" or "/dkron" */
  readonly base: string;
}

export interface Route {
  /** The server without credentials, as messages name it; it never changes. */
  readonly url: string;
  /**
   * Where it is now: a port-forward that was started again has another port. Rejects with
   * Unreachable while there is no way to it, and with the signal's reason.
   */
  place(signal?: AbortSignal): Promise<Place>;
  /**
   * The headers that let us in. `refused`: the server did not accept these; their source is asked
   * anew, unless it has been since they were given. Rejects with OperatorError.
   */
  headers(refused?: Headers): Promise<Headers>;
  /** What no message may show, in every form it may come back in. */
  secrets(): readonly string[];
  /** An answer that nobody waits for any more is read to its end, because breaking it off ends the way. */
  readonly drains?: boolean;
  /** Told that something came from there. */
  heard?(origin: string): void;
  /** Told that an answer did not come, or broke off: the way may be gone. */
  missed?(): void;
  /** How connections to an origin are made; straight unless told. Rejects with OperatorError. */
  line?(origin: string): Promise<Line>;
}

export type Headers = Readonly<Record<string, string>>;

/** The way to an address as an operator writes it. Throws UsageError for one that cannot be read. */
export const routeTo = (text: string): Route => routeOf(readAddress(text));

function routeOf({ url, origin, base, authorization, secrets }: Address): Route {
  const place = Promise.resolve({ origin, base });
  const headers = Promise.resolve(authorization === null ? {} : { authorization });
  return { url, place: () => place, headers: () => headers, secrets: () => secrets };
}
