import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DemoServer, startDemo } from '../../src/demo/server.ts';
import { openJournal } from '../../src/journal/file.ts';
import { json, serve } from '../dkron/scripted.ts';
import { keptAt } from '../support/kept.ts';
import { places, run } from './run.ts';

let demo: DemoServer;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());

const dkron = (...argv: string[]) => run([...argv, '--url', demo.url]);
const get = async <T>(path: string) => (await (await fetch(demo.url + path)).json()) as T;
const jobOf = (name: string) => get<object>(`/v1/jobs/${name}`);
const post = (job: object) =>
  fetch(`${demo.url}/v1/jobs`, { method: 'POST', body: JSON.stringify(job) });

describe('a clock that is not the one of the server', () => {
  const date = 'Sat, 21 Nov 2020 12:00:00 GMT';
  const off = () => serve(() => json([], { date, 'x-total-count': '0' }));

  test('is told of on stderr once, for people', async () => {
    const { url } = await off();
    const { code, stderr } = await run(['jobs', '--url', url]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^This machine's clock is \d+d ahead of the server's; .*\n$/);
    const quiet = await run(['jobs', '--json', '--url', url]);
    expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, '[]\n', '']);
  });

  test('is not told of where it agrees', async () => {
    expect((await dkron('jobs')).stderr).toBe('');
  });
});

describe.each(['jobs', 'agenda'])('the filter of %s', (command) => {
  test.each([
    ['stauts:failed', /stauts: is not a filter\. Did you mean status: \?/],
    ['status:foo', /status: takes one of .*, not foo/],
    ['status:', /status: needs a value/],
  ])('refuses %s and says why', async (filter, why) => {
    for (const json of [[], ['--json']]) {
      const { code, stdout, stderr } = await dkron(command, filter, ...json);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(why);
    }
  });
});

describe('jobs', () => {
  test('lists every job, one a line under the titles', async () => {
    const jobs = await get<{ name: string }[]>('/v1/jobs');
    const { code, stdout, stderr } = await dkron('jobs');
    const [titles = '', ...lines] = stdout.trimEnd().split('\n');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(titles).toMatch(/^NAME +STATUS +NEXT +LAST +OK\/FAILED +SCHEDULE/);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(jobs.map(({ name }) => name));
  });

  test('filters with the language of the console', async () => {
    const listed = async (...filter: string[]) =>
      JSON.parse((await dkron('jobs', '--json', ...filter)).stdout);
    const disabled = await listed('disabled:true');
    expect(disabled.length).toBeGreaterThan(0);
    expect(disabled.every((job: { disabled: boolean }) => job.disabled)).toBe(true);
    const all = await listed();
    expect(await listed('!disabled:true')).toHaveLength(all.length - disabled.length);
    const keolis = await listed('keolis', 'executor:http');
    expect(keolis.map(({ name }: { name: string }) => name)).toContain('keolis-realtime');
  });

  test('--json keeps the exact text of each job', async () => {
    const numbers = '{"position":1.0,"big":9223372036854775807,"tiny":1e-400}';
    await post({
      name: 'exact',
      schedule: '@manually',
      executor: 'shell',
      executor_config: { command: 'true', body: numbers },
    });
    const text = await (await fetch(`${demo.url}/v1/jobs/exact`)).text();
    expect((await dkron('jobs', 'exact', '--json')).stdout).toBe(`[${text}]\n`);
    expect((await dkron('job', 'exact', '--json')).stdout).toBe(`${text}\n`);
  });
});

