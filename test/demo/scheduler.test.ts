import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Job } from '../../src/demo/job.ts';
import { Scheduler } from '../../src/demo/scheduler.ts';
import { jobOf } from './jobs.ts';

const start = Date.UTC(2026, 10, 23, 12, 0, 0);
const now = () => BigInt(Date.now()) * 1_000_000n;
const seconds = (count: number) => vi.advanceTimersByTime(count * 1000);
const at = (afterSeconds: number) => new Date(start + afterSeconds * 1000).toISOString();

let fired: string[];
let scheduler: Scheduler;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  fired = [];
  scheduler = new Scheduler(now, (job: Job) => {
    fired.push(`${job.name} ${(Date.now() - start) / 1000}`);
  });
});
afterEach(() => {
  scheduler.stop();
  vi.useRealTimers();
});

const add = (name: string, schedule: string, fields: Partial<Job> = {}) =>
  scheduler.add(jobOf(name, { schedule, ...fields }));

test('fires each job when it is due', () => {
  add('every', '@every 2s');
  add('fields', '*/3 * * * * *');
  add('once', `@at ${at(5)}`);
  add('never', '@manually');
  seconds(6);
  expect(fired).toEqual(['every 2', 'fields 3', 'every 4', 'once 5', 'every 6', 'fields 6']);
  expect(scheduler.next('never')).toBeNull();
  expect(scheduler.next('once')).toBeNull();
});

test('a job saved again starts its interval anew', () => {
  add('a', '@every 4s');
  seconds(3);
  add('a', '@every 4s');
  seconds(5);
  expect(fired).toEqual(['a 7']);
});

test('disabled, child, removed and invalid jobs do not fire', () => {
  add('disabled', '@every 1s', { disabled: true });
  add('child', '@every 1s', { parent_job: 'p' });
  add('invalid', 'nonsense');
  add('removed', '@every 1s');
  scheduler.remove('removed');
  seconds(3);
  expect(fired).toEqual([]);
  expect(scheduler.next('disabled')).toBeUndefined();
});

test("the job's zone counts", () => {
  add('paris', '0 0 14 * * *', { timezone: 'Europe/Paris' });
  seconds(3600);
  expect(fired).toEqual(['paris 3600']);
});

test('@after fires twice, as in Dkron: at its time and once within its grace', () => {
  add('future', `@after ${at(2)} <PT1H`);
  add('missed', `@after ${at(-2)} <PT1H`);
  add('gone', `@after ${at(-2)} <PT1S`);
  seconds(10);
  expect(fired.filter((one) => one.startsWith('future'))).toHaveLength(2);
  expect(fired.filter((one) => one.startsWith('missed'))).toHaveLength(1);
  expect(fired.filter((one) => one.startsWith('gone'))).toEqual([]);
});

test('waits that are longer than a timer can wait do not fire early', () => {
  add('far', `@at ${at(40 * 86_400)}`);
  seconds(39 * 86_400);
  expect(fired).toEqual([]);
  seconds(86_400);
  expect(fired).toHaveLength(1);
});

test('fires that were missed are not made up for', () => {
  add('a', '@every 1s');
  vi.setSystemTime(start + 60_000);
  seconds(2);
  expect(fired).toEqual(['a 61', 'a 62']);
});
