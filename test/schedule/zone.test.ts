import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zoneError, zoneOf, zones } from '../../src/schedule/zone.ts';

describe('zone names', () => {
  it.each(['', 'UTC', 'Local', 'US/Eastern', 'Asia/Calcutta', 'EST5EDT', 'Etc/GMT+5', 'Factory'])(
    'Go knows %j',
    (name) => {
      expect(zoneError(name)).toBeUndefined();
    },
  );

  it.each([
    ['utc', 'unknown time zone utc'],
    ['europe/paris', 'unknown time zone europe/paris'],
    ['PST', 'unknown time zone PST'],
    ['+02:00', 'unknown time zone +02:00'],
    ['a/../b', 'time: invalid location name'],
    ['/etc/localtime', 'time: invalid location name'],
    ['\\x', 'time: invalid location name'],
    ['America/Argentina', 'is a directory'],
  ])('Go refuses %j: %s', (name, error) => {
    expect(zoneError(name)).toBe(error);
  });
});

describe('offsets', () => {
  /** Minutes east of UTC as Intl names them; zones far in the past had seconds too. */
  const byName = (timeZone: string, seconds: number): string | undefined =>
    new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(seconds * 1000)
      .find(({ type }) => type === 'timeZoneName')
      ?.value.replace(/^GMT$/, 'GMT+00:00');

  const text = (offset: number): string => {
    const minutes = Math.abs(offset) / 60;
    const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) =>
      String(part).padStart(2, '0'),
    );
    return `GMT${offset < 0 ? '-' : '+'}${hour}:${minute}`;
  };

  it('are Intl’s, in every zone and at every time', () => {
    const known = zones.filter((name) => name !== 'Factory');
    const seconds = fc.integer({ min: 1_000_000_000, max: 2_500_000_000 });
    fc.assert(
      fc.property(fc.constantFrom(...known), seconds, (name, at) => {
        expect(text(zoneOf(name).offsetAt(at))).toBe(byName(name, at));
      }),
    );
  });

  it('change at the second the clocks are set', () => {
    const paris = zoneOf('Europe/Paris');
    const [from, to] = [Date.UTC(2026, 0, 1) / 1000, Date.UTC(2027, 0, 1) / 1000];
    expect(paris.changesBetween(from, to)).toMatchObject([
      { at: Date.UTC(2026, 2, 29, 1) / 1000, before: 3600, after: 7200 },
      { at: Date.UTC(2026, 9, 25, 1) / 1000, before: 7200, after: 3600 },
    ]);
    expect(zoneOf('UTC').changesBetween(from, to)).toEqual([]);
  });

  it('are none where Intl knows no zone of that name', () => {
    expect(zoneOf('Factory').offsetAt(0)).toBe(0);
    expect(zoneOf('').name).toBe('UTC');
  });
});
