import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilFromDays,
  daysFromCivil,
  daysInMonth,
  weekdayFromDays,
} from '../../src/schedule/civil.ts';
import {
  instantFromMillis,
  instantFromRfc3339,
  millisFromInstant,
  rfc3339FromInstant,
} from '../../src/schedule/instant.ts';
import { moment } from './moment.ts';

describe('instants', () => {
  it('are what Date says, to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-01-01') }),
        (date) => {
          const instant = instantFromMillis(date.getTime());
          expect(millisFromInstant(instant)).toBe(date.getTime());
          expect(rfc3339FromInstant(instant)).toBe(date.toISOString().replace(/\.?0*Z$/, 'Z'));
          expect(instantFromRfc3339(date.toISOString())).toBe(instant);
        },
      ),
    );
  });

  it('survive being written with any offset, to the nanosecond', () => {
    const instant = fc.bigInt(-62_135_596_800n * 10n ** 9n, 253_000_000_000n * 10n ** 9n);
    fc.assert(
      fc.property(instant, fc.integer({ min: -1_439, max: 1_439 }), (at, minutes) => {
        expect(instantFromRfc3339(rfc3339FromInstant(at, minutes * 60))).toBe(at);
      }),
    );
  });

  it('are written as Go writes them', () => {
    expect(rfc3339FromInstant(moment('2030-01-01T00:00:00.120Z'))).toBe('2030-01-01T00:00:00.12Z');
    expect(rfc3339FromInstant(moment('2030-01-01T00:00:00Z'), -12_600)).toBe(
      '2029-12-31T20:30:00-03:30',
    );
    expect(rfc3339FromInstant(moment('9999-12-31T23:59:59Z') + 10n ** 9n)).toBe(
      '10000-01-01T00:00:00Z',
    );
  });

  it('are none where the text is not an RFC 3339 time', () => {
    for (const text of ['', 'now', '2030-01-01', '2030-02-30T00:00:00Z', '2030-01-01T00:00:00'])
      expect(instantFromRfc3339(text), text).toBeUndefined();
  });
});

describe('the calendar', () => {
  const days = fc.integer({ min: -3_000_000, max: 90_000_000 });

  it('goes there and back', () => {
    fc.assert(
      fc.property(days, (day) => {
        const { year, month, day: dayOfMonth } = civilFromDays(day);
        expect(daysFromCivil(year, month, dayOfMonth)).toBe(day);
        expect(dayOfMonth).toBeLessThanOrEqual(daysInMonth(year, month));
      }),
    );
  });

  it('agrees with Date, and carries over', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 3000 }),
        fc.integer({ min: -20, max: 30 }),
        fc.integer({ min: -40, max: 400 }),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day));
          expect(daysFromCivil(year, month, day)).toBe(date.getTime() / 86_400_000);
          expect(weekdayFromDays(daysFromCivil(year, month, day))).toBe(date.getUTCDay());
        },
      ),
    );
  });
});
