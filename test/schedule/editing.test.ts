import { describe, expect, it } from 'vitest';
import { commonSchedules } from '../../src/schedule/common.ts';
import { completeSchedule, completeZone } from '../../src/schedule/complete.ts';
import { fieldAt } from '../../src/schedule/field-help.ts';
import { parseSchedule } from '../../src/schedule/parse.ts';
import { stepNumber } from '../../src/schedule/step-number.ts';

/** Splits `0 5| * * * *` into the text and the place of the cursor. */
const at = (marked: string): [text: string, cursor: number] => [
  marked.replace('|', ''),
  marked.indexOf('|'),
];

describe('help for the field under the cursor', () => {
  it.each([
    ['|', 'second'],
    ['0|', 'second'],
    ['0 |', 'minute'],
    ['0 5| * * * *', 'minute'],
    ['0 5 |* * * *', 'hour'],
    ['0  5 *  | *', 'hour'],
    ['0 5 * * * MON-F|RI', 'day of week'],
    ['TZ=Europe/Paris 0 0 1|2 * * *', 'hour'],
  ])('%s is in the %s', (marked, name) => {
    expect(fieldAt(...at(marked))?.name).toBe(name);
  });

  it.each(['@da|ily', 'TZ=Eu|rope/Paris 0 0 12 * * *', '0 0 12 * * * 20|30', '0 0 12 * * * |'])(
    '%s has no field there',
    (marked) => {
      expect(fieldAt(...at(marked))).toBeUndefined();
    },
  );

  it('gives bounds and the span to mark', () => {
    expect(fieldAt('0 0 6-22 * * *', 5)).toMatchObject({
      min: 0,
      max: 23,
      span: { start: 4, end: 8, field: 2 },
    });
  });
});

describe('stepping the number under the cursor', () => {
  it.each([
    ['0 5| * * * *', 1, '0 6 * * * *'],
    ['0 |59 * * * *', 1, '0 0 * * * *'],
    ['0 0| * * * *', -1, '0 59 * * * *'],
    ['0 */1|5 * * * *', 1, '0 */16 * * * *'],
    ['0 */1| * * * *', -1, '0 */59 * * * *'],
    ['0 0 6-2|2 * * *', -1, '0 0 6-21 * * *'],
    ['0 05| * * * *', 1, '0 06 * * * *'],
    ['0 0 0 1| * *', -1, '0 0 0 31 * *'],
    ['0 0 0 * * SA|T', 1, '0 0 0 * * SUN'],
    ['0 0 0 * jan|-mar *', -1, '0 0 0 * dec-mar *'],
    ['0 0 0 * * |6', 1, '0 0 0 * * 0'],
    ['TZ=Etc/GMT+5 0 9| * * * *', 1, 'TZ=Etc/GMT+5 0 10 * * * *'],
    ['@every 1h|30m', 1, '@every 1h31m'],
    ['@every 1|s', -1, '@every 1s'],
    ['@at 2030-12-3|1T23:59:00Z', 1, '@at 2031-01-01T23:59:00Z'],
    ['@at 2030-12-31T2|3:59:00+01:00', 1, '@at 2031-01-01T00:59:00+01:00'],
    ['@at 20|30-02-28T00:00:00Z', -1, '@at 2029-02-28T00:00:00Z'],
  ] as const)('%s by %i', (marked, by, text) => {
    expect(stepNumber(...at(marked), by)?.text).toBe(text);
  });

  it.each(['0 *| * * * *', 'TZ=Etc/GMT+5| 0 0 * * * *', '@dai|ly', '0 0 12 mon| * *', ''])(
    'leaves %s alone',
    (marked) => {
      expect(stepNumber(...at(marked), 1)).toBeUndefined();
    },
  );
});

describe('completion', () => {
  it('offers descriptors, by version', () => {
    expect(completeSchedule('@m', 2)?.candidates).toEqual([
      '@monthly',
      '@midnight',
      '@minutely',
      '@manually',
    ]);
    expect(completeSchedule('@a', 2, '4.0.9')?.candidates).toEqual(['@annually', '@at ']);
    expect(completeSchedule('@a', 2, '4.1.1')?.candidates).toContain('@after ');
  });

  it('offers behind a zone what Dkron takes there', () => {
    const offered = completeSchedule('TZ=UTC @m', 9);
    expect(offered).toEqual({ start: 7, end: 9, candidates: ['@monthly', '@midnight'] });
  });

  it('completes the zone of a prefix and names of months and days', () => {
    expect(completeSchedule('CRON_TZ=europe/par', 18)).toEqual({
      start: 8,
      end: 18,
      candidates: ['Europe/Paris'],
    });
    expect(completeSchedule('0 0 12 * * mon-f', 16)).toEqual({
      start: 15,
      end: 16,
      candidates: ['FRI'],
    });
    expect(completeSchedule('0 0 12 * ma *', 11)?.candidates).toEqual(['MAR', 'MAY']);
    expect(completeSchedule('0 0 1 * * *', 5)).toBeUndefined();
  });

  it('lists zones that begin with the text first, then cities, then the rest', () => {
    expect(completeZone('par').slice(0, 2)).toEqual(['America/Paramaribo', 'Europe/Paris']);
    expect(completeZone('asia/tok')).toEqual(['Asia/Tokyo']);
    expect(completeZone('nowhere')).toEqual([]);
  });
});

it('the menu offers only what every Dkron accepts', () => {
  for (const spec of commonSchedules)
    expect(parseSchedule(spec, { version: '3.1.0' }).valid, spec).toBe(true);
});
