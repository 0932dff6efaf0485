/** Where in a free text (a command, an address, a header, a form) credentials stand. */
import { isSecretName } from './name.ts';

/** A credential, in UTF-16 units of the text; two with the same label may be the old one and the new. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** In order, apart from each other. Linear in the length of the text. */
export function secretStretches(text: string): Stretch[] {
  const found = [...namedSecrets(text), ...knownSecrets(text)];
  const apart: Stretch[] = [];
  for (const one of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || one.start >= last.end) apart.push(one);
    else if (one.end > last.end) apart.push({ ...apart.pop()!, end: one.end });
  }
  return apart;
}

/** What is a credential by its form; the group is the secret. Every repetition is bounded or ends at a space. */
const known: readonly (readonly [label: string, form: RegExp])[] = [
  ['user of an address', /:\/\/([^\s'"`<>/?#]{1,500})@/g],
  [
    'user of an address',
    /:\/\/([^\s'"`<>/@[:]{1,200}:(?!\d{1,5}(?![\p{L}\d]))[^\s'"`<>]{0,300})@/gu,
  ],
  ['key of an address', /[?&](?:key|code)=([^\s&#'"<>]+)/gi],
  [
    'user of an option',
    /(?<!\S)(?:-u|--user|--proxy-user)[\s=]?["']?[^\s:'"]{1,200}:(?!\d+\b)([^\s'"]+)/g,
  ],
  [
    'password of an option',
    /\b(?:mysql\w{0,20}|mariadb[\w-]{0,20})[^|;&\n]{0,300}?\s-p([^\s'"]+)/g,
  ],
  ['password of an option', /\b(?:sshpass\s+-p|redis-cli\s[^|;&\n]{0,200}?-a)\s*([^\s'"]+)/g],
  ['bearer', /\bBearer\s+(?=\S{0,200}\d)([\w.~+/=-]{8,})/gi],
  [
    'token',
    /\b(gh[opusr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[a-z]-[\w-]{10,}|[rs]k_(?:live|test)_\w{10,}|sk-[\w-]{20,}|AIza[\w-]{30,}|npm_\w{30,}|hvs\.[\w-]{20,}|eyJ[\w-]{8,}\.eyJ[\w-]+(?:\.[\w-]+)?)/g,
  ],
  [
    'web hook',
    /\b(?:hooks\.slack\.com\/(?:services|workflows)|discord(?:app)?\.com\/api\/webhooks)\/([^\s'"?#]+)/g,
  ],
  ['private key', /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(.*?)(?:-----END |$)/gs],
];

function* knownSecrets(text: string): Generator<Stretch> {
  for (const [label, form] of known)
    for (const { 0: all, 1: secret = '', index } of text.matchAll(form)) {
      const start = index + all.lastIndexOf(secret);
      if (!refers(secret)) yield { start, end: start + secret.length, label };
    }
}

/** `NAME=`, `name:`, `"name":` and `--name `, wherever a value may follow. */
const naming =
  /(?<![\w.-])(?<dashes>-{0,2})(?<name>[A-Za-z_][\w.-]{0,100})(?<quote>\\?["']?)(?<sign>[ \t]*[=:][ \t]*|[ \t]+)/g;

function* namedSecrets(text: string): Generator<Stretch> {
  for (const match of text.matchAll(naming)) {
    const { dashes = '', name = '', quote = '', sign = '' } = match.groups!;
    if (!isSecretName(name) || (sign.trim() === '' && (dashes === '' || quote !== ''))) continue;
    const at = match.index + match[0].length;
    const opening = text[match.index - 1] ?? '';
    const [from, end] = sign.includes(':')
      ? afterColon(text, at, quote, `'"`.includes(opening) ? opening : '')
      : wordAt(text, at);
    const value = text.slice(from, end);
    const start = from + schemeOf(value).length;
    if (value !== '' && !value.startsWith('-') && !refers(text.slice(start, end)))
      yield { start, end, label: name };
  }
}

type Span = readonly [start: number, end: number];

/** A word as a shell or a form ends it, without the quotes around all of it. */
function wordAt(text: string, at: number): Span {
  const end = endOf(/(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|\\.|[^\s&;|'"<>\\])*/sy, text, at);
  const [first, last] = [text[at], text[end - 1]];
  const isQuoted = (first === '"' || first === "'") && last === first && end - at > 1;
  return isQuoted ? [at + 1, end - 1] : [at, end];
}

/** Of a header all that its quotes hold; of a member what its own quotes hold; else the line. */
function afterColon(text: string, at: number, quote: string, opening: string): Span {
  if (quote === '' && opening !== '')
    return [at, endOf(opening === '"' ? /(?:[^"\\]|\\.)*/sy : /[^']*/y, text, at)];
  if (text.startsWith('\\"', at)) return [at + 2, endOf(/(?:(?!\\?").)*/sy, text, at + 2)];
  if (text[at] === '"') return [at + 1, endOf(/(?:[^"\\]|\\.)*/sy, text, at + 1)];
  if (text[at] === "'") return [at + 1, endOf(/[^']*/y, text, at + 1)];
  return [at, endOf(quote === '' ? /[^\r\n]*/y : /[^\s,}\]]*/y, text, at)];
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** A variable, a command's output or a template stands where the credential would. */
const refers = (value: string): boolean => /^(?:\$(?:\w+$|\{\w+\}$|\()|\{\{|`)/.test(value);

/** How a credential is presented, in front of it: `Bearer `. */
export const schemeOf = (value: string): string =>
  /^(?:Bearer|Basic|Digest|Token|ApiKey|Negotiate|Splunk|AWS4-HMAC-SHA256)\s+(?=\S)/i.exec(
    value,
  )?.[0] ?? '';
