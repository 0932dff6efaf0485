import { expect, test } from 'vitest';
import { agenda, instantFromRfc3339 } from '../../src/schedule/index.ts';
import { lineText } from '../../src/view/line.ts';
import { dayOfHours, hourOfMinutes, stripOf } from '../../src/view/strip.ts';

const jobs = [
  { name: 'a', schedule: '0 10 * * * *' },
  { name: 'b', schedule: '* 59 13 * * *' },
];

function strip(from: string, to: string, layout: typeof hourOfMinutes) {
  const whole = jobs.map((job) => ({
    ...job,
    timezone: '',
    disabled: false,
    parent_job: '',
    next: '',
    last_success: null,
    last_error: null,
  }));
  const stretch = { from: instantFromRfc3339(from)!, to: instantFromRfc3339(to)! };
  return stripOf(agenda(whole, stretch), layout).map(({ at, bars, total }) => [
    new Date(at).toISOString(),
    lineText(bars),
    total,
  ]);
}

test('an agenda that begins and ends within an hour leaves the rest of the hours blank', () => {
  expect(strip('2026-11-21T12:58:30Z', '2026-11-21T14:02:00Z', hourOfMinutes)).toEqual([
    ['2026-11-21T12:00:00.000Z', `${' '.repeat(58)}··`, 0],
    ['2026-11-21T13:00:00.000Z', `${'·'.repeat(10)}▁${'·'.repeat(48)}█`, 61],
    ['2026-11-21T14:00:00.000Z', `··${' '.repeat(58)}`, 0],
  ]);
});

test('hours are summed up in a row for each day, the least of them seen beside the highest', () => {
  expect(strip('2026-11-21T22:00:00Z', '2026-11-22T15:00:00Z', dayOfHours)).toEqual([
    ['2026-11-21T00:00:00.000Z', `${' '.repeat(22)}▁▁`, 2],
    ['2026-11-22T00:00:00.000Z', `${'▁'.repeat(13)}█▁${' '.repeat(9)}`, 75],
  ]);
});

test('nothing fires in an agenda without jobs', () => {
  expect(strip('2026-11-21T12:01:00Z', '2026-11-21T12:02:00Z', hourOfMinutes)).toEqual([
    ['2026-11-21T12:00:00.000Z', ` ·${' '.repeat(58)}`, 0],
  ]);
});
