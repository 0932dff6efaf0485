import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divergence, fold } from '../../src/runs/fold.ts';

describe('what is folded', () => {
  test.each([
    ['2026-11-21T02:10:00Z', '‹time›'],
    ['2026-11-21T02:10:00.123456789+01:00 x', '‹time› x'],
    ['2026-11-21 02:10:00,123 x', '‹time› x'],
    ['2026/11/21 02:10:00 x', '‹time› x'],
    ['on 2026-11-21.', 'on ‹time›.'],
    ['20261121T021000Z', '‹time›'],
    ['[21/Nov/2026:02:10:00 +0000] "GET /" 500', '[‹time›] "GET /" 500'],
    ['Sat, 21 Nov 2026 02:10:00 GMT', '‹time›'],
    ['Sat Nov 21 02:10:00 UTC 2026', '‹time›'],
    ['Sat Nov  1 02:10:00 2026', '‹time›'],
    ['Nov 21 02:10:00 host app', '‹time› host app'],
    ['E1121 02:10:00.123456 1 main.go:42] x', 'E‹time› 1 main.go:42] x'],
    ['at 02:10:00.5', 'at ‹time›'],
    ['took 12ms', 'took ‹duration›'],
    ['took 1h2m3.5s', 'took ‹duration›'],
    ['in 0.4 seconds', 'in ‹duration›'],
    ['id 550e8400-e29b-41d4-a716-446655440000', 'id ‹number›'],
    ['0xc000123abc', '‹number›'],
    ['req_deadbeef01', 'req_‹number›'],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '‹number›'],
    ['pod worker-6b7f9c8d5-x2x4z', 'pod worker-‹number›'],
    ['pid=98', 'pid=‹number›'],
    ['12345 rows', '‹number› rows'],
    ['1,234,567 rows', '‹number› rows'],
    ['0.123456', '‹number›'],
    ['from 10.1.2.3:55555', 'from ‹address›'],
    ['from 2001:db8:0:0:1:2:3:4', 'from ‹address›'],
    ['from fe80::1:2', 'from ‹address›'],
    ['dial localhost:5432', 'dial localhost:‹address›'],
    ['http://a.example:8080/x', 'http://a.example:‹address›/x'],
  ])('%s', (line, folded) => expect(fold(line)).toBe(folded));
});

/** A true difference that is folded is worse than noise. */
describe('what stays', () => {
  test.each([
    'HTTP 500',
    'status:500',
    '"code":503',
    'exit status 137',
    'main.go:42',
    'Main.java:1234',
    '9999 rows',
    '5M',
    '50%',
    'version 4.1.2',
    'facade',
    'a::b',
    'items[3]',
    'I am 1',
    'feed beef cafe',
    'std::dead',
  ])('%s', (line) => expect(fold(line)).toBe(line));
});

const word = fc.oneof(
  fc.constantFrom(
    '2026-11-21',
    '02:10:00',
    'Nov 21',
    '12ms',
    '3 ms',
    '1.2.3.4',
    ':80',
    'http://a:80',
  ),
  fc.constantFrom('deadbeef1', '12345', '1,234,567', 'I1121', 'pid', 'fe80::1', '‹time›', 'T', 'Z'),
  fc.string({ maxLength: 6 }),
  fc.constantFrom(' ', '-', ':', '.', ',', '/', '=', '[', ']'),
);
const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(''));

test('what is folded stays as it is', () => {
  fc.assert(
    fc.property(line, (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

test('a line differs from another for more than what is folded exactly where they diverge', () => {
  fc.assert(
    fc.property(line, line, (one, other) => {
      const [[from, to], [otherFrom, otherTo]] = divergence(one, other);
      expect(from === to && otherFrom === otherTo).toBe(fold(one) === fold(other));
      expect(0 <= from && to <= one.length && otherTo <= other.length).toBe(true);
    }),
  );
});

test('of lines that differ in a time and a word, the word is what differs', () => {
  const [[from, to], [otherFrom, otherTo]] = divergence('02:10:00 rows ok', '13:11:59 rows gone');
  expect('02:10:00 rows ok'.slice(from, to)).toBe('ok');
  expect('13:11:59 rows gone'.slice(otherFrom, otherTo)).toBe('gone');
});
