import { expect, test } from 'vitest';
import { fresh } from './fresh.ts';

const calling = (name: string, schedule: string) => ({
  name,
  schedule,
  executor: 'http',
  executor_config: { method: 'GET', url: 'http://Cache-Manager:8080/refresh', expectCode: '200' },
});

const crowded = [
  calling('a', '0 0 3 * * *'),
  calling('b', '0 0 3 * * *'),
  { name: 'c', schedule: '0 0 3 * * *' },
  { name: 'd', schedule: '0 1 3 * * *' },
  { name: 'off', schedule: '0 0 3 * * *', disabled: true },
  calling('new', '@manually'),
];

test('set-schedule tells whom it joins, and what is calmer', async () => {
  const { dkron, job } = await fresh(...crowded);
  const shown = await dkron('set-schedule', 'new', '0 0 3 * * *', '--dry-run');
  expect(shown.code).toBe(3);
  expect(shown.stdout).toMatch(
    /joins +4th of 4 at \d{4}-\d\d-\d\dT03:00:00Z, 3 of them to cache-manager/,
  );
  expect(shown.stdout).toMatch(/calmer +0 2 3 \* \* \*, alone/);
  expect(shown.stdout).toMatch(/or +0 ~ 3 \* \* \* \(0 \d+ 3 \* \* \*\), alone/);
  const written = await dkron('set-schedule', 'new', '0 0 3 * * *', '--yes', '--json');
  const { joins } = JSON.parse(written.stdout);
  expect(joins.new).toEqual({
    host: 'cache-manager',
    at: expect.stringMatching(/T03:00:00Z$/),
    jobs: 4,
    toHost: 3,
    calmest: {
      schedule: '0 2 3 * * *',
      effective: '0 2 3 * * *',
      at: expect.stringMatching(/T03:02:00Z$/),
      jobs: 1,
      toHost: 1,
    },
    hash: expect.objectContaining({ schedule: '0 ~ 3 * * *', jobs: 1 }),
  });
  expect((await job('new'))?.schedule).toBe('0 0 3 * * *');
});

test('what calmest says is calmer once it is written', async () => {
  const { dkron } = await fresh(...crowded);
  const asked = await dkron('set-schedule', 'new', '0 0 3 * * *', '--dry-run', '--json');
  const { calmest } = JSON.parse(asked.stdout).joins.new;
  const { stdout } = await dkron('set-schedule', 'new', calmest.schedule, '--yes', '--json');
  expect(JSON.parse(stdout).joins.new).toMatchObject({ jobs: 1, calmest: null, hash: null });
});

test('jobs that are written together join each other', async () => {
  const { dkron } = await fresh(...crowded);
  const set = ['--set', 'schedule=0 30 5 * * *', '--dry-run', '--json'];
  const { stdout } = await dkron('edit', 'a', 'b', 'd', ...set);
  const { joins } = JSON.parse(stdout);
  expect(Object.keys(joins)).toEqual(['a', 'b', 'd']);
  expect(joins.a).toMatchObject({ jobs: 3, toHost: 2 });
  expect(joins.d).toMatchObject({ jobs: 3, host: null, toHost: null });
});

test('create tells it of a job that is not there yet; nothing where no run moves', async () => {
  const { dkron } = await fresh(...crowded);
  const set = ['--set', 'schedule=@daily', '--dry-run'];
  const { stdout } = await dkron('create', 'e', '--template', 'shell', ...set);
  expect(stdout).toMatch(/joins +alone: /);
  const other = await dkron('edit', 'a', '--set', 'retries=3', '--dry-run');
  expect(other.stdout).not.toContain('joins');
  const interval = await dkron('edit', 'a', '--set', 'schedule=@every 1h', '--dry-run');
  expect(interval.stdout).toMatch(/joins +nobody knows yet/);
});

test('schedule next asks a server only when it is told to', async () => {
  const { dkron } = await fresh(...crowded);
  const spec = ['0 0 3 * * *'];
  expect((await dkron('schedule', 'next', ...spec)).stdout).not.toContain('joins');
  const { stdout } = await dkron('schedule', 'next', '--among', '--name', 'a', '--json', ...spec);
  expect(JSON.parse(stdout).joins).toMatchObject({ jobs: 3, toHost: 2 });
  const told = await dkron('schedule', 'next', '--among', ...spec);
  expect(told.stdout).toMatch(/joins +4th of 4 at/);
  expect((await dkron('schedule', 'next', '--among', '--batch', '-')).code).toBe(2);
});
