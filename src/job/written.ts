/** Jobs in the words in which Dkron writes them, read by their bytes and without being parsed. */
import type { Field } from './fields.ts';
import { writtenOrder } from './normal.ts';

/** Of a job whose line is as Dkron writes it, and which a file may define. */
export interface WrittenJob {
  readonly name: string;
  /** As normalText gives it, in UTF-8; until the next line is read. */
  readonly normal: Uint8Array;
}

/** Longer ones are left to those who count what is in them (bounds.ts). */
const longest = 1 << 18;

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [open, close, bracket, closing] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Which bytes of a string mean themselves and nothing else. */
const means = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === 0xe2 || '"\\<>&'.includes(String.fromCharCode(byte)) ? 0 : 1,
);

/** The escapes that there is no other way to write: of one letter, and of a number. */
const letters = new Uint8Array(256);
for (const letter of Buffer.from('"\\bfnrt')) letters[letter] = 1;
const signs = new Set(['003c', '003e', '0026', '2028', '2029']);

/** Where a string has something else than bytes that mean themselves and escapes of one letter. */
function plainEnd(line: Uint8Array, from: number): number {
  let at = from;
  while (at < line.length)
    if (means[line[at]!] === 1) at++;
    else if (line[at] === backslash && letters[line[at + 1]!] === 1) at += 2;
    else break;
  return at;
}

interface Member {
  readonly field: Field;
  /** `"name":` */
  readonly key: Uint8Array;
}

const members: readonly Member[] = writtenOrder.map((field) => ({
  field,
  key: Buffer.from(`"${field.name}":`),
}));

/** How long a value is that says nothing, by its first byte: `""`, `{}`, `null`, `false` and `0`. */
const silent = new Uint8Array(256);
for (const text of ['""', '{}', 'null', 'false', '0']) silent[text.charCodeAt(0)] = text.length;

const [isNull, isTrue, isFalse, allow] = ['null', 'true', 'false', '"allow"'].map((text) =>
  Buffer.from(text),
) as [Buffer, Buffer, Buffer, Buffer];

/**
 * Reads one line of UTF-8 after the other. Null for a line that is written in another way: with other fields, in
 * another order, with spaces or with other escapes, or with a value that has to be looked at more closely.
 */
export function writtenJobs(): (line: Uint8Array) => WrittenJob | null {
  let normal = Buffer.alloc(1 << 14);
  let line: Uint8Array = normal;
  let at = 0;

  const has = (text: Uint8Array, from: number): boolean => {
    for (let next = 0; next < text.length; next++)
      if (line[from + next] !== text[next]) return false;
    return true;
  };

  /** Each of these takes what it is named after from `at` on, and tells whether it stands there. */
  const byte = (one: number): boolean => line[at] === one && ++at > 0;

  const word = (text: Uint8Array): boolean => {
    if (!has(text, at)) return false;
    at += text.length;
    return true;
  };

  function string(): boolean {
    if (line[at] !== quote) return false;
    for (at = plainEnd(line, at + 1); at < line.length; at = plainEnd(line, at + 1)) {
      if (line[at] === quote) return ++at > 0;
      if (line[at] === backslash ? !escaped() : isForeign()) return false;
    }
    return false;
  }

  function escaped(): boolean {
    const sign = String.fromCharCode(...line.subarray(at + 1, at + 6));
    at += 5;
    return sign[0] === 'u' && signs.has(sign.slice(1));
  }

  /** Besides U+2028 and U+2029, which Go writes as escapes, all that begins like them is usual. */
  const isForeign = (): boolean =>
    line[at] !== 0xe2 || (line[at + 1] === 0x80 && (line[at + 2]! & 0xfe) === 0xa8);

  function count(): boolean {
    const from = at;
    while (line[at]! >= 0x30 && line[at]! <= 0x39) at++;
    return at > from && at - from < 16 && (line[from] !== 0x30 || at - from === 1);
  }

  function list(): boolean {
    if (!byte(bracket)) return false;
    if (byte(closing)) return true;
    do if (!string()) return false;
    while (byte(comma));
    return byte(closing);
  }

  /** With keys of plain ASCII, each once and in order. */
  function map(value: () => boolean): boolean {
    if (!byte(open)) return false;
    if (byte(close)) return true;
    let before = 0;
    do {
      const from = at + 1;
      if (!string() || !isOrdered(before, from, at - 1)) return false;
      before = from;
      if (!byte(colon) || !value()) return false;
    } while (byte(comma));
    return byte(close);
  }

  /** Whether a key follows the one that begins `before`: 0 for none. A quote is less than what follows it here. */
  function isOrdered(before: number, from: number, end: number): boolean {
    let differ = before === 0 ? from : 0;
    for (let next = from; next < end; next++) {
      const one = line[next]!;
      if (one < 0x23 || one === backslash || one > 0x7f) return false;
      if (differ > 0) continue;
      const other = line[before + next - from]!;
      if (other !== quote && other > one) return false;
      if (other !== one) differ = next;
    }
    return differ > 0;
  }

  const nothing = (): boolean => word(isNull);

  const kinds: Readonly<Record<Field['type'], () => boolean>> = {
    text: string,
    flag: () => word(isFalse) || word(isTrue),
    count,
    time: () => nothing() || string(),
    names: () => nothing() || list(),
    map: () => nothing() || map(string),
    maps: () => nothing() || map(() => map(string)),
  };

  const isSilent = ({ name }: Field, from: number): boolean =>
    at - from === silent[line[from]!] || (name === 'concurrency' && has(allow, from));

  return (bytes) => {
    if (bytes.length > longest || bytes[0] !== open) return null;
    line = bytes;
    at = 1;
    if (normal.length < bytes.length) normal = Buffer.alloc(2 * bytes.length);
    let used = 0;
    let name = '';
    let next = 0;
    do {
      const start = at;
      while (next < members.length && !has(members[next]!.key, at)) next++;
      const member = members[next++];
      if (member === undefined) return null;
      const { field, key } = member;
      at += key.length;
      const from = at;
      if (!kinds[field.type]()) return null;
      if (field.owner === 'server' || isSilent(field, from)) continue;
      // One and the same time can be written in several ways.
      if (field.type === 'time') return null;
      if (field.name === 'name') name = nameFrom(from);
      if (used > 0) normal[used++] = comma;
      normal.set(line.subarray(start, at), used);
      used += at - start;
    } while (byte(comma));
    if (!byte(close) || at !== bytes.length || name === '') return null;
    return { name, normal: normal.subarray(0, used) };
  };

  function nameFrom(from: number): string {
    const text = Buffer.from(line.buffer, line.byteOffset + from, at - from).toString();
    return text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
  }
}
