import { expect, it } from 'vitest';
import { progressText, shareOf, writingText } from '../../src/view/progress.ts';

const coming = (jobs: number, total: number | null, bytes = jobs * 1_400) => ({
  jobs,
  total,
  bytes,
});

it.each<[ReturnType<typeof coming>, number, string]>([
  [coming(0, null), 0, '0 jobs · 0 B'],
  [coming(0, 0), 5_000, '0 of 0 jobs · 0 B · 0 B/s'],
  [coming(1, 1), 20, '1 of 1 job · 1.4 kB'],
  // What has just begun has no rate yet.
  [coming(500, 10_000), 999, '500 of 10000 jobs · 700.0 kB'],
  [coming(500, 10_000), 1_000, '500 of 10000 jobs · 700.0 kB · 700.0 kB/s · 19s left'],
  [coming(50_000, 100_000), 4_000, '50000 of 100000 jobs · 70.0 MB · 17.5 MB/s · 4s left'],
  // A little is a second, never nothing.
  [coming(99_999, 100_000), 4_000, '99999 of 100000 jobs · 140.0 MB · 35.0 MB/s · 1s left'],
  [coming(100_000, 100_000), 4_000, '100000 of 100000 jobs · 140.0 MB · 35.0 MB/s'],
  // More than was announced.
  [coming(12, 10), 2_000, '12 of 10 jobs · 16.8 kB · 8.4 kB/s'],
  // Nothing came yet: nobody knows how long it takes.
  [coming(0, 10_000), 30_000, '0 of 10000 jobs · 0 B · 0 B/s'],
  [coming(10, 10_000), 60_000, '10 of 10000 jobs · 14.0 kB · 233 B/s · 16h left'],
  [coming(5_000, null), 2_000, '5000 jobs · 7.0 MB · 3.5 MB/s'],
])('%j after %i ms is %s', (progress, elapsed, text) => {
  expect(progressText(progress, elapsed)).toBe(text);
});

it.each([
  [coming(0, null), null],
  [coming(0, 0), null],
  [coming(0, 8), 0],
  [coming(2, 8), 0.25],
  [coming(9, 8), 1],
])('of %j the share is %s', (progress, share) => {
  expect(shareOf(progress)).toBe(share);
});

it.each([
  [0, 5_000, 0, '0 of 5000 jobs'],
  [900, 5_000, 999, '900 of 5000 jobs'],
  [900, 5_000, 1_000, '900 of 5000 jobs · 900 jobs/s · 5s left'],
  [4_999, 5_000, 8_000, '4999 of 5000 jobs · 625 jobs/s · 1s left'],
  [5_000, 5_000, 8_000, '5000 of 5000 jobs · 625 jobs/s'],
  // A slow line: whole numbers would say nothing.
  [3, 90, 2_000, '3 of 90 jobs · 1.5 jobs/s · 58s left'],
  [0, 90, 30_000, '0 of 90 jobs · 0.0 jobs/s'],
])('%i of %i written after %i ms is %s', (done, total, elapsed, text) => {
  expect(writingText(done, total, elapsed)).toBe(text);
});
