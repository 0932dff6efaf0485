import { expect, it } from 'vitest';
import { isBehind } from '../../src/job/behind.ts';
import type { Job } from '../../src/job/job.ts';
import { jobsByName } from '../support/jobs.ts';

const at = (minute: number): string => `2026-11-21T14:0${minute}:00.123456789Z`;
const a = (fields: Partial<Job>): Partial<Job> => ({ name: 'a', ...fields });
const b = (fields: Partial<Job>): Partial<Job> => ({ name: 'b', ...fields });

it.each<[string, Partial<Job>[], Partial<Job>[], boolean]>([
  ['the same', [a({ last_success: at(1) })], [a({ last_success: at(1) })], false],
  ['one has run', [a({ last_success: at(1) })], [a({ last_success: at(2) })], false],
  ['one has run less', [a({ last_success: at(2) })], [a({ last_success: at(1) })], true],
  [
    'one has failed less',
    [a({ last_success: at(1), last_error: at(2) })],
    [a({ last_success: at(1) })],
    true,
  ],
  ['one was cleared', [a({ last_success: at(2) })], [a({})], false],
  ['one is gone', [a({ last_success: at(2) })], [], false],
  ['one is new', [], [a({ last_success: at(2) })], false],
  [
    'one went back and another went on',
    [a({ last_success: at(3) }), b({ last_success: at(1) })],
    [a({ last_success: at(2) }), b({ last_success: at(4) })],
    false,
  ],
])('%s', (_, before, now, behind) => {
  expect(isBehind(jobsByName(now), jobsByName(before))).toBe(behind);
});
