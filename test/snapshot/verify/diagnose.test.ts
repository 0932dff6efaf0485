import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/snapshot/verify/diagnose.ts';
import { readLines } from '../../../src/snapshot/verify/lines.ts';
import { aSnapshot } from '../../support/manifested.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const { text, manifest } = aSnapshot(names);
const lines = text.split('\n').slice(0, -1);
const starts = lines.map((_, at) =>
  lines.slice(0, at).reduce((sum, one) => sum + one.length + 1, 0),
);

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function damagesOf(content: string | Uint8Array, size = 1 << 20, left = 1 << 30) {
  const file = await readLines(inPieces(Buffer.from(content), size), manifest.lines);
  return diagnose(manifest.lines, file, { left });
}

const told = async (content: string | Uint8Array) =>
  (await damagesOf(content)).map(({ kind, line, jobs }) => [kind, line, jobs.join(' ')]);

const file = (changed: readonly string[]): string => changed.map((line) => `${line}\n`).join('');
const withLine = (at: number, ...put: string[]): string => file(lines.toSpliced(at, 1, ...put));

/** Of one line, a byte in its middle that is no brace, quote or backslash. */
const flipped = (at: number): string => lines[at]!.replace('5 * * *', '7 * * *');

describe('what was done to a snapshot is told by its place', () => {
  test.each<[what: string, content: string, damages: unknown[]]>([
    ['nothing', text, []],
    ['a byte of the first line', withLine(0, flipped(0)), [['changed', 1, 'a']]],
    ['a byte of the last line', withLine(4, flipped(4)), [['changed', 5, 'e']]],
    ['an edit', withLine(2, lines[2]!.replace('true', 'reboot')), [['edited', 3, 'c']]],
    ['a line that is no job any more', withLine(1, 'x'), [['edited', 2, 'b']]],
    ['the first line removed', file(lines.slice(1)), [['removed', 1, 'a']]],
    ['a line removed', file(lines.toSpliced(2, 1)), [['removed', 3, 'c']]],
    ['the last line removed', file(lines.slice(0, 4)), [['cut', 4, 'e']]],
    [
      'two lines removed',
      file([lines[0]!, lines[2]!, lines[4]!]),
      [
        ['removed', 2, 'b'],
        ['removed', 4, 'd'],
      ],
    ],
    ['a line added in front', file(['{"name":"x"}', ...lines]), [['added', 1, 'x']]],
    ['a line added', file(lines.toSpliced(2, 0, '{"name":"x"}')), [['added', 3, 'x']]],
    ['an empty line', file(lines.toSpliced(2, 0, '')), [['added', 3, '']]],
    [
      'something behind the end',
      `${text}garbage`,
      [
        ['added', 6, ''],
        ['end', null, ''],
      ],
    ],
    ['a second copy', file([...lines, lines[1]!]), [['added', 6, 'b']]],
    [
      'two lines swapped',
      file([lines[0]!, lines[2]!, lines[1]!, lines[3]!, lines[4]!]),
      [['moved', 2, 'c']],
    ],
    ['the first line at the end', file([...lines.slice(1), lines[0]!]), [['moved', 5, 'a']]],
    ['a cut behind a line', file(lines.slice(0, 2)), [['cut', 2, 'c d e']]],
    ['a cut within a line', text.slice(0, starts[2]! + 40), [['cut', 3, 'c d e']]],
    ['a cut within the first line', text.slice(0, 1), [['cut', 1, 'a b c d e']]],
    ['a cut within the last line', text.slice(0, -10), [['cut', 5, 'e']]],
    ['a cut in front of a line break', text.slice(0, starts[2]! - 1), [['cut', 2, 'c d e']]],
    ['the last line break', text.slice(0, -1), [['end', null, '']]],
    [
      'a line break put into a line',
      withLine(1, lines[1]!.slice(0, 50), lines[1]!.slice(50)),
      [['split', 2, 'b']],
    ],
    [
      'a byte that became a line break',
      withLine(1, lines[1]!.slice(0, 50), lines[1]!.slice(51)),
      [['split', 2, 'b']],
    ],
    ['a line break that is gone', text.replace('\n', ''), [['joined', 1, 'a b']]],
    ['a line break that became a space', text.replace('\n', ' '), [['joined', 1, 'a b']]],
    [
      'no line breaks at all',
      text.replaceAll('\n', ''),
      [
        ['joined', 1, 'a b c d e'],
        ['end', null, ''],
      ],
    ],
    ['Windows line ends', text.replaceAll('\n', '\r\n'), [['line-ends', 1, '']]],
    ['a byte order mark', `\ufeff${text}`, [['mark', 1, '']]],
    [
      'both, and an edit',
      `\ufeff${withLine(2, flipped(2)).replaceAll('\n', '\r\n')}`,
      [
        ['mark', 1, ''],
        ['line-ends', 1, ''],
        ['edited', 3, 'c'],
      ],
    ],
    [
      'first, last and several',
      file([flipped(0), lines[2]!, '{"name":"x"}', lines[3]!, lines[4]!.replace('true', 'no')]),
      [
        ['changed', 1, 'a'],
        ['removed', 2, 'b'],
        ['added', 3, 'x'],
        ['edited', 5, 'e'],
      ],
    ],
    [
      'a job put in place of another',
      withLine(3, '{"name":"x"}'),
      [
        ['removed', 4, 'd'],
        ['added', 4, 'x'],
      ],
    ],
  ])('%s', async (_what, content, damages) => {
    expect(await told(content)).toEqual(damages);
    for (const size of [1, 100, 333]) {
      const pieces = await damagesOf(content, size);
      expect(pieces).toEqual(await damagesOf(content));
    }
  });

  test('in words, with the byte where it can be known', async () => {
    const texts = async (content: string | Uint8Array) =>
      (await damagesOf(content)).map(({ text }) => text);
    const bytes = Buffer.from(text);
    const place = starts[1]! + 30;
    bytes[place]! ^= 4;
    expect(await texts(bytes)).toEqual([
      expect.stringContaining(`line 2 (job b) differs in one bit of byte ${place} alone`),
    ]);
    bytes[place]! = 0xff;
    expect(await texts(bytes)).toEqual([
      `line 2 (job b) differs in byte ${place} alone; it is not UTF-8 any more`,
    ]);
    expect(
      await texts(withLine(1, lines[1]!.replace('"success_count":1', '"success_count":77'))),
    ).toEqual([
      `line 2 (job b) was edited: ${lines[1]!.length + 1} bytes, ${lines[1]!.length} before; what an operator defines of the job is as it was`,
    ]);
    expect(await texts(`${text.slice(0, starts[2]! + 40)}`)).toEqual([
      `the file is cut off in line 3 (job c) at byte ${starts[2]! + 40}, with 40 of its ${lines[2]!.length} bytes; 2 jobs more are missing (d, e)`,
    ]);
    const zeros = Buffer.from(text).fill(0, starts[4]! + 9);
    expect(await texts(zeros)).toEqual([
      `the file is cut off in line 5 (job e) at byte ${starts[4]! + 9}, with 9 of its ${lines[4]!.length} bytes; zeros follow; it was the last one`,
    ]);
    expect(await texts(Buffer.from(text).fill(0, starts[1]! + 9, starts[1]! + 20))).toEqual([
      `line 2 (job b) differs: ${lines[1]!.length} bytes, as before; it holds zeros from byte ${starts[1]! + 9} on`,
    ]);
  });
});

