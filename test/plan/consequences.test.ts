import { describe, expect, it, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { findingText } from '../../src/job/lint/finding.ts';
import { type CheckOptions, checkPlan } from '../../src/plan/check.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { moment } from '../schedule/moment.ts';
import { aJob } from '../support/jobs.ts';

const now = moment('2026-11-26T10:00:00Z');
const base = aJob({ name: 'job', schedule: '0 0 9 * * *' });

/** What is to be known of writing a job in place of another one, null for none. */
function notes(seen: Partial<Job> | null, wanted: Partial<Job>, more: Partial<CheckOptions> = {}) {
  const live = seen === null ? [] : [{ ...base, ...seen }];
  const plan = planRestore([{ ...base, ...wanted }], live);
  const [item] = checkPlan(plan, live, { now, version: '4.1.2', ...more }).items;
  return item?.findings.filter(({ level }) => level === 'note').map(findingText);
}

describe('the next run that Dkron shows', () => {
  const byServer =
    "timezone: Dkron shows its next run by the server's clock until it has run once; it runs by that of Asia/Tokyo";
  const stale = 'timezone: Dkron goes on showing the next run as it was, until it has run once';
  const tokyo = { timezone: 'Asia/Tokyo' };

  it.each<[string, Partial<Job> | null, Partial<Job>, readonly string[]]>([
    ['of a new job in a zone', null, tokyo, [byServer]],
    ['of a new job without one', null, {}, []],
    ['of another schedule in a zone', tokyo, { ...tokyo, schedule: '0 0 8 * * *' }, [byServer]],
    ['of another zone', {}, tokyo, [stale]],
    ['of a zone that goes', tokyo, {}, [stale]],
    ['of another field', tokyo, { ...tokyo, retries: 2 }, []],
    ['where the schedule names the zone', null, { schedule: 'TZ=Asia/Tokyo 0 0 9 * * *' }, []],
    ['of a child', null, { ...tokyo, parent_job: 'other' }, []],
    ['of a disabled job', null, { ...tokyo, disabled: true }, []],
    ['by hand only', null, { ...tokyo, schedule: '@manually' }, []],
  ])('%s', (_, seen, wanted, expected) => expect(notes(seen, wanted)).toEqual(expected));

  it('is right where the server is in that zone, or in one that tells the same time', () => {
    expect(notes(null, tokyo, { serverZone: 'Asia/Tokyo' })).toEqual([]);
    expect(notes(null, tokyo, { serverZone: 'Asia/Seoul' })).toEqual([]);
    expect(notes(null, { timezone: 'Etc/UTC' })).toEqual([]);
  });
});

test('an interval begins anew at every write, whatever is changed', () => {
  const every = { schedule: '@every 90s' };
  const phase =
    'schedule: the interval starts again at each save of the job, each restart of Dkron and each change of leader';
  expect(notes(every, { ...every, retries: 2 })).toEqual([phase]);
  expect(notes(null, every)).toEqual([phase]);
  expect(notes(every, every)).toEqual([]);
  expect(notes({}, { retries: 2 })).toEqual([]);
});

test('a job that is new begins to count anew', () => {
  const counted = { success_count: 120, error_count: 3 };
  expect(notes(null, counted)).toEqual([
    'success_count: it had counted 120 ok and 3 failed: Dkron begins at 0, and its runs are not restored',
  ]);
  expect(notes({ success_count: 7 }, { ...counted, retries: 1 })).toEqual([]);
  expect(notes(null, {})).toEqual([]);
});

test('the owner of the token is written in the place of another', () => {
  const text = 'owner: with access control Dkron writes the owner of your token in its place';
  const token = { token: true };
  expect(notes(null, { owner: 'ops' }, token)).toEqual([text]);
  expect(notes({ owner: 'dev' }, { owner: 'ops' }, token)).toEqual([text]);
  expect(notes({ owner: 'ops' }, { owner: 'ops', retries: 1 }, token)).toEqual([]);
  expect(notes({ owner: 'ops' }, { owner: '' }, token)).toEqual([]);
  expect(notes(null, { owner: 'ops' })).toEqual([]);
  expect(notes(null, { owner: 'ops' }, { ...token, version: '3.2.7' })).toEqual([]);
});

test('what is blocked has no consequences', () => {
  const counted = { success_count: 1, schedule: 'nonsense' };
  expect(notes(null, counted)).toEqual([]);
});
