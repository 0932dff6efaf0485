import { afterEach, describe, expect, test } from 'vitest';
import { type DemoOptions, type DemoServer, startDemo } from '../../src/demo/server.ts';

interface Job {
  name: string;
  status: string;
  success_count: number;
  last_success: string | null;
  last_error: string | null;
  next: string;
  parent_job: string;
  disabled: boolean;
  timezone: string;
  schedule: string;
  executor: string;
  executor_config: Record<string, string>;
}

interface Execution {
  started_at: string;
  finished_at: string;
  success: boolean;
  output?: string;
  attempt: number;
}

const started: DemoServer[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((demo) => demo.close()));
});

async function start(options?: DemoOptions) {
  const demo = await startDemo(options);
  started.push(demo);
  const request = (path: string, method = 'GET', body?: object) =>
    fetch(demo.url + path, { method, body: body === undefined ? null : JSON.stringify(body) });
  const get = async <T>(path: string) => (await (await request(path)).json()) as T;
  return { demo, request, get };
}

const noon = BigInt(Date.UTC(2026, 10, 23, 12, 1, 30)) * 1_000_000n;

describe('the starting data', () => {
  test('has a job for everything an operator may meet', async () => {
    const { get } = await start();
    const jobs = await get<Job[]>('/v1/jobs');
    const some = (test: (job: Job) => unknown) => expect(jobs.filter(test)).not.toEqual([]);
    expect(jobs.length).toBeGreaterThanOrEqual(40);
    some((job) => job.status === 'failed');
    some((job) => job.status === 'success');
    some((job) => job.disabled);
    some((job) => job.status === '' && job.last_success === null);
    some((job) => job.parent_job && jobs.find(({ name }) => name === job.parent_job)?.parent_job);
    some((job) => job.timezone);
    for (const start of ['@at ', '@every ', '@manually', '@minutely', 'CRON_TZ=', '0 ~'])
      some((job) => job.schedule.startsWith(start));
    for (const { executor_config } of jobs.filter(({ executor }) => executor === 'http'))
      if (executor_config['body']) JSON.parse(executor_config['body']);
  });

  test('has a past that agrees with what the jobs say', async () => {
    const { get } = await start({ now: () => noon });
    for (const job of await get<Job[]>('/v1/jobs')) {
      const runs = await get<Execution[]>(`/v1/jobs/${job.name}/executions`);
      expect(runs.length).toBeLessThanOrEqual(100);
      const isHeld = ['gbfs-paris-import', 'keolis-tarifs'].includes(job.name);
      // The newest of these goes on, or was never ended, and later firings wait for it.
      if (isHeld) {
        expect(runs[0]?.finished_at).toBe('0001-01-01T00:00:00Z');
        expect(Date.parse(job.next)).toBeLessThan(Number(noon / 1_000_000n));
        expect(Date.parse(job.next)).toBeGreaterThan(Date.parse(runs[0]!.started_at));
      }
      for (const run of runs.slice(isHeld ? 1 : 0)) {
        expect(Date.parse(run.finished_at)).toBeGreaterThan(Date.parse(run.started_at));
        expect(Date.parse(run.finished_at)).toBeLessThan(Number(noon / 1_000_000n));
      }
      const succeeded = runs.find(({ success }) => success);
      if (succeeded) expect(Date.parse(job.last_success!)).toBe(Date.parse(succeeded.finished_at));
      if (job.status === 'failed') expect(runs[0]?.success).toBe(false);
      if (job.status === '') expect(runs).toEqual([]);
    }
  });

  test('shows failures with their output, and retries', async () => {
    const { get } = await start();
    const runs = await get<Execution[]>('/v1/jobs/keolis-realtime/executions');
    expect(runs[0]?.output).toMatch(
      /^received response code does not match the expected code\n{"error":"upstream timed out"/,
    );
    expect(Math.max(...runs.map(({ attempt }) => attempt))).toBe(4);
  });

  test('is the same on every start but for the time and the port', async () => {
    const text = async () => {
      const { request } = await start({ now: () => noon });
      const jobs = await (await request('/v1/jobs')).text();
      const runs = await (await request('/v1/jobs/dott-assets/executions')).text();
      return (jobs + runs).replaceAll(/127\.0\.0\.1:\d+/g, 'PORT');
    };
    expect(await text()).toBe(await text());
  });

  test('is left out when asked', async () => {
    const { get } = await start({ empty: true });
    expect(await get('/v1/jobs')).toEqual([]);
  });
});

describe('the cache manager', () => {
  test('answers a job of the starting data', async () => {
    const { get, request } = await start();
    await request('/v1/jobs/gbfs-rennes-status/run', 'POST');
    const [run] = await get<Execution[]>('/v1/jobs/gbfs-rennes-status/executions');
    expect(run).toMatchObject({
      success: true,
      output: expect.stringMatching(
        /^{"action":"STATION_STATUS_SEARCH","refreshed":\d+,"ttl":300}\n$/,
      ),
    });
  });

  test('refuses a body that is not JSON', async () => {
    const { get, request } = await start();
    const job = await get<Job>('/v1/jobs/keolis-zones');
    const broken = { ...job, executor_config: { ...job.executor_config, body: '{' } };
    await request('/v1/jobs', 'POST', broken);
    await request('/v1/jobs/keolis-zones/run', 'POST');
    const runs = await get<Execution[]>('/v1/jobs/keolis-zones/executions');
    expect(runs[0]).toMatchObject({
      success: false,
      output: expect.stringContaining('the body is not JSON'),
    });
  });
});

test('a run is listed as busy until it has ended', async () => {
  const { get, request } = await start({ empty: true });
  const sleeper = { executor: 'shell', executor_config: { command: 'sleep 0.3' } };
  await request('/v1/jobs', 'POST', { name: 'nap', schedule: '@manually', ...sleeper });
  const run = request('/v1/jobs/nap/run', 'POST');
  const busy = () => get<{ job_name: string; finished_at: string }[]>('/v1/busy');
  while ((await busy()).length === 0);
  expect(await busy()).toMatchObject([{ job_name: 'nap', finished_at: '0001-01-01T00:00:00Z' }]);
  expect((await run).status).toBe(200);
  expect(await busy()).toEqual([]);
});

test('jobs run by their schedule', async () => {
  const { get, request } = await start({ empty: true });
  const echo = { executor: 'shell', executor_config: { command: 'echo hi' } };
  await request('/v1/jobs', 'POST', { name: 'tick', schedule: '@every 1s', ...echo });
  const runs = () => get<Execution[]>('/v1/jobs/tick/executions');
  while ((await runs()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const [run] = await runs();
  expect(run).toMatchObject({ success: true, output: expect.stringMatching(/simulated.*\nhi\n$/) });
});

test('POST /v1/leave is answered, and the server stays', async () => {
  const { get, request } = await start({ empty: true });
  expect((await request('/v1/leave', 'POST')).status).toBe(200);
  expect(await get('/v1/jobs')).toEqual([]);
});

test('a port that is taken is an error, and close frees it', async () => {
  const { demo } = await start({ empty: true });
  const port = Number(new URL(demo.url).port);
  await expect(startDemo({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await demo.close();
  expect((await start({ port, empty: true })).demo.url).toBe(demo.url);
});

test('close ends what runs', async () => {
  const { demo, request } = await start({ empty: true });
  const sleeper = { executor: 'shell', executor_config: { command: 'sleep 3600' } };
  await request('/v1/jobs', 'POST', { name: 'nap', schedule: '@manually', retries: 5, ...sleeper });
  const run = request('/v1/jobs/nap/run', 'POST').catch(() => 'cut off');
  await request('/v1/busy');
  await demo.close();
  expect(await run).toBe('cut off');
});
