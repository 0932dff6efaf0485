import { expect, it } from 'vitest';
import { isOlder, tooOld } from '../../../src/job/lint/version.ts';

it.each<[version: string | undefined, since: string | undefined, older: boolean]>([
  ['4.0.8', '4.0.9', true],
  ['4.0.9', '4.0.9', false],
  [undefined, '4.0.9', false],
  ['4.0.8', undefined, false],
  ['devel', '4.0.9', false],
])('Dkron %s lacks what came with %s: %s', (version, since, older) => {
  expect(isOlder(version, since)).toBe(older);
  expect(tooOld('p', since, 'x', version)).toHaveLength(older ? 1 : 0);
});

it.each([
  [undefined, false],
  [null, false],
  [false, false],
  ['', false],
  [0, true],
  [true, true],
  ['x', true],
])('a server that is too old for %j is told of: %s', (value, told) => {
  expect(tooOld('p', '4.0.9', value, '3.2.7')).toHaveLength(told ? 1 : 0);
});
