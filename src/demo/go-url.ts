import { quote } from '../schedule/go-text.ts';

/** Why Go's net/url cannot parse a URL, as far as operators meet it; undefined if it can. */
export function urlError(url: string): string | undefined {
  const reason = reasonOf(url);
  return reason === undefined ? undefined : `parse ${quote(url)}: ${reason}`;
}

function reasonOf(url: string): string | undefined {
  const [, authority = '', path = ''] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  if (schemeOf(url) === '' && /^[^/]*:/.test(url))
    return 'first path segment in URL cannot contain colon';
  if (/^\[[^\]]*$/.test(authority)) return "missing ']' in host";
  const port = /:([^:\]]*)$/.exec(authority)?.[1] ?? '';
  if (!/^\d*$/.test(port)) return `invalid port ${quote(`:${port}`)} after host`;
  const broken = /%(?![\da-f]{2}).{0,2}/i.exec(path)?.[0];
  return broken === undefined ? undefined : `invalid URL escape ${quote(broken)}`;
}

/** In lower case; "" where there is none. */
export const schemeOf = (url: string): string =>
  /^([a-z][a-z\d+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** Go's http client has nobody to call. */
export const lacksHost = (url: string): boolean => /^[^:]*:(?!\/\/[^/?#])/.test(url);
