import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { Framing, type Head } from '../../../src/dkron/lean/framing.ts';

interface Told {
  readonly head: Head | null;
  readonly body: string;
  readonly over: boolean;
  readonly beyond: string;
}

/** What is told of an answer that comes in these parts. */
function tell(parts: readonly Buffer[]): Told {
  let head: Head | null = null;
  const body: Buffer[] = [];
  const beyond: Buffer[] = [];
  const framing = new Framing({
    head: (told) => {
      expect(head).toBeNull();
      head = told;
    },
    data: (part) => void body.push(part),
  });
  for (const part of parts) beyond.push(framing.push(part));
  const text = (all: Buffer[]): string => Buffer.concat(all).toString('latin1');
  return { head, body: text(body), over: framing.isOver, beyond: text(beyond) };
}

const whole = (text: string): Told => tell([Buffer.from(text, 'latin1')]);

/** A text cut at these places. */
function cut(text: string, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b)];
  return [...at, text.length]
    .slice(1)
    .map((end, index) => Buffer.from(text.slice(at[index], end), 'latin1'));
}

const body = fc.string({ unit: 'binary-ascii', maxLength: 60 });

/** An answer of each way to tell its length, and its body. */
const answer = fc
  .record({
    body,
    kind: fc.constantFrom('length', 'chunked', 'hints'),
    size: fc.integer({ min: 1, max: 20 }),
  })
  .map(({ body: text, kind, size }) => {
    if (kind !== 'chunked') {
      const hints = kind === 'hints' ? 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n' : '';
      const head = `HTTP/1.1 201 Created\r\nX-Whom: n1\r\ncontent-LENGTH: ${text.length}\r\n\r\n`;
      return { text: hints + head + text, body: text };
    }
    const chunks = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    const coded = chunks.map((each) => `${each.length.toString(16)};x=1\r\n${each}\r\n`).join('');
    const head = 'HTTP/1.1 201 Created\r\nX-Whom: n1\r\nTransfer-Encoding: chunked\r\n\r\n';
    return { text: `${head + coded}0\r\nX-Trailer: 1\r\n\r\n`, body: text };
  });

test('an answer says the same however its bytes are cut, and what follows it is not of it', () => {
  fc.assert(
    fc.property(
      answer,
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.constantFrom('', 'HTTP'),
      (one, places, after) => {
        const told = tell(cut(one.text + after, places));
        expect(told).toMatchObject({ body: one.body, over: true, beyond: after });
        expect(told.head).toMatchObject({ status: 201, lasts: true });
        expect(told.head?.headers['x-whom']).toBe('n1');
      },
    ),
    { numRuns: 2_000 },
  );
});

test('an answer that is cut off is not over', () => {
  fc.assert(
    fc.property(answer, fc.nat(), (one, place) => {
      const told = whole(one.text.slice(0, place % one.text.length));
      expect(told.over).toBe(false);
      expect(one.body.startsWith(told.body)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', false],
  ['HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 0\r\n\r\n', false],
  ['HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', false],
  ['HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', true],
  ['HTTP/1.1 204 No Content\r\n\r\n', true],
  ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n', true],
])('whether the connection lasts: %j', (text, lasts) => {
  expect(whole(text)).toMatchObject({ head: { lasts }, over: true });
});

it('an answer without a length goes on to the end of the connection', () => {
  const told = whole('HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\n\r\nhello');
  expect(told).toMatchObject({ body: 'hello', over: false, head: { lasts: false } });
  expect(told.head?.headers['a']).toEqual(['1', '2']);
});

it.each([
  'SSH-2.0-OpenSSH_9.2\r\n',
  '\x15\x03\x03\x00\x02\x02\x28',
  'HTTP/2.0 200 OK\r\n\r\n',
  'HTTP/1.1 20 OK\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\n\r\n',
  'HTTP/1.1 200 OK\r\nno header\r\n\r\n',
  'HTTP/1.1 200 OK\r\n folded: 1\r\n\r\n',
  'HTTP/1.1 200 OK\r\nA : 1\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n',
])('what is not HTTP is refused: %j', (text) => {
  expect(() => whole(text)).toThrow(expect.objectContaining({ code: 'HPE_INVALID_CONSTANT' }));
});

it.each([
  'HTTP/1.1 2005OK\r\nContent-Type: text/html',
  'HTTP/1.1 200 OK\r\nno header\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 1\rX',
  'HTTP/1.1 200 OK\r\nContent-Length: -1\r\nX',
  'HTTP/1.1 200 OK\r\nA: \0',
  'HTTQ',
])('what cannot become HTTP any more is not waited for: %j', (text) => {
  expect(() => whole(text)).toThrow(expect.objectContaining({ code: 'HPE_INVALID_CONSTANT' }));
});

it('headers without an end are refused', () => {
  const parts = Array.from({ length: 40 }, () => Buffer.from(`A: ${'x'.repeat(1_000)}\r\n`));
  expect(() => tell([Buffer.from('HTTP/1.1 200 OK\r\n'), ...parts])).toThrow(
    expect.objectContaining({ code: 'UND_ERR_HEADERS_OVERFLOW' }),
  );
});
