import { expect, test } from 'vitest';
import { snapshotName, timeInName } from '../../../src/snapshot/archive/name.ts';

const utc = Date.UTC(2026, 10, 21, 2, 10);
const here = new Date(2026, 10, 21, 2, 10).getTime();

test.each([
  [snapshotName(new Date(utc)), utc],
  [snapshotName(new Date(utc), 'before 2.0'), utc],
  ['backup-dkron_2026-11-21T0210Z-2.gz', utc],
  ['backup-dkron_2026-11-21T021030Z', utc + 30_000],
  ['backup-dkron_20261121T021030Z_x', utc + 30_000],
  ['backup-dkron_2026-11-21T02:10Z', utc],
  ['backup-dkron_2026-11-21-T02-10', here],
  ['backup-dkron_2026-11-21-T02-10.zst', here],
  ['backup-dkron_2026-13-21T0210Z', null],
  ['backup-dkron_2026-11-21', null],
  ['backup-dkron_today', null],
])('%s was taken at its time', (name, at) => {
  expect(timeInName(name)).toBe(at);
});