describe('whatever single thing is done', () => {
  const any = { numRuns: 300 };
  const [lineBreak, carriageReturn] = [10, 13];
  const lineOf = (byte: number): number => starts.findLastIndex((start) => start <= byte);

  test('a changed byte is noticed, and its line named', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const bytes = Buffer.from(text);
          bytes[at]! ^= change;
          const damages = await damagesOf(bytes, 1 << 20, 0);
          expect(damages.some(({ line }) => line === lineOf(at) + 1)).toBe(true);
          // How a line ends is no matter of its job.
          if (damages.every(({ kind }) => kind !== 'line-ends'))
            expect(damages.flatMap(({ jobs }) => jobs)).toContain(names[lineOf(at)]);
        },
      ),
      { ...any, examples: [[text.length - 1, lineBreak ^ carriageReturn]] },
    );
  });

  test('a removed line is named', async () => {
    for (const [at, name] of names.entries())
      expect((await told(file(lines.toSpliced(at, 1)))).map((one) => one[2])).toEqual([name]);
  });

  test('an added line is named', async () => {
    const put = fc.oneof(
      fc.constant('{"name":"x"}'),
      fc.string({ unit: fc.constantFrom('a', '{', '"', ' ', 'é') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(names.length), put, async (at, line) => {
        const damages = await told(file(lines.toSpliced(at, 0, line)));
        expect(damages).toEqual([['added', at + 1, line.startsWith('{"name":"x"') ? 'x' : '']]);
      }),
      any,
    );
  });

  test('a swap is told as lines in another order, and nothing else', async () => {
    const place = fc.nat(names.length - 1);
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        fc.pre(a !== b);
        const swapped = lines.with(a, lines[b]!).with(b, lines[a]!);
        const damages = await told(file(swapped));
        expect(damages.length).toBeGreaterThan(0);
        expect(damages.every(([kind]) => kind === 'moved')).toBe(true);
        const jobs = damages.map((one) => one[2]);
        expect(jobs.includes(names[a]) || jobs.includes(names[b])).toBe(true);
      }),
    );
  });

  test('a cut is told by its byte, and everything behind it is missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length - 2 }), async (at) => {
        const [cut, ...more] = await damagesOf(text.slice(0, at));
        const missing = names.slice(text.slice(0, at + 1).split('\n').length - 1);
        expect(more).toEqual([]);
        expect(cut).toMatchObject({ kind: 'cut', byte: at, jobs: missing });
      }),
    );
  });
});

test('a file without end is not read to its end', async () => {
  const zeros = Buffer.alloc(1 << 20);
  let given = 0;
  async function* endless() {
    for (;;) {
      given++;
      yield zeros;
    }
  }
  const { endless: stopped } = await readLines(endless(), manifest.lines);
  expect(stopped).toBe(true);
  expect(given).toBeLessThan(70);
  async function* breaks() {
    for (;;) yield Buffer.alloc(1 << 16, '\n');
  }
  expect((await readLines(breaks(), manifest.lines)).endless).toBe(true);
});
