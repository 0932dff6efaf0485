import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInputParser } from '../../src/terminal/input.ts';
import type { Input } from '../../src/terminal/taken.ts';
import { keyBytes } from '../support/key-bytes.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const told = (inputs: readonly Input[]): string[] =>
  inputs.map((input) => {
    if (input.type === 'focus') return input.focused ? 'has the focus' : 'lost the focus';
    return input.type === 'paste' ? `paste ${input.text}` : input.key.name;
  });

/** What is typed with these chunks; `null` is a silence that lasts as long as it takes. */
const read = (...chunks: readonly (string | Uint8Array | null)[]): string[] =>
  readAll(...chunks).filter((one) => !one.endsWith('the focus'));

/** All that comes of them. */
function readAll(...chunks: readonly (string | Uint8Array | null)[]): string[] {
  const parser = createInputParser();
  return chunks.flatMap((chunk) => {
    if (chunk !== null)
      return told(parser.push(typeof chunk === 'string' ? bytesOf(chunk) : chunk));
    return parser.patience() === undefined ? [] : told(parser.silence());
  });
}
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('keys', () => {
  it.each<[string, string[]]>([
    ['jjj', ['j', 'j', 'j']],
    ['yes\r', ['y', 'e', 's', 'enter']],
    ['j\n', ['j', 'enter']],
    ['j\r\nk', ['j', 'enter', 'k']],
    ['\r\r', ['enter', 'enter']],
    ['\t\t ', ['tab', 'tab', 'space']],
    ['\x04\x15\x00\x1f\x1c', ['ctrl-d', 'ctrl-u', 'ctrl-space', 'ctrl-_', 'ctrl-\\']],
    ['a\x7f\b', ['a', 'backspace', 'backspace']],
    ['日本👨‍👩‍👧é', ['日', '本', '👨‍👩‍👧', 'é']],
    [
      '\x1bf\x1bé\x1b\x7f\x1b\r\x1b\x04',
      ['alt-f', 'alt-é', 'alt-backspace', 'alt-enter', 'ctrl-alt-d'],
    ],
    ['\x1b[A\x1bOB\x1b[1;2C\x1b[1;8D', ['up', 'down', 'shift-right', 'ctrl-alt-shift-left']],
    ['\x1b\x1b[A', ['alt-up']],
    [
      '\x1b[H\x1b[4~\x1b[7~\x1b[5;5~\x1b[3$',
      ['home', 'end', 'home', 'ctrl-pageup', 'shift-delete'],
    ],
    ['\x1b[Z\x1b[b\x1bOa', ['shift-tab', 'shift-down', 'ctrl-up']],
    ['\x1bOM\x1bOq', ['enter', '1']],
    ['\x1b[15~\x1b[2~\x1bOP\x1b[[Ax', ['x']],
    // kitty's keyboard protocol and modifyOtherKeys
    ['\x1b[13u\x1b[13;2u\x1b[57414u\x1b[27;5;13~', ['enter', 'enter', 'enter', 'enter']],
    ['\x1b[106;5u\x1b[27;5;106~\x1b[99;5u', ['enter', 'enter', 'ctrl-c']],
    ['\x1b[97u\x1b[97;2u\x1b[97:65;2u\x1b[32u', ['a', 'A', 'A', 'space']],
    ['\x1b[97;1:3u\x1b[1;1:3A\x1b[97;1:2u', ['a']],
    ['\x1b[27u\x1b[9;2u\x1b[127;3u', ['esc', 'shift-tab', 'alt-backspace']],
    ['\x1b[97;9u\x1b[57441u', []],
  ])('%j are %j', (bytes, expected) => {
    expect(read(bytes)).toEqual(expected);
  });

  it('that come together are marked so, and no others', () => {
    const parser = createInputParser();
    expect(
      parser.push(bytesOf('y\r')).map((input) => input.type === 'key' && input.key.coalesced),
    ).toEqual([true, true]);
    expect(parser.push(bytesOf('y'))).toEqual([
      { type: 'key', key: { name: 'y', text: 'y', coalesced: false } },
    ]);
    expect(parser.push(bytesOf('\x1b[Iy'))).toMatchObject([
      { type: 'focus', focused: true },
      { key: { name: 'y', coalesced: false } },
    ]);
  });

  it('Esc is a key after a short silence, and soon enough', () => {
    const parser = createInputParser();
    expect(parser.push(bytesOf('\x1b'))).toEqual([]);
    expect(parser.patience()).toBeLessThanOrEqual(50);
    expect(told(parser.silence())).toEqual(['esc']);
    expect(parser.patience()).toBeUndefined();
    expect(told(parser.push(bytesOf('j')))).toEqual(['j']);
  });

  it.each<[string, (string | null)[], string[]]>([
    ['two Esc', ['\x1b', '\x1b', null], ['esc', 'esc']],
    [
      'Esc and what begins a report, then no report',
      ['\x1b', null, ']', 'j', null],
      ['esc', ']', 'j'],
    ],
    ['Esc, bracket, letter', ['\x1b', null, '[', 'j', null], ['esc', '[', 'j']],
    ['Esc, bracket, and nothing more', ['\x1b', null, '[', null], ['esc', '[']],
    ['Esc, P, letter', ['\x1b', null, 'P', 'a', null], ['esc', 'P', 'a']],
    ['Esc, X, word', ['\x1b', null, 'Xa', null, 'b'], ['esc', 'X', 'a', 'b']],
    ['Alt with what begins a report', ['\x1b]', null, 'j'], ['esc', ']', 'j']],
    ['Esc, O', ['\x1bO', null], ['esc', 'O']],
    ['a line feed some time after a return', ['\r', null, '\n'], ['enter', 'enter']],
    ['a line feed right after a return', ['\r', '\n'], ['enter']],
  ])('%s stay keys', (_what, chunks, expected) => {
    expect(read(...chunks)).toEqual(expected);
  });

  it('keep every grapheme of plain text', () => {
    const printable = fc
      .string({ unit: 'grapheme' })
      .filter((text) => !/\p{Cc}|\ufffd/u.test(text));
    fc.assert(
      fc.property(printable, (text) => {
        const typed = createInputParser().push(bytesOf(text));
        expect(typed.map((input) => (input.type === 'key' ? input.key.text : '')).join('')).toBe(
          text,
        );
      }),
    );
  });

  it('never hold a control character, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const parser = createInputParser();
        const inputs = [...parser.push(bytes), ...parser.silence()];
        for (const input of inputs)
          if (input.type === 'key')
            expect(`${input.key.name}${input.key.text ?? ''}`).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

/** What terminals say by themselves: xterm's ctlseqs, kitty's protocols, DEC's manuals. */
const reports: readonly string[] = [
  '\x1b]11;rgb:1e1e/1e1e/1e1e\x07',
  '\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\',
  '\x1b]4;1;rgb:cd/00/00\x1b\\',
  '\x1b]52;c;ZW4gZ2FyZGU=\x07',
  '\x1b]lthe title, Über\x1b\\',
  '\x1bP>|XTerm(390)\x1b\\',
  '\x1bP1$r0 q\x1b\\',
  '\x1bP1+r544e=787465726d\x1b\\',
  '\x1bP!|00000000\x1b\\',
  '\x1b_Gi=31;OK\x1b\\',
  '\x1b_anything\x1b\\',
  '\x1b^a private message\x1b\\',
  '\x1bXa start of string\x1b\\',
  '\u009d11;rgb:ffff/ffff/ffff\u009c',
  '\u0090>|xterm\u009c',
  '\u009b0n',
  '\x1b[M !!',
  '\x1b[M\x20\u00a1\u00b0',
  '\x1b[<0;10;5M',
  '\x1b[<0;10;5m',
  '\x1b[32;10;5M',
  '\x1b[I',
  '\x1b[O',
  '\x1b[5;10R',
  '\x1b[?5;10;1R',
  '\x1b[0n',
  '\x1b[?1;2c',
  '\x1b[>41;390;0c',
  '\x1b[?2026;2$y',
  '\x1b[4;2$y',
  '\x1b[8;24;80t',
  '\x1b[?0u',
  '\x1b[?1u',
];
const eightBit: readonly Uint8Array[] = [
  latin1('\x9d11;rgb:ffff/ffff/ffff\x9c'),
  latin1('\x90>|xterm\x9c'),
  latin1('\x9b?1;2c'),
  latin1('\x9fGi=1;OK\x9c'),
  latin1('\x1b[M\x20\xa1\xb0'),
  latin1('\x1b[M\x20\x9b\x9d'),
];
const all = [...reports.map(bytesOf), ...eightBit];

describe('what a terminal says by itself', () => {
  it.each(all.map((bytes) => [Buffer.from(bytes).toString('latin1'), bytes] as const))(
    '%j types nothing: whole, byte by byte, and in two, split anywhere',
    (_shown, bytes) => {
      expect(read(bytes, 'j')).toEqual(['j']);
      expect(read(...[...bytes].map((byte) => Uint8Array.of(byte)), 'j')).toEqual(['j']);
      for (let at = 2; at < bytes.length; at += 1) {
        const parts = [bytes.subarray(0, at), bytes.subarray(at)];
        expect(read(...parts, 'j'), `split at ${at}`).toEqual(['j']);
      }
    },
  );

  /** An Esc that nothing follows for long cannot be told from the key; what follows it can. */
  it.each(
    reports
      .filter((report) => report.startsWith('\x1b') && !report.includes('anything'))
      .map((report) => [report]),
  )('%j that is late behind its Esc types nothing more', (report) => {
    expect(read('\x1b', null, report.slice(1), 'j')).toEqual(['esc', 'j']);
    expect(read('\x1b', null, ...report.slice(1), 'j')).toEqual(['esc', 'j']);
  });

  it.each([
    ['\x1b]11;rgb:1e', '1e/1e1e/1e1e\x07'],
    ['\x1b]11;rgb:1e1e/1e1e/1e1e\x1b', '\\'],
    ['\x1b[<0;1', '0;5M'],
    ['\x1bP1$r', '0 q\x1b\\'],
  ])('%j, and %j seconds later: nothing is decided before ten seconds', (first, rest) => {
    const parser = createInputParser();
    expect(parser.push(bytesOf(first))).toEqual([]);
    expect(parser.patience()).toBe(10_000);
    expect(parser.push(bytesOf(rest))).toEqual([]);
    expect(told(parser.push(bytesOf('j')))).toEqual(['j']);
  });

  it('that breaks off gives the keyboard back', () => {
    expect(read('\x1b]11;rgb:', '\r', 'j')).toEqual(['enter', 'j']);
    expect(read('\x1b]11;rgb:', '\x1b[A', 'j')).toEqual(['up', 'j']);
    expect(read('\x1b]11;rgb:', null, 'j')).toEqual(['j']);
    expect(read('\x1b[<0;1', '\x03')).toEqual(['ctrl-c']);
  });

  it('right behind an Esc that was pressed leaves that', () => {
    expect(read('\x1b', '\x1b]11;rgb:1/2/3\x07')).toEqual(['esc']);
    expect(read('\x1b', '\x1b[I')).toEqual(['esc']);
  });
});

describe('a paste', () => {
  it('is one text, split anywhere', () => {
    const bytes = bytesOf('\x1b[200~q\r:quit\r é 漢\x1b[A\x1b[201~j');
    const expected = ['paste q\r:quit\r é 漢\x1b[A', 'j'];
    for (let at = 2; at < bytes.length; at += 1)
      expect(read(bytes.subarray(0, at), bytes.subarray(at))).toEqual(expected);
    expect(read(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it('that never ends comes as what there is of it', () => {
    expect(read('\x1b[200~half', null, 'j')).toEqual(['paste half', 'j']);
  });
});

describe('the focus', () => {
  it.each<[string, (string | null)[], string[]]>([
    ['is told', ['\x1b[O', 'j', '\x1b[I'], ['lost the focus', 'j', 'has the focus']],
    ['in parts', ['\x1b', '[', 'O'], ['lost the focus']],
    ['with C1 controls', ['\x9bI'], ['has the focus']],
    ['right behind an Esc', ['\x1b\x1b[O'], ['esc', 'lost the focus']],
    ['is not believed where it may have been typed', ['\x1b', null, '[O'], ['esc']],
    ['is not the keys that look like it', ['[O', '[I', 'I', 'O'], ['[', 'O', '[', 'I', 'I', 'O']],
    ['is not a key of the keypad', ['\x1bOI', '\x1bOP'], []],
    ['is nothing with parameters', ['\x1b[1I', '\x1b[1;2O'], []],
    ['is a part of what is pasted', ['\x1b[200~\x1b[O\x1b[201~'], ['paste \x1b[O']],
  ])('%s', (_, chunks, expected) => {
    expect(readAll(...chunks)).toEqual(expected);
  });
});

describe('keys between reports', () => {
  const keys = [
    'j',
    'G',
    'é',
    '漢',
    'enter',
    'tab',
    'up',
    'ctrl-d',
    'alt-f',
    'alt-shift-up',
    'pageup',
    'shift-tab',
    'delete',
  ];
  const key = fc.constantFrom(...keys).map((name) => ({ bytes: bytesOf(keyBytes(name)), name }));
  const report = fc.constantFrom(...all).map((bytes) => ({ bytes, name: focus.get(latin(bytes)) }));
  const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  const focus = new Map([
    ['\x1b[I', 'has the focus'],
    ['\x1b[O', 'lost the focus'],
  ]);

  it('come out exactly, in every split', () => {
    const stream = fc.array(fc.oneof(key, report), { maxLength: 30 });
    const sizes = fc.infiniteStream(fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(stream, sizes, (items, lengths) => {
        const bytes = Buffer.concat(items.map((item) => item.bytes));
        const chunks: Uint8Array[] = [];
        for (let at = 0; at < bytes.length; ) {
          const size = lengths.next().value as number;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(readAll(...chunks)).toEqual(items.flatMap(({ name }) => name ?? []));
      }),
      { numRuns: 500 },
    );
  });
});
