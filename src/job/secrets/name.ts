/** By its name alone: whether a value is a credential. */

const inside =
  /pass(?:word|wd|phrase|code)|secret(?!ar)|token(?!iz)|credential|cookie|authorization|signature|connectionstring|sessionid|(?:api|access|private|signing|encryption|auth|subscription|master|account|shared|functions?|app|webhook|service|client|license|session|storage)key/;
/** Shorter ones are in too many other words. */
const wholly = new Set(['pwd', 'pass', 'auth', 'sig', 'jwt', 'otp', 'totp', 'pin', 'bearer']);

/** What a name ends or begins with that tells something about a credential and not the credential. */
const about =
  /^(?:max|min|num|total)$|^(?:url|uri|endpoint|type|file|path|name|count|ttl|expir(?:y|es|ation)|length|limit|timeout|size|stdin)$/;

/**
 * Whether a key, a header, a variable or an option of that name holds a credential: `apiKey`,
 * `X-Auth-Token`, `PGPASSWORD`; not `token_url`, `max_tokens`. In doubt it does.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (about.test(first) || about.test(last)) return false;
  if (first === 'x' && last === 'key') return true;
  return inside.test(words.join('')) || words.some((word) => wholly.has(word));
}
