/** Reads one JSON value as Go's encoding/json does, with its error texts (scanner.go). */
import { quote } from '../schedule/go-text.ts';

export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  /** `raw` is what stands between the quotes. */
  | { readonly kind: 'string'; readonly value: string; readonly raw: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  /** Members as they stand there: keys may come twice. */
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, JsonNode])[] };

/** The text could not be read; the message is Go's. */
export class BadJson extends Error {}

/** The first value of a text; what follows it is not looked at (json.Decoder). Throws BadJson. */
export function readFirstJson(text: string): JsonNode {
  return new Scanner(text).top();
}

/** The only value of a text (json.Unmarshal). Throws BadJson. */
export function readWholeJson(text: string): JsonNode {
  const scanner = new Scanner(text);
  const node = scanner.top();
  scanner.end();
  return node;
}

const space = /[ \t\r\n]*/y;
const plain = /[^"\\\u0000-\u001f]*/y;
const literals = ['true', 'false', 'null'];
const escapes = new Map([
  ...['"', '\\', '/'].map((char) => [char, char] as const),
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  top(): JsonNode {
    this.#skip(space);
    if (this.#at === this.#text.length) throw new BadJson('EOF');
    return this.#value('looking for beginning of value');
  }

  end(): void {
    this.#skip(space);
    if (this.#at < this.#text.length) this.#unexpected('after top-level value');
  }

  #value(where: string): JsonNode {
    this.#skip(space);
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    if (char !== undefined && /[-\d]/.test(char)) return this.#number();
    const word = literals.find((literal) => literal[0] === char);
    return word === undefined ? this.#unexpected(where) : this.#literal(word);
  }

  #object(): JsonNode {
    const members: [string, JsonNode][] = [];
    this.#at++;
    if (this.#close('}')) return { kind: 'object', members };
    for (;;) {
      this.#skip(space);
      if (this.#text[this.#at] !== '"')
        this.#unexpected('looking for beginning of object key string');
      const key = this.#string().value;
      this.#skip(space);
      if (!this.#take(':')) this.#unexpected('after object key');
      members.push([key, this.#value('looking for beginning of value')]);
      if (this.#close('}')) return { kind: 'object', members };
      if (!this.#take(',')) this.#unexpected('after object key:value pair');
    }
  }

  #array(): JsonNode {
    const items: JsonNode[] = [];
    this.#at++;
    if (this.#close(']')) return { kind: 'array', items };
    for (;;) {
      items.push(this.#value('looking for beginning of value'));
      if (this.#close(']')) return { kind: 'array', items };
      if (!this.#take(',')) this.#unexpected('after array element');
    }
  }

  #close(bracket: string): boolean {
    this.#skip(space);
    return this.#take(bracket);
  }

  #string(): { kind: 'string'; value: string; raw: string } {
    const start = ++this.#at;
    let value = '';
    for (;;) {
      value += this.#skip(plain);
      const char = this.#text[this.#at];
      if (char === '"') break;
      if (char !== '\\') this.#unexpected('in string literal');
      this.#at++;
      value += this.#escape();
    }
    const raw = this.#text.slice(start, this.#at++);
    return { kind: 'string', value: value.toWellFormed(), raw };
  }

  #escape(): string {
    const char = this.#text[this.#at];
    const simple = char === undefined ? undefined : escapes.get(char);
    if (simple === undefined && char !== 'u') this.#unexpected('in string escape code');
    this.#at++;
    if (simple !== undefined) return simple;
    const start = this.#at;
    while (this.#at < start + 4)
      if (/[\da-f]/i.test(this.#text[this.#at] ?? '')) this.#at++;
      else this.#unexpected('in \\u hexadecimal character escape');
    return String.fromCharCode(Number.parseInt(this.#text.slice(start, this.#at), 16));
  }

  #number(): JsonNode {
    const start = this.#at;
    this.#take('-');
    if (!this.#take('0')) this.#digits('in numeric literal');
    if (this.#take('.')) this.#digits('after decimal point in numeric literal');
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-');
      this.#digits('in exponent of numeric literal');
    }
    return { kind: 'number', text: this.#text.slice(start, this.#at) };
  }

  #digits(where: string): void {
    if (this.#skip(/\d*/y) === '') this.#unexpected(where);
  }

  #literal(word: string): JsonNode {
    for (const expected of word)
      if (!this.#take(expected)) this.#unexpected(`in literal ${word} (expecting '${expected}')`);
    return word === 'null' ? { kind: 'null' } : { kind: 'bool', value: word === 'true' };
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  /** Moves over what a sticky pattern matches and returns it. */
  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const start = this.#at;
    pattern.test(this.#text);
    this.#at = pattern.lastIndex;
    return this.#text.slice(start, this.#at);
  }

  #unexpected(where: string): never {
    if (this.#at >= this.#text.length) throw new BadJson('unexpected EOF');
    throw new BadJson(`invalid character ${quoteByte(this.#text, this.#at)} ${where}`);
  }
}

/** Go reads bytes: of a character beyond ASCII it names the first byte of its UTF-8. */
function quoteByte(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at)!);
  const first = String.fromCharCode(new TextEncoder().encode(char)[0]!);
  if (first === "'") return "'\\''";
  return first === '"' ? `'"'` : `'${quote(first).slice(1, -1)}'`;
}
