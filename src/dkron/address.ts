import { UsageError } from '../base/errors.ts';

/** Where a Dkron is: what to connect to, what stands before `/v1`, and how to name it to people. */
export interface Address {
  readonly origin: string;
  /** The base path without a slash at its end: "" or "/dkron". */
  readonly base: string;
  /** Origin and base, without the credentials that the address may have carried. */
  readonly url: string;
  /** An Authorization header's value, when the address carried a user and a password. */
  readonly authorization: string | null;
}

/** Reads what an operator writes or pastes: `localhost:8080`, `https://user:pw@host/dkron/`, `…/ui/#/jobs`. */
export function readAddress(text: string): Address {
  const trimmed = text.trim();
  const parsed = URL.parse(
    /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`,
  );
  if (!parsed || !/^https?:$/.test(parsed.protocol) || !parsed.hostname)
    throw new UsageError(
      `${JSON.stringify(withoutCredentials(text))} is not the address of a server`,
      {
        next: 'Write it like http://localhost:8080 or https://host/path.',
      },
    );
  const base = parsed.pathname.replace(/\/+$/, '').replace(/\/(v1|ui)$/, '');
  return {
    origin: parsed.origin,
    base,
    url: parsed.origin + base,
    authorization: basic(parsed),
  };
}

const withoutCredentials = (text: string): string => text.replace(/[^/]*@/, '');

function basic({ username, password }: URL): string | null {
  if (!username && !password) return null;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
