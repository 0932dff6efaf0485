import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

const family = [
  { name: 'old', schedule: '@every 1h', retries: 2 },
  { name: 'first', parent_job: 'old', schedule: '' },
  { name: 'second', parent_job: 'old', schedule: '' },
];

test('copies the job, gives the copy the children, and keeps the old one disabled', async () => {
  const { dkron, job } = await fresh(...family);
  const { code, stdout } = await dkron('rename', 'old', 'new', '--yes');
  expect(code).toBe(0);
  expect(stdout).toContain('the history stays with old, which is kept disabled');
  expect(stdout).toMatch(/4 jobs written and verified, safety snapshot \S+\n$/);
  expect(await job('new')).toMatchObject({ retries: 2, disabled: false });
  expect([...((await job('new'))?.dependent_jobs ?? [])].sort()).toEqual(['first', 'second']);
  expect(await job('first')).toMatchObject({ parent_job: 'new' });
  expect(await job('old')).toMatchObject({ disabled: true, retries: 2 });
  expect((await job('old'))?.dependent_jobs ?? []).toEqual([]);
});

test('deletes the old one by choice, which its name agrees to', async () => {
  const { typing, names } = await fresh(...family, { name: 'older' });
  const no = await typing('new\n', 'rename', 'old', 'new', '--delete-old');
  expect(no.code).toBe(1);
  expect(no.stdout).toContain('the history of old is lost');
  expect(no.stdout).toContain('so are those of older, whose names begin the same');
  expect((await typing('old\n', 'rename', 'old', 'new', '--delete-old')).code).toBe(0);
  expect(await names()).toEqual(['first', 'new', 'older', 'second']);
});

test('one undo takes all of it back', async () => {
  for (const more of [[], ['--delete-old']]) {
    const { dkron, job, names } = await fresh(...family);
    await dkron('rename', 'old', 'new', '--yes', ...more);
    expect((await dkron('undo', '--yes')).code).toBe(0);
    expect(await names()).toEqual(['first', 'old', 'second']);
    expect(await job('old')).toMatchObject({ disabled: false, retries: 2 });
    expect([...((await job('old'))?.dependent_jobs ?? [])].sort()).toEqual(['first', 'second']);
  }
});

test('nothing else is written when the copy is refused', async () => {
  const { dkron, job, names } = await fresh(...family);
  expect((await dkron('rename', 'old', 'first', '--yes')).code).toBe(2);
  expect((await dkron('rename', 'old', 'Bad Name', '--yes')).code).toBe(9);
  expect(await names()).toEqual(['first', 'old', 'second']);
  expect(await job('old')).toMatchObject({ disabled: false });
});
