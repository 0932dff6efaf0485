import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

const tokyo = { schedule: '@daily', timezone: 'Asia/Tokyo' };

test('lists the worst first, and ends with 3 where something is as bad as was asked for', async () => {
  const { dkron } = await fresh(
    { name: 'a', schedule: '@every 90s' },
    { name: 'b', ...tokyo },
    { name: 'c', schedule: '0 0 12 30 2 *' },
  );
  const all = await dkron('lint', '--level', 'note');
  expect([all.code, all.stdout.split('\n').map((line) => line.split(/\s+/).slice(0, 3))]).toEqual([
    3,
    [
      ['LEVEL', 'RULE', 'JOB'],
      ['warning', 'never', 'c'],
      ['warning', 'zone-ignored', 'b'],
      ['note', 'phase', 'a'],
      ['0', 'errors,', '2'],
      [''],
    ],
  ]);
  expect((await dkron('lint')).stdout).not.toContain('phase');
  const sound = await dkron('lint', 'a');
  expect([sound.code, sound.stdout]).toEqual([0, '0 errors, 0 warnings, 0 notes in 1 job\n']);
  expect((await dkron('lint', '--level', 'error')).code).toBe(0);
});

test('tells programs of each job what is wrong with it', async () => {
  const { dkron } = await fresh({ name: 'a', ...tokyo }, { name: 'b' });
  expect(JSON.parse((await dkron('lint', '--json', '--rule', 'zone-ignored')).stdout)).toEqual({
    looked: 2,
    error: 0,
    warning: 1,
    note: 0,
    jobs: [
      {
        name: 'a',
        findings: [
          {
            rule: 'zone-ignored',
            level: 'warning',
            path: 'schedule',
            text: expect.stringContaining('Asia/Tokyo has no effect'),
            fix: '0 0 0 * * *',
          },
        ],
      },
    ],
  });
});

test('mends what has a fix, by a plan, and nothing else', async () => {
  const { dkron } = await fresh({ name: 'a', ...tokyo }, { name: 'b', schedule: '0 0 12 30 2 *' });
  const dry = await dkron('lint', '--fix', '--dry-run');
  expect([dry.code, dry.stdout]).toEqual([3, expect.stringContaining('0 0 0 * * *')]);
  expect((await dkron('lint', '--fix')).stderr).toContain('add --yes');
  expect((await dkron('lint', '--fix', '--yes')).code).toBe(0);
  expect(JSON.parse((await dkron('job', 'a', '--json')).stdout)).toMatchObject({
    schedule: '0 0 0 * * *',
    timezone: 'Asia/Tokyo',
  });
  const again = await dkron('lint', '--fix', '--yes');
  expect([again.code, again.stdout]).toEqual([0, 'nothing to write\n']);
});

test('refuses a level and a filter that mean nothing', async () => {
  const { dkron } = await fresh({ name: 'a' });
  expect((await dkron('lint', '--level', 'bad')).stderr).toContain('error, warning or note');
  expect((await dkron('lint', 'nonsense:x')).code).toBe(2);
});
