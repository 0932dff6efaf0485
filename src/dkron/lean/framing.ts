/** An answer of HTTP/1.1 out of the bytes of a connection, however they are cut (RFC 9112). */
import { withoutEnd } from '../../base/trimmed.ts';

export interface Head {
  readonly status: number;
  /** By their names in lower case, several of one name as a list. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Whether the connection may be used for another request when all of it has come. */
  readonly lasts: boolean;
}

export interface Heard {
  head(head: Head): void;
  data(part: Buffer): void;
}

/** As much as undici and Node take, bytes. */
const mostHead = 16 * 1024;
/** The size of a chunk with its extensions, bytes. */
const mostLine = 4 * 1024;

const garbled = (what: string): Error =>
  Object.assign(new Error(what), { code: 'HPE_INVALID_CONSTANT' });
const tooMuch = (): Error =>
  Object.assign(new Error('too many headers'), { code: 'UND_ERR_HEADERS_OVERFLOW' });

/** What comes next: `left` bytes of the body, or something that ends with a line. */
type Stage =
  | 'head'
  | 'length'
  | 'chunk size'
  | 'chunk'
  | 'chunk end'
  | 'trailer'
  | 'close'
  | 'over';

const none: Buffer = Buffer.alloc(0);

export class Framing {
  readonly #heard: Heard;
  #stage: Stage = 'head';
  #left = 0;
  /** The beginning of what ends with a line that has not come yet. */
  #kept = none;

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  get isOver(): boolean {
    return this.#stage === 'over';
  }

  /** Whether the end of the connection is the end of the answer. */
  get endsByClose(): boolean {
    return this.#stage === 'close';
  }

  /** Gives what came beyond the end of the answer. Throws where it is no HTTP. */
  push(part: Buffer): Buffer {
    let rest = this.#kept.length === 0 ? part : Buffer.concat([this.#kept, part]);
    this.#kept = none;
    while (rest.length > 0 && this.#stage !== 'over') {
      const before = rest;
      rest = this.#isText ? this.#text(rest) : this.#body(rest);
      if (rest === before) {
        this.#kept = rest;
        return none;
      }
    }
    return rest;
  }

  get #isText(): boolean {
    return this.#stage !== 'length' && this.#stage !== 'chunk' && this.#stage !== 'close';
  }

  #body(bytes: Buffer): Buffer {
    const count = this.#stage === 'close' ? bytes.length : Math.min(this.#left, bytes.length);
    this.#left -= count;
    this.#heard.data(count === bytes.length ? bytes : bytes.subarray(0, count));
    if (this.#stage !== 'close' && this.#left === 0)
      this.#stage = this.#stage === 'chunk' ? 'chunk end' : 'over';
    return bytes.subarray(count);
  }

  /** The same bytes where the end of the text has not come. */
  #text(bytes: Buffer): Buffer {
    const ending = this.#stage === 'head' ? '\r\n\r\n' : '\r\n';
    const end = bytes.indexOf(ending, 0, 'latin1');
    if ((end < 0 ? bytes.length : end) > (this.#stage === 'chunk size' ? mostLine : mostHead))
      throw tooMuch();
    if (end < 0) {
      if (this.#stage === 'head') checkBegun(bytes.toString('latin1'));
      return bytes;
    }
    const text = bytes.toString('latin1', 0, end);
    if (this.#stage === 'head') this.#begin(headOf(text));
    else if (this.#stage === 'chunk size') this.#chunk(text);
    else if (this.#stage === 'trailer') this.#stage = text === '' ? 'over' : 'trailer';
    else if (text === '') this.#stage = 'chunk size';
    else throw garbled('a chunk is longer than it said');
    return bytes.subarray(end + ending.length);
  }

  #begin({ stage, left, ...head }: Begun): void {
    // Hints before the answer.
    if (head.status < 200) return;
    this.#stage = stage;
    this.#left = left;
    this.#heard.head(head);
  }

  #chunk(line: string): void {
    const size = /^([0-9a-f]{1,8})[ \t]*(?:;[^\0\r\n]*)?$/i.exec(line)?.[1];
    if (size === undefined) throw garbled('no size of a chunk');
    this.#left = Number.parseInt(size, 16);
    this.#stage = this.#left === 0 ? 'trailer' : 'chunk';
  }
}

/** Throws where it cannot become a head any more: what answers so would be waited for. */
function checkBegun(text: string): void {
  const lines = text.split('\r\n');
  const last = lines.pop()!;
  if (!'HTTP/1.'.startsWith(text.slice(0, 7)) || /[\0\n]|\r./s.test(last))
    throw garbled('no status line');
  if (lines.length > 0) headOf(lines.join('\r\n'));
}

interface Begun extends Head {
  readonly stage: Stage;
  /** Of the body, bytes. */
  readonly left: number;
}

function headOf(text: string): Begun {
  const [first = '', ...lines] = text.split('\r\n');
  const line = /^HTTP\/1\.([01]) (\d{3})(?: [^\0\r\n]*)?$/.exec(first);
  if (line === null) throw garbled('no status line');
  const status = Number(line[2]);
  if (status < 100 || status === 101) throw garbled(`status ${status}`);
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const each of lines) addHeader(headers, each);
  const closes = line[1] === '0' || listed(headers['connection']).includes('close');
  const { stage, left } = bodyOf(status, headers);
  return { status, headers, stage, left, lasts: !closes && stage !== 'close' };
}

function addHeader(headers: Record<string, string | string[]>, line: string): void {
  const header = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\0\r\n]*)$/.exec(line);
  if (header === null) throw garbled('no header');
  const name = header[1]!.toLowerCase();
  const value = withoutEnd(header[2]!, /[ \t]/);
  const before = headers[name];
  headers[name] = before === undefined ? value : [before, value].flat();
}

/** How the body ends (RFC 9112 6.3); who says two things may mean either. */
function bodyOf(
  status: number,
  headers: Readonly<Record<string, string | string[]>>,
): { readonly stage: Stage; readonly left: number } {
  const over = { stage: 'over', left: 0 } as const;
  if (status === 204 || status === 304 || status < 200) return over;
  const coding = listed(headers['transfer-encoding']);
  const lengths = new Set(listed(headers['content-length']));
  if (coding.length > 0) {
    if (lengths.size > 0 || coding.join() !== 'chunked') throw garbled('the length is not told');
    return { stage: 'chunk size', left: 0 };
  }
  if (lengths.size === 0) return { stage: 'close', left: 0 };
  const [length = ''] = lengths;
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) throw garbled('the length is no number');
  return length === '0' ? over : { stage: 'length', left: Number(length) };
}

const listed = (value: string | string[] | undefined): string[] =>
  value === undefined
    ? []
    : [value].flat().flatMap((each) => each.split(',').map((one) => one.trim().toLowerCase()));
