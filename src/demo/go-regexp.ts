import { RE2JS } from 're2js';

/**
 * Whether a Go regular expression matches somewhere in a text (regexp.MatchString). One that Go
 * refuses matches nothing, as in Dkron, which drops the error. Unlike Go, re2js refuses two groups
 * of one name.
 */
export function matchesGoRegexp(pattern: string, text: string): boolean {
  try {
    return RE2JS.compile(pattern).test(text);
  } catch {
    return false;
  }
}
