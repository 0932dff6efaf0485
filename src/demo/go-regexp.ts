/** Go's flags at the start, `(?i)`, that JavaScript knows under the same letter. */
const leadingFlags = /^\(\?([ims]+)\)/;

/** What Go's regexp refuses: looking around and referring back. */
const notInGo = /\(\?<?[=!]|\\[1-9k]/;

const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
};

/**
 * Whether a Go regular expression matches somewhere in a text (regexp.MatchString). One that Go
 * refuses matches nothing, as in Dkron, which drops the error.
 */
export function matchesGoRegexp(pattern: string, text: string): boolean {
  if (notInGo.test(pattern)) return false;
  const flags = new Set(leadingFlags.exec(pattern)?.[1]);
  // The stricter syntax only where it is needed: Go takes a lone brace and `\-`.
  if (/\\p/i.test(pattern)) flags.add('u');
  const translated = pattern
    .replace(leadingFlags, '')
    .replaceAll('(?P<', '(?<')
    .replace(/\[:(\w+):\]/g, (all, name: string) => posixClasses[name] ?? all)
    .replaceAll('\\A', '(?<![^])')
    .replaceAll('\\z', '(?![^])');
  try {
    return new RegExp(translated, [...flags].join('')).test(text);
  } catch {
    return false;
  }
}
