import { describe, expect, it, test } from 'vitest';
import type { Definition } from '../../support/jobs.ts';
import { fresh } from '../fresh.ts';

const headers = (token: string): string => JSON.stringify([`Authorization: Bearer ${token}`]);
const body = (radius: number, password: string): string =>
  JSON.stringify({ user: 'gtfs', password, search: { radius, zones: ['a', 'b'] } });
const call = (token: string, radius: number, password: string): Definition => ({
  name: 'call',
  schedule: '0 0 9 * * *',
  executor: 'http',
  executor_config: {
    ...{ method: 'POST', url: 'http://gateway/', expectCode: '200' },
    ...{ headers: headers(token), body: body(radius, password) },
  },
});
const was = call('old-token-123456', 500, 'hunter2');
const wanted = call('new-token-654321', 1500, 'hunter3');
const secrets = /old-token-123456|new-token-654321|hunter2|hunter3/;

describe('credentials', () => {
  it.each([
    ['restore', '-', '--diff'],
    ['restore', '-', '--json'],
    ['restore', '-'],
    ['apply', '-'],
    ['apply', '-', '--json'],
  ])('are hidden by %s %s %s unless asked for', async (command, file, ...more) => {
    const { piping, url } = await fresh(was);
    const told = async (...flags: string[]) => {
      const line = [command, file, ...more, ...flags, '--dry-run'];
      const { code, stdout, stderr } = await piping(JSON.stringify(wanted), ...line);
      expect([code, stderr]).toEqual([3, '']);
      return stdout.replaceAll(url, '');
    };
    expect(await told()).not.toMatch(secrets);
    if (more.length > 0 || command === 'apply') {
      expect(await told()).toContain('•••• (changed)');
      expect(await told('--show-secrets')).toMatch(/new-token-654321/);
    }
  });

  it('are hidden by what edits, and by what makes a new job', async () => {
    const { dkron } = await fresh(was);
    const set = ['--set', `executor_config.body=${body(500, 'hunter3')}`];
    const edited = await dkron('edit', 'call', ...set, '--dry-run');
    expect(edited.stdout).not.toMatch(secrets);
    expect(edited.stdout).toContain('•••• (changed)');
    const cloned = await dkron('clone', 'call', 'copy', '--dry-run');
    expect(cloned.stdout).not.toMatch(secrets);
    expect((await dkron('clone', 'call', 'copy', '--dry-run', '--show-secrets')).stdout).toMatch(
      secrets,
    );
  });

  it('are hidden where only one short value changes', async () => {
    const { piping } = await fresh({ name: 'a', metadata: { token: 'abc' } });
    const file = JSON.stringify({ name: 'a', schedule: '@manually', metadata: { token: 'def' } });
    const { stdout } = await piping(file, 'restore', '-', '--dry-run');
    expect(stdout).toMatch(/metadata\.token/);
    expect(stdout).not.toMatch(/abc|def/);
  });
});

test('--diff shows a body as JSON, what changes of it only', async () => {
  const { piping } = await fresh(was);
  const line = ['restore', '-', '--diff', '--dry-run'];
  const { stdout } = await piping(JSON.stringify(wanted), ...line);
  expect(stdout.split('\n').slice(0, 11)).toEqual([
    'call  change',
    ' executor_config.body      {',
    '                             "user": "gtfs",',
    '                         −   "password": "••••",',
    '                         +   "password": "•••• (changed)",',
    '                             "search": {',
    '                         −     "radius": 500,',
    '                         +     "radius": 1500,',
    '                               "zones": [',
    '                                 "a",',
    '                         …',
  ]);
});

test('programs are told the next runs before and after, where they move', async () => {
  const { piping } = await fresh(
    { name: 'daily', schedule: '0 0 9 * * *' },
    { name: 'same-time', schedule: '0 0 9 * * *' },
  );
  const file = [
    { name: 'daily', schedule: '0 0 9 * * *', timezone: 'Asia/Tokyo' },
    { name: 'same-time', schedule: '0 0 9 * * *', retries: 1 },
    { name: 'fresh', schedule: '0 0 9 * * *', disabled: true },
  ];
  const { stdout } = await piping(JSON.stringify(file), 'restore', '-', '--dry-run', '--json');
  const { plan } = JSON.parse(stdout) as { plan: Record<string, unknown>[] };
  const of = (name: string) => plan.find((item) => item['name'] === name)!;
  const hours = (runs: unknown) => new Set((runs as string[]).map((run) => run.slice(10)));
  expect(hours(of('daily')['nextBefore'])).toEqual(new Set(['T09:00:00Z']));
  expect(hours(of('daily')['nextAfter'])).toEqual(new Set(['T00:00:00Z']));
  expect(of('daily')['nextAfter']).toHaveLength(5);
  expect(of('same-time')).not.toHaveProperty('nextBefore');
  expect(of('fresh')).toMatchObject({ nextAfter: [] });
  expect(of('fresh')).not.toHaveProperty('nextBefore');
});

test('what is only to be known is told once for all jobs, and of each with --diff', async () => {
  const { piping } = await fresh();
  const file = ['a', 'b', 'c'].map((name) => ({
    ...{ name, schedule: '@every 1h', executor: 'shell' },
    executor_config: { command: 'true' },
  }));
  const line = ['restore', '-', '--dry-run'];
  const { stdout } = await piping(JSON.stringify(file), ...line);
  expect(stdout.match(/the interval starts again/g)).toHaveLength(1);
  expect(stdout).toMatch(/^ a: note: schedule: the interval .* leader \(and 2 more jobs\)$/m);
  const whole = await piping(JSON.stringify(file), ...line, '--diff');
  expect(whole.stdout.match(/the interval starts again/g)).toHaveLength(3);
});

describe('parents', () => {
  const root = { name: 'root', schedule: '@manually' };
  const kid = { name: 'kid', schedule: '', parent_job: 'root' };

  it('that are in the source are added to the jobs that are named, and it is said', async () => {
    const { piping, names } = await fresh();
    const file = JSON.stringify([root, kid, { name: 'other', schedule: '@manually' }]);
    const dry = await piping(file, 'restore', '-', 'kid', '--dry-run');
    expect(dry.stdout).toContain(
      'with root, without which Dkron would not take the others\nstandard input into',
    );
    const json = await piping(file, 'restore', '-', 'kid', '--dry-run', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ added: ['root'] });
    expect((await piping(file, 'restore', '-', 'kid', '--yes')).code).toBe(0);
    expect((await names()).sort()).toEqual(['kid', 'root']);
    const again = await piping(file, 'restore', '-', 'kid', '--dry-run', '--json');
    expect(JSON.parse(again.stdout)).not.toHaveProperty('added');
  });

  it('that are nowhere: where to look for them', async () => {
    const { piping } = await fresh();
    const { stdout } = await piping(JSON.stringify([kid]), 'restore', '-', '--dry-run');
    expect(stdout).toMatch(
      /^kid +blocked +parent_job: there is no job root; 'dkron-tui log root' tells which snapshots have it$/m,
    );
    expect(stdout).not.toContain('error:');
  });
});
