import { describe, expect, it } from 'vitest';
import { serverTime } from '../../src/job/time.ts';

describe('serverTime', () => {
  it.each([
    [null],
    [undefined],
    [''],
    ['0001-01-01T00:00:00Z'],
    ['1970-01-01T00:00:00Z'],
    ['1970-01-01T01:00:00+01:00'],
    ['0001-01-01T00:53:28+00:53'],
    ['0000-12-31T19:03:58-04:56'],
    ['nonsense'],
    ['1970-12-31T23:59:59.999Z'],
    ['+010000-01-01T00:00:00Z'],
    ['+275760-09-13T00:00:00Z'],
  ])('%s means none', (text) => {
    expect(serverTime(text)).toBeNull();
  });

  it.each([
    ['2026-11-22T15:59:57.856539654Z', '2026-11-22T15:59:57.856Z'],
    ['1971-01-01T00:00:00Z', '1971-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['2026-11-22T17:00:00+01:00', '2026-11-22T16:00:00.000Z'],
  ])('%s is a time', (text, time) => {
    expect(serverTime(text)?.toISOString()).toBe(time);
  });
});
