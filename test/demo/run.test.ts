import { beforeEach, describe, expect, test } from 'vitest';
import { createClock } from '../../src/demo/clock.ts';
import type { Job } from '../../src/demo/job.ts';
import { demoNode } from '../../src/demo/node.ts';
import { backoff, NotRunnable, Runner, type Told } from '../../src/demo/run.ts';
import { Scheduler } from '../../src/demo/scheduler.ts';
import { Store } from '../../src/demo/store.ts';
import { utc, ZERO } from '../../src/demo/time.ts';
import { jobOf } from './jobs.ts';

/** Runs wait here until a test lets them end, by the name of the job. */
let ending: Map<string, (success: boolean) => void>;
let tell: Told;
let ran: string[];
let store: Store;
let runner: Runner;

beforeEach(() => {
  ending = new Map();
  ran = [];
  store = new Store(() => ZERO);
  const clock = createClock();
  const scheduler = new Scheduler(clock, () => {});
  const execute = async (job: Job, told: Told) => {
    tell = told;
    ran.push(job.name);
    const success = await new Promise<boolean>((end) => ending.set(job.name, end));
    return { success, output: 'said', simulated: false };
  };
  const closed = new AbortController().signal;
  runner = new Runner({ store, scheduler, node: demoNode(), clock, execute, closed });
  add = (name, fields = {}) => {
    store.setJob(jobOf(name, fields), true);
    scheduler.add(jobOf(name, fields));
  };
});

let add: (name: string, fields?: Partial<Job>) => void;

/** Lets a run end as soon as it has begun. */
async function end(name: string, success: boolean): Promise<void> {
  while (!ending.has(name)) await new Promise(setImmediate);
  ending.get(name)?.(success);
  ending.delete(name);
}

test('a run is among the active ones until it ends, and then in the history', async () => {
  add('a');
  const run = runner.run('a');
  expect(runner.active()).toMatchObject([{ job_name: 'a', finished_at: ZERO, node_name: 'demo' }]);
  expect(store.executions('a')).toMatchObject([{ finished_at: ZERO, success: false }]);
  await end('a', true);
  expect(await run).toMatchObject({ name: 'a', success_count: 0n });
  expect(runner.active()).toEqual([]);
  expect(store.executions('a')).toMatchObject([{ success: true, output: 'said', attempt: 1 }]);
  expect(store.job('a')).toMatchObject({ success_count: 1n, status: 'success' });
});

test('failed attempts are repeated in their group; a run by hand waits for the last', async () => {
  add('a', { retries: 2n });
  const run = runner.run('a');
  await end('a', false);
  await end('a', false);
  await end('a', true);
  await run;
  const attempts = store.executions('a');
  expect(attempts.map(({ attempt, success }) => [attempt, success])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
  expect(new Set(attempts.map(({ group }) => group)).size).toBe(1);
  expect(store.job('a')).toMatchObject({ error_count: 2n, status: 'partially_failed' });
});

test('of what runs the last piece is told, and stored is nothing until it ends', async () => {
  add('a');
  const run = runner.run('a');
  tell('one\n', true);
  tell('two\n', false);
  expect(runner.active()).toMatchObject([{ output: 'two\n', finished_at: ZERO }]);
  expect(store.executions('a')).toMatchObject([{ output: '', finished_at: ZERO }]);
  await end('a', true);
  await run;
});

test('a retry has the end of the attempt before until it has its own', async () => {
  add('a', { retries: 1n });
  const run = runner.run('a');
  await end('a', false);
  while (!ending.has('a')) await new Promise(setImmediate);
  const [first, second] = runner.active();
  expect(first).toMatchObject({ attempt: 1, output: 'said' });
  expect(second).toMatchObject({ attempt: 2, output: '', finished_at: first!.finished_at });
  expect(second!.started_at).toBeGreaterThan(second!.finished_at);
  expect(store.executions('a')).toMatchObject([{ output: 'said' }, second]);
  await end('a', true);
  await run;
});

test.each([
  ['unknown', () => {}],
  ['disabled', () => add('disabled', { disabled: true })],
  ['elsewhere', () => add('elsewhere', { tags: new Map([['dc', 'other']]) })],
])('%s cannot be run', async (name, prepare) => {
  prepare();
  await expect(runner.run(name)).rejects.toThrow(NotRunnable);
  expect(ran).toEqual([]);
});

describe('what must not run now', () => {
  const hour = 3_600_000_000_000n;
  const now = BigInt(Date.now()) * 1_000_000n;

  test.each<[string, Partial<Job>, boolean]>([
    ['a job that is due', {}, true],
    ['disabled', { disabled: true }, false],
    ['before it starts', { starts_at: utc(now + hour) }, false],
    ['after it has started', { starts_at: utc(now - hour) }, true],
    ['after it expired', { expires_at: utc(now - hour) }, false],
    ['before it expires', { expires_at: utc(now + hour) }, true],
  ])('%s', (_when, fields, runs) => {
    add('a');
    void runner.trigger(jobOf('a', fields));
    expect(ran).toEqual(runs ? ['a'] : []);
  });

  test('forbid keeps the scheduler from a second run, not the operator', async () => {
    add('a', { concurrency: 'forbid' });
    void runner.run('a');
    await runner.trigger(store.job('a')!);
    expect(ran).toEqual(['a']);
    void runner.run('a');
    expect(ran).toEqual(['a', 'a']);
  });
});

describe('children', () => {
  const child = (name: string, fields: Partial<Job> = {}) =>
    add(name, { parent_job: 'p', schedule: '', ...fields });

  test('run one after the other when their parent has succeeded', async () => {
    add('p');
    child('k1');
    child('k2', { disabled: true });
    child('k3');
    const run = runner.run('p');
    for (const name of ['p', 'k1', 'k3']) await end(name, true);
    await run;
    expect(ran).toEqual(['p', 'k1', 'k3']);
  });

  test('do not run after a failure', async () => {
    add('p');
    child('k1');
    const run = runner.run('p');
    await end('p', false);
    await run;
    expect(ran).toEqual(['p']);
  });

  test('behind a name that is no job do not run', async () => {
    add('p', { dependent_jobs: ['ghost'] });
    child('k1');
    const run = runner.run('p');
    await end('p', true);
    await run;
    expect(ran).toEqual(['p']);
  });
});

test.each([
  [true, undefined],
  [false, 'failed'],
])('an ephemeral job goes after its first success: success %s', async (success, status) => {
  add('a', { ephemeral: true });
  const run = runner.run('a');
  await end('a', success);
  await run;
  expect(store.job('a')?.status).toBe(status);
});

test('a result for a job that was deleted meanwhile is dropped', async () => {
  add('a');
  const run = runner.run('a');
  store.deleteJob('a');
  await end('a', true);
  await run;
  expect(store.executions('a')).toEqual([]);
});

test.each([
  [0n, 2, 0],
  [499_000_000n, 2, 0],
  [500_000_000n, 2, 1000],
  [2_100_000_000n, 3, 2500],
  [30_000_000_000n, 4, 4500],
])('after %s ns, attempt %s waits %s ms', (elapsed, attempt, wait) => {
  expect(backoff(elapsed, attempt)).toBe(wait);
});