describe('job', () => {
  test('shows a job with its body laid out', async () => {
    const { code, stdout } = await dkron('job', 'keolis-realtime');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^keolis-realtime {2}/);
    expect(stdout).toContain('every 2 minutes');
    expect(stdout).toMatch(/Body +\{\n +"positions": \[\n/);
  });

  test('what the server sends cannot drive the terminal', async () => {
    await post({
      name: 'sly',
      displayname: '\u001b[2J\u001b]0;owned\u0007gone',
      schedule: '@manually',
      executor: 'shell',
      executor_config: { command: 'echo \u001b[31mred' },
    });
    for (const argv of [
      ['job', 'sly'],
      ['jobs', 'sly'],
    ])
      expect((await dkron(...argv)).stdout).not.toMatch(/[\u001b\u0007]/);
  });

  test.each([
    ['job', 'nobody'],
    ['executions', 'nobody'],
    ['output', 'nobody'],
    ['run', 'nobody', '--yes'],
    ['set-schedule', 'nobody', '@daily', '--yes'],
  ])('%s %s: there is no such job', async (...argv) => {
    const { code, stdout, stderr } = await dkron(...argv);
    expect({ code, stdout }).toEqual({ code: 8, stdout: '' });
    expect(stderr).toContain(`there is no job nobody on ${demo.url}`);
  });
});

describe('run, executions, output', () => {
  test('run waits for the end, and its output is the last one', async () => {
    const ran = await dkron('run', 'cache-warmup', '--yes', '--follow');
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('cache-warmup: run requested');
    expect((await dkron('output', 'cache-warmup')).stdout).toBe(ran.stdout);
    expect(JSON.parse(ran.stdout)).toMatchObject({ action: 'WARM_UP' });
  });

  test('a run that fails is exit code 1 and says what to look at', async () => {
    await post({
      name: 'doomed',
      schedule: '@manually',
      executor: 'http',
      executor_config: { method: 'GET', url: 'http://192.0.2.1/', timeout: '1' },
    });
    const { code, stdout, stderr } = await dkron('run', 'doomed', '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain('✗ failed');
    const [, id] = /'dkron-tui output doomed (\S+)'/.exec(stderr) ?? [];
    expect((await dkron('output', 'doomed', id!)).code).toBe(0);
  });

  test('times are told in UTC, or in the zone asked for', async () => {
    const [served] = await get<{ started_at: string }[]>('/v1/jobs/cache-warmup/executions');
    const at = Date.parse(served?.started_at ?? '');
    const first = async (...zone: string[]) =>
      (await dkron('executions', 'cache-warmup', '--limit', '1', ...zone)).stdout
        .split('\n')[1]
        ?.split(' ')[0];
    expect(Date.parse((await first()) ?? '')).toBe(at);
    expect(await first()).toMatch(/Z$/);
    expect(await first('--zone', 'asia/kolkata')).toMatch(/\+05:30$/);
    expect(Date.parse((await first('--zone', 'job')) ?? '')).toBe(at);
  });

  test('executions are listed newest first, with the numbers that the server wrote', async () => {
    for (let times = 0; times < 2; times++) await dkron('run', 'cache-warmup', '--yes');
    const listed = JSON.parse((await dkron('executions', 'cache-warmup', '--json')).stdout);
    const starts = listed.map(({ started_at }: { started_at: string }) => started_at);
    expect(starts.length).toBeGreaterThanOrEqual(2);
    expect(starts).toEqual(starts.toSorted().toReversed());
    const { stdout } = await dkron('executions', 'cache-warmup', '--json', '--limit', '1');
    const served = await (await fetch(`${demo.url}/v1/jobs/cache-warmup/executions`)).text();
    const group = /"group":(\d+)/.exec(stdout)?.[1];
    expect(group).toHaveLength(19);
    expect(served).toContain(`"group":${group},`);
    expect(JSON.parse(stdout)).toHaveLength(1);
  });

  test('a job that never ran has no output', async () => {
    await post({ name: 'fresh', schedule: '@manually', executor: 'shell' });
    const { code, stderr } = await dkron('output', 'fresh');
    expect(code).toBe(8);
    expect(stderr).toContain('job fresh has no executions');
  });

  test('a disabled job is not run', async () => {
    await post({ name: 'asleep', schedule: '@manually', executor: 'shell', disabled: true });
    const { code, stderr } = await dkron('run', 'asleep', '--yes');
    expect(code).toBe(9);
    expect(stderr).toContain('asleep is disabled');
  });
});

describe('set-schedule', () => {
  test('shows both schedules, writes and verifies', async () => {
    const spec = '0 */5 6-22 * * MON-FRI';
    const argv = ['set-schedule', 'citiz-stations', spec, '--timezone', 'Europe/Paris', '--yes'];
    const { code, stdout } = await dkron(...argv);
    expect(code).toBe(0);
    expect(stdout).toMatch(/in words +every 15 minutes +every 5 minutes, from 06:00 to 22:59/);
    expect(stdout).toMatch(/written and verified\n$/);
    expect(await jobOf('citiz-stations')).toMatchObject({
      schedule: spec,
      timezone: 'Europe/Paris',
    });
    const changes = await openJournal((await keptAt(places, demo.url)).journal).history(
      'citiz-stations',
    );
    expect(changes).toMatchObject([{ action: 'write', result: { outcome: 'written' } }]);
    expect((await dkron(...argv)).stdout).toBe('1 job already up to date\nnothing to write\n');
  });

  test('--json tells what was written and when it runs', async () => {
    const { stdout } = await dkron(
      'set-schedule',
      'citiz-vehicles',
      '@at 2031-02-03T04:05:06Z',
      '--timezone',
      '',
      '--yes',
      '--json',
    );
    expect(JSON.parse(stdout)).toEqual({
      server: demo.url,
      cluster: expect.any(String),
      schedule: '@at 2031-02-03T04:05:06Z',
      timezone: '',
      next: ['2031-02-03T04:05:06Z'],
      // With how many, depends on when the intervals of the demo began.
      joins: { 'citiz-vehicles': expect.objectContaining({ at: '2031-02-03T04:05:06Z' }) },
      safety: null,
      summary: { jobs: 1, written: 1, same: 0, skipped: 0, failed: 0, unknown: 0 },
      results: [
        {
          name: 'citiz-vehicles',
          outcome: 'written',
          message: 'written and verified',
          findings: [],
        },
      ],
    });
  });

  test('refuses what the server would refuse, in its words, and sends nothing', async () => {
    const before = await jobOf('dott-zones');
    const { code, stderr } = await dkron('set-schedule', 'dott-zones', '0 0 25 * * *', '--yes');
    expect(code).toBe(9);
    expect(stderr).toContain("can't parse job schedule: end of range (25) above maximum (23): 25");
    expect(await jobOf('dott-zones')).toEqual(before);
  });
});

describe('without a yes nothing is written', () => {
  const hourly = (name: string) => ['set-schedule', name, '@hourly'];

  test('nobody can be asked: usage error', async () => {
    for (const line of [hourly('dott-assets'), ['run', 'dott-assets']]) {
      const { code, stderr } = await dkron(...line);
      expect(code).toBe(2);
      expect(stderr).toContain('add --yes');
    }
    expect(await jobOf('dott-assets')).toMatchObject({ schedule: '@every 90s' });
  });

  test('on a terminal it asks, and n leaves everything as it is', async () => {
    await post({ name: 'asked', schedule: '@daily', executor: 'shell' });
    const no = await run([...hourly('asked'), '--url', demo.url], { typed: 'n\n' });
    expect(no.code).toBe(1);
    expect(no.stderr).toContain('Change the schedule of asked');
    expect(await jobOf('asked')).toMatchObject({ schedule: '@daily' });
    const yes = await run([...hourly('asked'), '--url', demo.url], { typed: 'y\n' });
    expect(yes.code).toBe(0);
    expect(await jobOf('asked')).toMatchObject({ schedule: '@hourly' });
  });

  test('--read-only is stronger than --yes', async () => {
    for (const line of [
      ['set-schedule', 'dott-assets', '@daily'],
      ['run', 'dott-assets'],
    ])
      expect((await dkron(...line, '--yes', '--read-only')).code).toBe(9);
  });
});

test('on a terminal outputs lose their escape sequences, in a pipe they stay', async () => {
  await post({
    name: 'loud',
    schedule: '@manually',
    executor: 'shell',
    executor_config: { command: 'echo \u001b[31mred' },
  });
  await dkron('run', 'loud', '--yes');
  const piped = await dkron('output', 'loud');
  const onTerminal = await run(['output', 'loud', '--url', demo.url], { typed: '' });
  expect(piped.stdout).toContain('\u001b[31m');
  expect(onTerminal.stdout).not.toContain('\u001b[31m');
  expect(onTerminal.stdout).toContain('red');
});

test('Ctrl-C ends a command with 130', async () => {
  const controller = new AbortController();
  controller.abort();
  const { code, stderr } = await run(['jobs', '--url', demo.url], { signal: controller.signal });
  expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
});
