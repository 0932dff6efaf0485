/** User and password in an address, kept out of whatever is told, also where it is mistyped. */

/**
 * The text without the user and password of any address in it, whosever they are; the example that
 * advice shows stays readable. What stands where a port belongs and is none counts as a password.
 */
export const withoutUserinfo = (text: string): string =>
  text
    .replaceAll(/:\/\/(?!user:password@host\b)[^\s'"`<>]*/g, withoutUser)
    .replaceAll(
      /(:\/\/)(?!user:password@host\b)[^\s'"`<>/@[:]+:(?!\d{1,5}(?![\p{L}\d]))[^\s'"`<>]+/gu,
      '$1***',
    );

/** The stretch from `://` on: all up to its last `@` goes. */
const withoutUser = (stretch: string): string => {
  const at = stretch.lastIndexOf('@');
  return at < 0 ? stretch : `://***${stretch.slice(at)}`;
};

/**
 * What may be a user or a password in a word that was typed, in whatever way an address was mistyped
 * or put at a wrong place; none for a word that is no such address.
 */
export function typedSecrets(word: string): string[] {
  const [begin, scheme] = /^[^:]*?(https?:?\/*|[a-z][a-z\d+.-]{0,30}:\/+|\/\/)/is.exec(word) ?? [
    '',
    '',
  ];
  const at = word.lastIndexOf('@');
  const place = word.slice(begin.length, at < begin.length ? undefined : at);
  const [, user = '', colon = '', rest = ''] = /^([^:]*)(:?)(.*)$/s.exec(place) ?? [];
  const isAddress = scheme !== '';
  if (at < begin.length && (!isAddress || colon === '' || /[[/?#]/.test(user) || isPort(rest)))
    return [];
  if (!isAddress && colon === '') return [];
  const parts = rest.split(/[^\p{L}\p{N}_-]+/u);
  const found = [place, rest, ...parts, ...(isAddress ? [user] : [])];
  return found.filter((secret) => secret.length >= shortest);
}

const isPort = (text: string): boolean => /^\d{1,5}(?![\p{L}\d])/u.test(text);

/** What is shorter is a part of too many other words. */
const shortest = 3;
