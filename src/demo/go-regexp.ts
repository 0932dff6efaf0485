/** Go's flags at the start, `(?i)`, and those that JavaScript knows under the same letter. */
const leadingFlags = /^\(\?([ims]+)\)/;

/** What Go's regexp refuses: looking around and referring back. */
const notInGo = /\(\?<?[=!]|\\[1-9k]/;

/**
 * Whether a Go regular expression matches somewhere in a text (regexp.MatchString). One that Go
 * refuses matches nothing, as in Dkron, which drops the error.
 */
export function matchesGoRegexp(pattern: string, text: string): boolean {
  if (notInGo.test(pattern)) return false;
  const flags = leadingFlags.exec(pattern)?.[1] ?? '';
  const translated = pattern
    .replace(leadingFlags, '')
    .replaceAll('(?P<', '(?<')
    .replace(/\\([^\w\s])/g, (_, char: string) => `\\x${char.charCodeAt(0).toString(16)}`)
    .replace(/\\A/g, '(?<![^])')
    .replace(/\\z/g, '(?![^])');
  try {
    return new RegExp(translated, `u${[...new Set(flags)].join('')}`).test(text);
  } catch {
    return false;
  }
}
