import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoServer, startDemo } from '../../src/demo/server.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

let demo: DemoServer;
const from = '2030-06-10T08:00:00Z';

beforeAll(async () => {
  demo = await startDemo({ empty: true });
  for (const [name, schedule, rest] of [
    ['zones', '0 */30 * * * *', { owner: 'mobility' }],
    ['zones-often', '0,30 30 * * * *', { owner: 'mobility' }],
    ['positions', '@hourly', { owner: 'gateway' }],
    ['tokyo', '0 5 17 * * *', { timezone: 'Asia/Tokyo' }],
    ['resting', '* * * * * *', { disabled: true }],
  ] as const)
    await fetch(`${demo.url}/v1/jobs`, {
      method: 'POST',
      body: JSON.stringify({ name, schedule, executor: 'shell', ...rest }),
    });
});
afterAll(() => demo.close());

const agenda = (...argv: string[]) => run(['agenda', ...argv, '--url', demo.url]);
const agendaJson = async (...argv: string[]) =>
  JSON.parse((await agenda('--json', '--from', from, ...argv)).stdout);

describe('agenda --json', () => {
  test('tells the firings of each minute, the busiest, and the first of each job', async () => {
    expect(await agendaJson('--for', '1h', '--busiest', '1')).toEqual({
      from,
      to: '2030-06-10T09:00:00Z',
      serverZone: 'UTC',
      total: 6,
      minutes: [
        { minute: '2030-06-10T08:00:00Z', firings: 2 },
        { minute: '2030-06-10T08:05:00Z', firings: 1 },
        { minute: '2030-06-10T08:30:00Z', firings: 3 },
      ],
      busiest: [
        {
          minute: '2030-06-10T08:30:00Z',
          firings: 3,
          atOnce: 2,
          host: null,
          jobs: [
            { name: 'zones', firings: 1 },
            { name: 'zones-often', firings: 2 },
          ],
        },
      ],
      hosts: [],
      next: {
        positions: '2030-06-10T08:00:00Z',
        tokyo: '2030-06-10T08:05:00Z',
        zones: '2030-06-10T08:00:00Z',
        'zones-often': '2030-06-10T08:30:00Z',
      },
    });
  });

  test('looks a day ahead from now unless told otherwise', async () => {
    const before = Date.now();
    const answer = JSON.parse((await agenda('--json', 'positions')).stdout);
    expect(Date.parse(answer.from)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(answer.to) - Date.parse(answer.from)).toBe(86_400_000);
    expect(answer).toMatchObject({ total: 24, next: { positions: expect.any(String) } });
  });

  test('heeds the filter and the server’s own zone', async () => {
    expect(Object.keys((await agendaJson('owner:mobility', '!often')).next)).toEqual(['zones']);
    const { next } = await agendaJson('positions', '--server-zone', 'Asia/Kolkata');
    expect(next).toEqual({ positions: '2030-06-10T08:30:00Z' });
  });
});

describe('agenda for people', () => {
  test('draws an hour a line, and names the jobs of the busiest minutes', async () => {
    const { code, stdout } = await agenda('--from', from, '--for', '90m', '--busiest', '2');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        '2030-06-10T08:00:00Z to 2030-06-10T09:30:00Z  8 runs of 5 jobs',
        "times in UTC; the server's own zone is assumed to be UTC",
        '',
        '             :00            :15            :30            :45',
        `06-10 08:00  ▆····▃${'·'.repeat(24)}█${'·'.repeat(29)}  6`,
        `06-10 09:00  ▆${'·'.repeat(29)}${' '.repeat(30)}  2`,
        '',
        'BUSIEST               RUNS  AT ONCE  JOBS',
        '2030-06-10T08:30:00Z     3        2  zones, zones-often ×2',
        '2030-06-10T08:00:00Z     2        2  positions, zones',
        '',
      ].join('\n'),
    );
  });

  test('draws a day a line beyond two days', async () => {
    const { stdout } = await agenda('--from', from, '--for', '72h', 'tokyo');
    expect(stdout).toContain(
      [
        `2030-06-10  ${' '.repeat(8)}█${'·'.repeat(15)}  1`,
        `2030-06-11  ${'·'.repeat(8)}█${'·'.repeat(15)}  1`,
        `2030-06-12  ${'·'.repeat(8)}█${'·'.repeat(15)}  1`,
        `2030-06-13  ${'·'.repeat(8)}${' '.repeat(16)}  0`,
      ].join('\n'),
    );
  });

  test('tells which host is called most in one second', async () => {
    const { dkron } = await fresh(
      ...['a', 'b', 'c'].map((name) => ({
        name,
        schedule: name === 'c' ? '0 10 * * * *' : '0 0 * * * *',
        executor: 'http',
        executor_config: { method: 'GET', url: 'http://cache-manager:8080/', expectCode: '200' },
      })),
    );
    const argv = ['agenda', '--from', from, '--for', '1h'];
    const { stdout } = await dkron(...argv);
    expect(stdout).toMatch(
      /AT ONCE TO +JOBS\n2030-06-10T08:00:00Z +2 +2 {2}2 cache-manager +a, b\n/,
    );
    expect(stdout).toMatch(/cache-manager +2 {2}2030-06-10T08:00:00Z +3\n$/);
    expect(JSON.parse((await dkron(...argv, '--json')).stdout)).toMatchObject({
      busiest: [{ host: { name: 'cache-manager', atOnce: 2 } }, {}],
      hosts: [{ host: 'cache-manager', firings: 3, atOnce: 2, second: from }],
    });
  });

  test('says of many jobs how many more there are', async () => {
    const crowd = await startDemo({ empty: true });
    for (let at = 10; at < 25; at++)
      await fetch(`${crowd.url}/v1/jobs`, {
        method: 'POST',
        body: JSON.stringify({ name: `job-${at}`, schedule: '@hourly', executor: 'shell' }),
      });
    const argv = ['agenda', '--from', from, '--for', '1h', '--url', crowd.url];
    const [{ stdout }, json] = [await run(argv), await run([...argv, '--json'])];
    expect(stdout).toMatch(/15 +15 {2}job-10, job-11, .*, job-19 and 5 more\n$/);
    expect(JSON.parse(json.stdout).busiest[0].jobs).toHaveLength(15);
    await crowd.close();
  });
});

test.each([
  [['--from', 'tomorrow'], '--from tomorrow is not an RFC 3339 time'],
  [['--for', '3d'], 'It must be a duration such as 90m'],
  [['--for', '-1h'], 'It must be a duration such as 90m'],
  [['--for', '1000h'], 'It must be 744h at most'],
  [['--busiest', 'few'], 'It must be a whole number'],
])('agenda %j is a wrong command line', async (argv, text) => {
  const { code, stdout, stderr } = await agenda(...argv);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(text);
});

describe('the zone of times', () => {
  test('tells the times in the zone asked for, a whole hour of it a line', async () => {
    const { stdout } = await agenda(
      '--from',
      from,
      '--for',
      '90m',
      '--busiest',
      '1',
      '--zone',
      'asia/kolkata',
    );
    expect(stdout).toContain('2030-06-10T13:30:00+05:30 to 2030-06-10T15:00:00+05:30');
    expect(stdout).toContain('times in Asia/Kolkata');
    expect(stdout).toMatch(/^06-10 13:00 {4,}/m);
    expect(stdout).toMatch(/^2030-06-10T14:00:00\+05:30/m);
  });

  test('refuses a zone that there is not', async () => {
    const { code, stderr } = await agenda('--zone', 'Europe/Pari');
    expect(code).toBe(2);
    expect(stderr).toContain('Europe/Pari is not a time zone');
  });
});
