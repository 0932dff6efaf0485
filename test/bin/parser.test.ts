import { cachedDataVersionTag, setFlagsFromString } from 'node:v8';
import { expect, test } from 'vitest';
import { tiering } from '../../scripts/lean.ts';

test('once the parser of HTTP is made V8 is as it started: so its code is kept', () => {
  const before = cachedDataVersionTag();
  setFlagsFromString(tiering.never);
  expect(cachedDataVersionTag()).not.toBe(before);
  setFlagsFromString(tiering.usual);
  expect(cachedDataVersionTag()).toBe(before);
});
