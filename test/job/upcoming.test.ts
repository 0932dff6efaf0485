import { expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { type Clock, upcoming } from '../../src/job/upcoming.ts';
import { aJob } from '../support/jobs.ts';

const clock: Clock = {
  now: Date.parse('2026-11-21T14:31:29Z'),
  serverZone: 'UTC',
  version: '4.1.2',
};

const told = (fields: Partial<Job>, there = false, more: Partial<Clock> = {}) => {
  const { kind, runs, zone } = upcoming(aJob(fields), { ...clock, ...more }, 2, there);
  const times = runs.map((run) => new Date(run).toISOString().replace('.000Z', 'Z'));
  return [kind, ...times, ...(kind === 'at' ? [zone] : [])].join(' ');
};

const even = '0 */2 * * * *';
const ran = { last_success: '2026-11-21T14:30:50Z', next: '2026-11-21T14:32:20Z' };

it.each<[string, string, string]>([
  [
    'a plain schedule',
    told({ schedule: even }),
    'at 2026-11-21T14:32:00Z 2026-11-21T14:34:00Z UTC',
  ],
  [
    "the job's zone",
    told({ schedule: '0 0 9 * * *', timezone: 'Europe/Paris' }),
    'at 2026-11-22T08:00:00Z 2026-11-23T08:00:00Z Europe/Paris',
  ],
  [
    'the zone of the server',
    told({ schedule: '0 0 9 * * *' }, false, { serverZone: 'Asia/Tokyo' }),
    'at 2026-11-22T00:00:00Z 2026-11-23T00:00:00Z Asia/Tokyo',
  ],
  [
    'an interval that goes on',
    told({ schedule: '@every 90s', ...ran }, true),
    'at 2026-11-21T14:32:20Z 2026-11-21T14:33:50Z UTC',
  ],
  [
    'an interval that begins anew',
    told({ schedule: '@every 90s', ...ran }),
    'at 2026-11-21T14:32:59Z 2026-11-21T14:34:29Z UTC',
  ],
  ['a child', told({ parent_job: 'a', schedule: even }), 'after'],
  ['disabled', told({ disabled: true, schedule: even }), 'disabled'],
  ['by hand only', told({ schedule: '@manually' }), 'never'],
  ['refused', told({ schedule: 'nonsense' }), 'invalid'],
  [
    'what the version refuses',
    told({ schedule: '0 ~ * * * *' }, false, { version: '3.2.7' }),
    'invalid',
  ],
  [
    'from its start on',
    told({ schedule: even, starts_at: '2026-12-01T00:00:00Z' }),
    'at 2026-12-01T00:00:00Z 2026-12-01T00:02:00Z UTC',
  ],
  [
    'a start that the version ignores',
    told({ schedule: even, starts_at: '2026-12-01T00:00:00Z' }, false, { version: '3.2.7' }),
    'at 2026-11-21T14:32:00Z 2026-11-21T14:34:00Z UTC',
  ],
  [
    'until its end',
    told({ schedule: even, expires_at: '2026-11-21T14:33:00Z' }),
    'at 2026-11-21T14:32:00Z UTC',
  ],
  ['after its end', told({ schedule: even, expires_at: '2026-11-21T14:31:00Z' }), 'never'],
])('%s', (_, found, expected) => expect(found).toBe(expected));
