import { describe, expect, it } from 'vitest';
import { mapText, readMap } from '../../../src/job/values/map-text.ts';

describe('a map as text', () => {
  it.each<[map: unknown, text: string]>([
    [null, ''],
    [{}, ''],
    [{ a: '1', 'b c': 'd=e' }, 'a=1\nb c=d=e'],
    [{ a: '' }, 'a='],
  ])('%j is a line each', (map, text) => {
    expect(mapText(map)).toBe(text);
  });

  it.each<[map: Record<string, unknown>]>([
    [{ 'a=b': '1' }],
    [{ '{a': '1' }],
    [{ '': '1' }],
    [{ 'a\nb': '1' }],
    [{ a: '1\r2' }],
    [{ ' a': '1' }],
    [{ a: '1 ' }],
    [{ a: 7 }],
    [{ a: '1', b: null }],
  ])('%j is JSON, because lines would not say it', (map) => {
    expect(mapText(map)).toBe(JSON.stringify(map, null, 2));
  });

  it.each<[text: string, read: unknown]>([
    ['a=1\r\n\n b = c=d ', { a: '1', b: 'c=d' }],
    [' {"a":7}', { a: 7 }],
    ['', {}],
  ])('%j is read', (text, value) => {
    expect(readMap(text)).toEqual({ value });
  });

  it.each([
    ['a=1\nb', 'line 2: '],
    ['=1', 'line 1: '],
    [' =1', 'line 1: '],
    ['a=1\n\na =2', 'line 3: a '],
    ['{"a":\n}', 'line 2, column 1: '],
  ])('%j is refused with its place', (text, place) => {
    expect(readMap(text)).toEqual({ error: expect.stringContaining(place) });
  });
});
