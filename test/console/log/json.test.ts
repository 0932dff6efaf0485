import { expect, it } from 'vitest';
import { fromJson, jobText, toJson } from '../../../src/console/log/json.ts';
import { parseJson, stringifyJson } from '../../../src/json/numbers.ts';

it.each<[string, unknown]>([
  ['a map', new Map([['a', 1]])],
  ['a map in a map', new Map([['a', new Map([[1, null]])]])],
  ['a set', new Set(['a', 'b'])],
  ['a whole number of any size', 12345678901234567890n],
  ['counts', Uint32Array.from([1, 2, 3])],
  ['what JSON has words for', { a: [1, 'x', null, true, { b: false }] }],
  ['text that looks like a mark', { $map: 'x', $set: 1, $big: 2, $counts: null }],
])('%s comes back as it was', (_, value) => {
  expect(fromJson(parseJson(stringifyJson(toJson(value))))).toEqual(value);
});

it('a number that JavaScript could not hold stays as it is written', () => {
  const text = '{"a":1.000000000000000000001}';
  expect(stringifyJson(toJson(parseJson(text)))).toBe(text);
  expect(stringifyJson(fromJson(parseJson(text)))).toBe(text);
});

it('a job is read from its text, and what is none is an error', () => {
  const text = '{"name":"a","schedule":"@daily"}';
  expect(jobText(text)).toMatchObject({ text, job: { name: 'a', schedule: '@daily' } });
  for (const wrong of ['{', '1', '{"name":1}']) expect(() => jobText(wrong)).toThrow(SyntaxError);
});
