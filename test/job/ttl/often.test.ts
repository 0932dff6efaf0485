import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { moreOften } from '../../../src/job/ttl/often.ts';
import { gapsOf, instantFromSeconds, parseSchedule } from '../../../src/schedule/index.ts';
import { sixFields, zone } from '../../schedule/arbitrary.ts';

const from = instantFromSeconds(1_795_000_000);
const year = instantFromSeconds(366 * 86_400);

function often(spec: string, most: number, timezone = ''): string | undefined {
  const parsed = parseSchedule(spec, { timezone });
  if (!parsed.valid) throw new Error(parsed.error);
  return moreOften(parsed.schedule, parsed.effective, most, from);
}

const [minute, hour] = [60, 3600];

it.each([
  ['0 */15 * * * *', 10 * minute, '', '0 */10 * * * *'],
  ['0 */15 * * * *', 9 * minute, '', '0 */6 * * * *'],
  ['30 7/15 * * * *', 10 * minute, '', '30 7/10 * * * *'],
  ['0 5 * * * *', 30 * minute, '', '0 5/30 * * * *'],
  ['0 5 * * * *', minute, '', '0 * * * * *'],
  ['0 5 * * * *', 59, '', undefined],
  ['0 30 4 * * *', 12 * hour, '', '0 30 4/12 * * *'],
  ['0 30 4 * * *', hour, '', '0 30 * * * *'],
  ['0 30 4 * * *', 20 * minute, '', '0 10/20 * * * *'],
  // When clocks go back twelve hours last thirteen.
  ['0 30 4 * * *', 12 * hour, 'Europe/Paris', '0 30 4/8 * * *'],
  ['TZ=Europe/Paris 0 */15 * * * *', 5 * minute, '', 'TZ=Europe/Paris 0 */5 * * * *'],
  ['@hourly', 30 * minute, '', '0 */30 * * * *'],
  ['@every 1h', 90 * minute, '', '@every 1h30m'],
  ['@every 1h', 0.5, '', undefined],
  // Somebody may have meant these hours and days.
  ['0 */15 6-21 * * *', 10 * minute, '', undefined],
  ['0 */15 * * * 1-5', 10 * minute, '', undefined],
  ['0 */15 * 1 * *', 10 * minute, '', undefined],
  ['0 */15 * * 1-6 *', 10 * minute, '', undefined],
  ['0,30 */15 * * * *', 10 * minute, '', undefined],
  ['@daily', hour, '', undefined],
  ['@manually', hour, '', undefined],
])('%s with pauses of %i s at most (%s) is %s', (spec, most, timezone, fix) => {
  expect(often(spec, most, timezone)).toBe(fix);
});

test('what is proposed pauses no longer than it may', { timeout: 60_000 }, () => {
  const even = fc
    .tuple(fc.nat(59), fc.nat(59), fc.constantFrom('*', '*/2', '3', '*/6'))
    .map(([second, start, hours]) => `${second} ${start} ${hours} * * *`);
  const given = [fc.oneof(even, sixFields), fc.integer({ min: 1, max: 90_000 }), zone] as const;
  let proposed = 0;
  fc.assert(
    fc.property(...given, (spec, most, timezone) => {
      const fix = often(spec, most, timezone);
      if (fix === undefined) return;
      proposed += 1;
      const parsed = parseSchedule(fix, { timezone });
      if (!parsed.valid) throw new Error(parsed.error);
      expect(gapsOf(parsed.schedule, from, from + year)?.longest).toBeLessThanOrEqual(most);
    }),
    { numRuns: 500 },
  );
  expect(proposed).toBeGreaterThan(50);
});
