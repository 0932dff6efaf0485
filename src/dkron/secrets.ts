/** What an address keeps secret, and how it is kept out of every sentence. */

export interface Credentials {
  /** An Authorization header's value. */
  readonly authorization: string;
  /** Every form in which the user or the password may come back in somebody else's words. */
  readonly secrets: readonly string[];
}

/**
 * Reads the part of an address before its last `@`, as the URL standard does: `%40` is a byte, a
 * `%` that begins no such escape is itself.
 */
export function readCredentials(userinfo: string): Credentials {
  const colon = userinfo.indexOf(':');
  const [user, password] =
    colon < 0 ? [userinfo, ''] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)];
  const pair = Buffer.concat([decode(user), Buffer.from(':'), decode(password)]);
  const basic = pair.toString('base64');
  const spelt = [user, password].flatMap((part) => formsOf(decode(part).toString()));
  const secrets = [basic, userinfo, user, password, ...spelt];
  return {
    authorization: `Basic ${basic}`,
    secrets: [...new Set(secrets)].filter(Boolean).sort((a, b) => b.length - a.length),
  };
}

/** The value of an Authorization header for a user and a password. */
export const basicOf = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

function decode(text: string): Buffer {
  const parts = text.split(/(%[\da-f]{2})/i);
  return Buffer.concat(
    parts.map((part, at) => (at % 2 ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part))),
  );
}

/** As it is, and as a URL, a form or JSON would spell it. */
export function formsOf(plain: string): string[] {
  const encoded = encodeURIComponent(plain.toWellFormed());
  return [
    plain,
    encoded,
    encoded.replaceAll('%20', '+'),
    encodeURI(plain.toWellFormed()),
    JSON.stringify(plain).slice(1, -1),
  ].filter((form) => form !== '');
}

/** Longer ones stand for themselves wherever they come; shorter ones are parts of other words. */
const telling = 6;

/** The text with `***` in place of each secret. */
export function conceal(text: string, secrets: readonly string[]): string {
  return secrets.reduce((told, secret) => told.replace(patternOf(secret), '***'), text);
}

function patternOf(secret: string): RegExp {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const whole =
    secret.length < telling ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal;
  return new RegExp(whole, 'giu');
}
