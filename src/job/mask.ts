/**
 * Credentials hidden where a person or a program is shown how jobs differ. What is no credential
 * stays readable, and that a credential changed stays to be seen; `veil.ts` hides everything.
 */
import { holdsJson } from '../json/check.ts';
import { parseJson, stringifyJson } from '../json/numbers.ts';
import { jsonTokens } from '../json/tokens.ts';
import type { FieldChange } from './compare.ts';
import type { Job } from './job.ts';
import { type Leaf, leavesOf } from './secrets/json.ts';
import { isSecretName } from './secrets/name.ts';
import { schemeOf, secretStretches } from './secrets/text.ts';
import { isPublic } from './veil.ts';

/** Stands for a credential. */
export const hidden = '••••';
/** Stands for another credential than the one that was there. */
export const hiddenChange = `${hidden} (changed)`;

/** What to write in the place of a credential; the label tells credentials of one text apart. */
type Hide = (secret: string, label: string) => string;

/** How a value differs, its credentials hidden. A change stays a change. */
export function maskChange(change: FieldChange): FieldChange {
  const [before, after] = maskPair(change.before, change.after, (text, hide) =>
    maskValue(text, change.keys[0]!, change.keys.at(-1)!, hide),
  );
  return { ...change, before, after };
}

/** A definition and what became of it, to be shown side by side; those that differ stay different. */
export function maskJobs(before: Job, after: Job): [Job, Job] {
  const texts = [stringifyJson(before), stringifyJson(after)] as const;
  const [old, now] = maskPair(...texts, (text, hide) => maskJson(text, [], hide));
  return [parseJson(old) as Job, parseJson(now) as Job];
}

/** A job to be shown by itself. */
export const maskJob = (job: Job): Job =>
  parseJson(maskJson(stringifyJson(job), [], () => hidden)) as Job;

/** Words that somebody typed. */
export const maskWords = (text: string): string => maskText(text, () => hidden);

function maskPair(
  before: string,
  after: string,
  mask: (text: string, hide: Hide) => string,
): [string, string] {
  const known = new Map<string, Set<string>>();
  const old = mask(before, (secret, label) => {
    known.set(label, (known.get(label) ?? new Set()).add(secret));
    return hidden;
  });
  const now = mask(after, (secret, label) =>
    known.get(label)?.has(secret) === false ? hiddenChange : hidden,
  );
  // Two credentials that changed places, or one that stands there once more.
  const looksSame = old === now && before !== after;
  return [old, looksSame ? mask(after, () => hiddenChange) : now];
}

/** A value of a field, found by that key in the end. */
function maskValue(text: string, field: string, key: string, hide: Hide): string {
  if (isPublic(field)) return text;
  if (isSecretName(key)) return hideAll(text, key, hide);
  if (holdsJson(text)) return maskJson(text, [field, key], hide);
  if (key === 'env') return maskList(text, hide);
  if (secretStretches(decoded(text)).length > 0) return hide(text, key);
  return maskText(text, hide);
}

function hideAll(text: string, label: string, hide: Hide): string {
  if (text === '') return text;
  const scheme = schemeOf(text);
  return scheme + hide(text.slice(scheme.length), label);
}

function maskText(text: string, hide: Hide): string {
  let masked = '';
  let from = 0;
  for (const { start, end, label } of secretStretches(text)) {
    masked += text.slice(from, start) + hide(text.slice(start, end), label);
    from = end;
  }
  return masked + text.slice(from);
}

/** The shell executor's `NAME=value,NAME=value`: a value goes to the next comma. */
const maskList = (text: string, hide: Hide): string =>
  text
    .split(',')
    .map((pair) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
      if (value !== '' && isSecretName(name)) return `${name}=${hide(value, name)}`;
      return maskText(pair, hide);
    })
    .join(',');

/** What a text in base64 holds; "" for other text. */
function decoded(text: string): string {
  if (!/^[A-Za-z\d+/\s]{12,}={0,2}$/.test(text.trimEnd())) return '';
  try {
    return atob(text);
  } catch {
    return '';
  }
}

/** JSON with its credentials hidden, any other token as it is written; the names lead to it. */
function maskJson(
  text: string,
  names: readonly [field?: string, key?: string],
  hide: Hide,
): string {
  let masked = '';
  let from = 0;
  for (const leaf of leavesOf(jsonTokens(text), names)) {
    masked += text.slice(from, leaf.token.start) + maskLeaf(leaf, hide);
    from = leaf.token.end;
  }
  return masked + text.slice(from);
}

function maskLeaf({ token, field = '', key = '', secret }: Leaf, hide: Hide): string {
  if (isPublic(field)) return token.text;
  if (token.kind === 'number') return secret ? JSON.stringify(hide(token.text, key)) : token.text;
  const value = JSON.parse(token.text) as string;
  const masked = secret ? hideAll(value, key, hide) : maskValue(value, field, key, hide);
  return masked === value ? token.text : JSON.stringify(masked);
}
