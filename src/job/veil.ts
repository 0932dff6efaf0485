/**
 * A job's secrets replaced, its shape kept: as long as before, the same lines, the same JSON, the
 * same lists. What is left behaves in a console as the text did, and says nothing.
 */
import { isJson } from '../json/check.ts';
import { parseJson } from '../json/numbers.ts';
import { isOpen, type JsonToken, jsonTokens } from '../json/tokens.ts';
import { childrenOf } from '../json/tree.ts';
import { width } from '../terminal/cell.ts';
import { type SettingKind, settingOf } from './executors.ts';
import { fieldOf } from './fields.ts';
import { headerLines } from './headers.ts';
import { isMap } from './shape.ts';

export type Veiling = (text: string) => string;

/**
 * An escape, a word or a sign of JSON's own; an escape of four digits; digits; other content, but
 * what JSON, an address and a command line are built of.
 */
const partsWithout = (signs: string, flags: string): RegExp =>
  new RegExp(
    String.raw`(\\["\\/bfnrt]|\b(?:true|false|null)\b|(?<=\d)[eE][+-]?(?=\d)|-(?=\d))|(\\u[\da-fA-F]{4})|(\d+)|-|[^\s\d{}\[\]:,"\\\/?&=;\|<>.\-${signs}]+`,
    flags,
  );
const ascii = /^[\0-\x7f]*$/;
/** Made when it is first asked for. */
function onUse<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Most texts are shorter, and those are ten times as quick. */
const partsOfAscii = partsWithout(String.raw`\0-\x1f\x7f`, 'g');
/** To read it takes V8 a while, which no start has. */
const partsOfAny = onUse(() => partsWithout(String.raw`\p{M}\p{C}`, 'gu'));

/** Each letter or sign becomes an `x`, each digit a `1`, each wide character a wide one. */
export const veilText: Veiling = (text) =>
  text.replace(
    ascii.test(text) ? partsOfAscii : partsOfAny(),
    (found, own?: string, code?: string, digits?: string) => {
      if (own !== undefined) return own;
      if (code !== undefined) return '\\u0078';
      if (digits !== undefined) return '1'.repeat(found.length);
      return ascii.test(found) ? 'x'.repeat(found.length) : [...found].map(standIn).join('');
    },
  );

/** As long and as wide as what it stands for. */
function standIn(character: string): string {
  if (character <= '\x7f') return 'x';
  const isWide = width(character) > 1;
  if (character.length === 1) return isWide ? '\uff58' : 'x';
  return isWide ? '\u{20000}' : '\u{1d5d1}';
}

/** Nothing of it stays but its spaces: a pattern, or words that are searched for. */
export const veilAll: Veiling = (text) => text.replace(/\S/g, 'x');

const asItIs: Veiling = (text) => text;

/** Which value of a job, named as in a diff, is veiled and how; what is no secret stays as it is. */
export function veilingOf(executor: string, [name = '', ...keys]: readonly string[]): Veiling {
  if (name === 'executor_config' && keys.length > 0)
    return ofKind[settingOf(executor, keys.join('.'))?.kind ?? 'text'];
  return isPublic(name) ? asItIs : veilText;
}

/** A field of a Dkron newer than our table may hold anything. */
export const isPublic = (name: string): boolean => fieldOf(name) !== undefined && !secret.has(name);
const secret = new Set(['executor_config', 'metadata', 'processors', 'owner_email']);

/** Whether what is typed into this value stays out of every log. */
export const isSecret = (executor: string, keys: readonly string[]): boolean =>
  ![asItIs, veilForm].includes(veilingOf(executor, keys));

/** A number, a duration, a flag, a method: the console acts by it. */
const form = /^(?:true|false|[A-Z]{1,7}|[\d.,\shmsnuµkKMGTBb]{1,16})?$/;
function veilForm(text: string): string {
  return form.test(text) ? text : veilText(text);
}

/** Scheme, host and port stay; user, path and query go. */
const veilAddress: Veiling = (text) => {
  const [, scheme, user = '', at = '', host = '', rest = ''] =
    /^([a-z][a-z\d+.-]*:\/\/)(?:(.*)(@))?([^/?#]*)(.*)$/is.exec(text) ?? [];
  if (scheme === undefined) return veilText(text);
  return scheme + veilText(user) + at + host + veilText(rest);
};

/** The names of the headers stay. */
function veilHeaders(text: string): string {
  if (headerLines(text) === null) return veilText(text);
  return text.replace(/"((?:[^"\\]|\\.)*)"/gs, (literal) => {
    const colon = literal.indexOf(':');
    return literal.slice(0, colon + 1) + veilText(literal.slice(colon + 1));
  });
}

const ofKind: Readonly<Record<SettingKind, Veiling>> = {
  text: veilAddress,
  script: veilText,
  flag: veilForm,
  debug: veilText,
  seconds: veilForm,
  count: veilForm,
  duration: veilForm,
  memory: veilForm,
  environment: veilText,
  method: veilForm,
  headers: veilHeaders,
  body: veilText,
  json: veilText,
  base64: veilText,
  codes: veilForm,
  regexp: veilAll,
};

/** A job's JSON with its secrets veiled; `told` hears of each secret. Any other text is all secret. */
export function veilJobText(text: string, told: (secret: string) => void): string {
  const tokens = isJson(text) ? jsonTokens(text) : [];
  if (tokens[0]?.text !== '{') {
    told(text);
    return veilText(text);
  }
  const job = parseJson(text);
  const executor = isMap(job) && typeof job['executor'] === 'string' ? job['executor'] : '';
  let veiled = '';
  let from = 0;
  for (const { keys, token } of secretsIn(tokens)) {
    const written = veilToken(token, veilingOf(executor, keys), told);
    veiled += text.slice(from, token.start) + written;
    from = token.end;
  }
  return veiled + text.slice(from);
}

interface Leaf {
  readonly keys: readonly string[];
  readonly token: JsonToken;
}

/** The strings and numbers of all fields that are not public, in their order. */
const secretsIn = (tokens: readonly JsonToken[]): Leaf[] =>
  childrenOf(tokens, 0)
    .filter(({ name = '' }) => !isPublic(name))
    .flatMap(({ name = '', at }) => leavesAt(tokens, at, [name]));

function leavesAt(tokens: readonly JsonToken[], at: number, keys: readonly string[]): Leaf[] {
  const token = tokens[at]!;
  if (isOpen(token))
    return childrenOf(tokens, at).flatMap(({ name, at: inner }) =>
      leavesAt(tokens, inner, name === undefined ? keys : [...keys, name]),
    );
  return token.kind === 'string' || token.kind === 'number' ? [{ keys, token }] : [];
}

function veilToken({ kind, text }: JsonToken, veil: Veiling, told: (text: string) => void): string {
  if (kind === 'number') return text.replace(/\d/g, '1');
  const value = JSON.parse(text) as string;
  const veiled = veil(value);
  if (veiled === value) return text;
  told(value);
  const written = JSON.stringify(veiled);
  // Go writes these as escapes.
  return /\\u00[23]/.test(text) ? written.replace(/[<>&]/g, escapeOf) : written;
}

const escapeOf = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
