import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outputDifference } from '../../src/runs/difference.ts';
import { fold } from '../../src/runs/fold.ts';
import { linesOf } from '../../src/runs/lines.ts';

const between = (older: string, newer: string, cut: { older?: string; newer?: string } = {}) =>
  outputDifference(linesOf(older, cut.older ?? null), linesOf(newer, cut.newer ?? null));

const shown = (difference: ReturnType<typeof between>): string[] =>
  difference.rows.map(({ sign, text }) => `${sign} ${text}`);

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `line ${at}`);

describe('rows', () => {
  test('equal stretches are a word, what is next to a difference is not', () => {
    const before = numbered(20);
    const after = before.with(10, 'boom');
    const found = between(before.join('\n'), after.join('\n'));
    expect(shown(found)).toEqual([
      '… 7 equal lines',
      ...['  line 7', '  line 8', '  line 9', '− line 10', '+ boom'],
      ...['  line 11', '  line 12', '  line 13'],
      '… 6 equal lines',
    ]);
    expect(found.places).toEqual([4]);
  });

  test('what differs by what is folded is no difference', () => {
    const found = between('02:10:00 start\nok', '13:11:59 start\nok');
    expect(shown(found)).toEqual(['… 2 equal lines, 1 of them but for times, ids or numbers']);
    expect(found).toMatchObject({ places: [], alike: 1, removed: 0, added: 0 });
  });

  test('JSON is compared value by value', () => {
    const found = between('{"a":1,"b":{"c":2}}', '{"a":1,"b":{"c":3}}');
    expect(shown(found).filter((row) => /^[−+]/.test(row))).toEqual([
      '−     "c": 2',
      '+     "c": 3',
    ]);
  });

  test('a comma behind the last value is no difference', () => {
    const found = between('{"a":1,"b":2}', '{"a":1,"b":2,"c":3}');
    expect(shown(found)).toContain('    "b": 2,');
    expect(found).toMatchObject({ removed: 0, added: 1, alike: 0 });
  });

  test('one long line is compared in pieces', () => {
    const long = (words: string) => numbered(9_000).with(7_000, words).join(' and so on, ');
    const found = between(long('well'), long('ill'));
    expect(found).toMatchObject({ removed: 1, added: 1 });
  });

  test('a long line without any border is one, too', () => {
    const found = between('a'.repeat(250_000), `${'a'.repeat(200_000)}b${'a'.repeat(49_999)}`);
    expect(found).toMatchObject({ removed: 1, added: 1 });
  });

  test('escape codes are never in a row', () => {
    const found = between('\x1b[31mred\x1b]0;title\x07', '\x1b[2Jgreen\x07');
    expect(shown(found).join('')).toMatch(/^[^\p{Cc}]+$/u);
    expect(found.places).toEqual([0]);
  });

  test('what only the older one has from before the newer one was cut is no difference', () => {
    const older = numbered(10);
    const newer = ['e 3', ...older.slice(4), 'boom'];
    const found = between(older.join('\n'), newer.join('\n'), { newer: 'cut' });
    expect(shown(found).slice(0, 3)).toEqual([
      '… 4 lines from before the other output begins',
      '… 3 equal lines',
      '  line 7',
    ]);
    expect(found).toMatchObject({ removed: 0, added: 1 });
  });

  test('of lines that are all the same but for what is folded, the word says so', () => {
    const found = between('02:10:00 a\n02:10:01 b', '13:11:59 a\n13:12:00 b');
    expect(shown(found)).toEqual(['… 2 lines, equal but for times, ids or numbers']);
  });

  test('a line that is the same but for what is folded shows as it is', () => {
    const found = between('02:10:00 start\nok', '13:11:59 start\ngone');
    expect(shown(found)).toEqual(['≈ 13:11:59 start', '− ok', '+ gone']);
    expect(found.first).toEqual({ older: 2, newer: 2 });
  });

  test('what both have at their beginnings is a difference, also where both were cut', () => {
    const lines = numbered(10);
    const newer = lines.with(1, 'boom');
    const cut = { older: 'cut', newer: 'cut' };
    expect(between(lines.join('\n'), newer.join('\n'), cut)).toMatchObject({
      ...{ removed: 1, added: 1, places: [0] },
    });
    expect(between('x\na', 'y\nb', cut)).toMatchObject({ removed: 1, added: 1 });
  });

  test('nothing printed against something', () => {
    expect(between('', 'a\nb\n')).toMatchObject({ removed: 0, added: 2, places: [0] });
    expect(between('', '').rows).toEqual([]);
  });
});

const line = fc.constantFrom('a', 'b', 'c', 'took 12ms', 'took 3s', '02:10:00 x', '02:10:01 x', '');
const output = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));

/** By looking at one line after the other. */
function firstOf(older: readonly string[], newer: readonly string[]): number {
  let at = 0;
  while (at < older.length && at < newer.length && fold(older[at]!) === fold(newer[at]!)) at++;
  return at === older.length && at === newer.length ? -1 : at;
}

test('outputs that are equal when folded have no difference, and others begin to differ where they do', () => {
  fc.assert(
    fc.property(output, output, (older, newer) => {
      const [a, b] = [linesOf(older, null).lines, linesOf(newer, null).lines];
      const { rows, places } = between(older, newer);
      const first = firstOf(a, b);
      expect(places.length === 0).toBe(first === -1);
      if (first === -1) return;
      const before = rows
        .slice(0, places[0])
        .reduce((sum, { sign, text }) => sum + (sign === '…' ? Number.parseInt(text, 10) : 1), 0);
      expect(before).toBe(first);
    }),
  );
});

test('each line of both stands in the rows, or is counted, once', () => {
  fc.assert(
    fc.property(output, output, (older, newer) => {
      const [a, b] = [linesOf(older, null).lines, linesOf(newer, null).lines];
      const { rows, removed, added } = between(older, newer);
      const equal = rows.reduce(
        (sum, { sign, text }) =>
          sum + (sign === '…' ? Number.parseInt(text, 10) : sign === ' ' || sign === '≈' ? 1 : 0),
        0,
      );
      expect([equal + removed, equal + added]).toEqual([a.length, b.length]);
      const of = (wanted: string) =>
        rows.filter(({ sign }) => sign === wanted).map(({ text }) => text);
      expect([of('−').length, of('+').length]).toEqual([removed, added]);
    }),
  );
});

test('where too many lines differ, the first difference is told all the same', () => {
  const random = (seed: number) =>
    Array.from({ length: 20_000 }, (_, at) => `l${(at * at * seed + at * 7) % 97}`).join('\n');
  const found = between(`same\n${random(31)}`, `same\n${random(53)}`);
  expect(found.rough).toBe(true);
  expect(found.rows[found.places[0]!]?.sign).toBe('−');
});
