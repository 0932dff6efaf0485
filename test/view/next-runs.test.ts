import { expect, test } from 'vitest';
import { changesOf } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import type { Clock } from '../../src/job/upcoming.ts';
import { changeLines } from '../../src/view/diff.ts';
import { lineText } from '../../src/view/line.ts';
import { movesRuns, runsChange } from '../../src/view/next-runs.ts';
import { aJob } from '../support/jobs.ts';

const clock: Clock = {
  now: Date.parse('2026-11-26T10:00:00Z'),
  serverZone: 'UTC',
  version: '4.1.2',
};
const job = aJob({ name: 'job', schedule: '0 0 9 * * *' });

const change = (seen: Job | null, wanted: Job | null) => runsChange(seen, wanted, clock, 2);

test('another zone moves the runs, which are told by its clock', () => {
  expect(change(job, { ...job, timezone: 'Europe/Paris' })).toEqual({
    keys: ['next'],
    path: 'next runs',
    before: 'Fri 27 Nov 09:00 Z  in 23h\nSat 28 Nov 09:00 Z  in 47h',
    after: 'Fri 27 Nov 09:00 +01:00  in 22h\nSat 28 Nov 09:00 +01:00  in 46h',
  });
});

test('a job that is new has none before, one that goes none after', () => {
  const text = 'Fri 27 Nov 09:00 Z  in 23h\nSat 28 Nov 09:00 Z  in 47h';
  expect(change(null, job)).toMatchObject({ before: '', after: text });
  expect(change(job, null)).toMatchObject({ before: text, after: '' });
});

test('what moves nothing is no change', () => {
  expect(change(job, { ...job, retries: 2 })).toBeNull();
  expect(change(job, { ...job, schedule: '0 0 9 * * ?' })).toBeNull();
});

test('why there are none', () => {
  const after = (fields: Partial<Job>) => change(job, { ...job, ...fields })?.after;
  expect(after({ disabled: true })).toBe('none while it is disabled');
  expect(after({ parent_job: 'root', schedule: '' })).toBe('after root');
  expect(after({ schedule: '@manually' })).toBe('no scheduled runs');
  expect(after({ schedule: '0 0 9 * *' })).toBe('none: Dkron refuses the schedule');
});

test('they stand among the other differences, a run a line', () => {
  const runs = change(job, { ...job, schedule: '@manually' })!;
  expect(changeLines([runs], 60).map((line) => lineText(line).trimEnd())).toEqual([
    ' next runs              − Fri 27 Nov 09:00 Z  in 23h',
    '                        − Sat 28 Nov 09:00 Z  in 47h',
    '                        + no scheduled runs',
  ]);
});

test('which changes move them', () => {
  const moves = (fields: Partial<Job>) => movesRuns(changesOf(job, { ...job, ...fields }));
  expect(moves({ schedule: '@daily' })).toBe(true);
  expect(moves({ starts_at: '2030-01-01T00:00:00Z' })).toBe(true);
  expect(moves({ retries: 3, executor: 'http' })).toBe(false);
});
