/** What a handler gets and what it gives back, apart from sockets. */
import type { Json } from './json.ts';
import { encode, indent, NoJson } from './json.ts';

export interface Call {
  /** As the client wrote it, query included (Go's RequestURI). */
  readonly target: string;
  readonly query: URLSearchParams;
  readonly contentType: string | undefined;
  /** The parts of the path that the route leaves open. */
  readonly params: readonly string[];
  body(): Promise<Buffer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A status and nothing else: how Dkron says most of what goes wrong. */
export const bare = (status: number, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers,
  body: '',
});

/** gin's answer where there is no route, another method's included. */
export const noRoute: Answer = {
  status: 404,
  headers: { 'Content-Type': 'text/plain' },
  body: '404 page not found',
};

/** Go looks at the first bytes of a text that is sent without a type. */
const binary = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

export const plain = (status: number, body: string): Answer => ({
  status,
  headers: {
    'Content-Type': binary.test(body.slice(0, 512))
      ? 'application/octet-stream'
      : 'text/plain; charset=utf-8',
  },
  body,
});

export const json = (call: Call, value: Json, more: Partial<Answer> = {}): Answer =>
  jsonText(call, () => encode(value), more);

/**
 * JSON that is written by `write`, indented when the query says `pretty`; where Go has no words for
 * a value, the body stays empty.
 */
export function jsonText(
  call: Call,
  write: () => string | Buffer,
  more: Partial<Answer> = {},
): Answer {
  const headers = { ...more.headers, 'Content-Type': 'application/json; charset=utf-8' };
  try {
    const body = call.query.has('pretty') ? indent(String(write())) : write();
    return { status: 200, ...more, headers, body };
  } catch (error) {
    if (error instanceof NoJson) return { status: 200, ...more, headers, body: '' };
    throw error;
  }
}

export const total = (count: number): Answer['headers'] => ({ 'X-Total-Count': String(count) });
