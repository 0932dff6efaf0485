import { RE2JS, type RE2JSSyntaxException } from 're2js';

/**
 * Why Go would refuse a regular expression, in Go's own words, or undefined. Dkron drops this
 * error and takes the body for a mismatch (plugin/http/http.go).
 */
export function goRegexpProblem(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (refusal) {
    const { name, error, input } = refusal as RE2JSSyntaxException;
    if (name !== 'RE2JSSyntaxException') throw refusal;
    // Go takes two groups of one name.
    if (error.startsWith('duplicate')) return undefined;
    return `error parsing regexp: ${error}: \`${input ?? ''}\``;
  }
}
