/** The demo's runs by day agree with the runs and the counters of its jobs. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoServer, startDemo } from '../../src/demo/server.ts';
import type { DayOfRuns, Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import { ask } from '../support/servers.ts';

let demo: DemoServer;
beforeAll(async () => {
  // Far from midnight, and at a time that stands still.
  demo = await startDemo({ now: () => BigInt(Date.UTC(2026, 10, 26, 14, 30)) * 1_000_000n });
});
afterAll(() => demo.close());

const dayOf = (time: string): string => time.slice(0, 10);

it('counts what is kept on its days, and all else that the counters have', async () => {
  const jobs = await ask<Job[]>(`${demo.url}/v1/jobs`);
  const runs = await Promise.all(
    jobs.map(({ name }) =>
      ask<Execution[]>(`${demo.url}/v1/jobs/${name}/executions?output_size_limit=0`),
    ),
  );
  const { stats } = await ask<{ stats: DayOfRuns[] }>(`${demo.url}/v1/stats?days=365`);
  const days = new Map(stats.map((day) => [dayOf(day.date), day]));
  for (const success of [true, false]) {
    const key = success ? 'success_count' : 'failed_count';
    const ended = runs.flat().filter((run) => run.success === success);
    const kept = Map.groupBy(ended, ({ finished_at }) => dayOf(finished_at));
    // Of what ended more than a year ago nothing is counted any more.
    for (const [day, { length }] of [...kept].filter(([day]) => days.has(day)))
      expect(days.get(day)![key], `${key} on ${day}`).toBeGreaterThanOrEqual(length);
    const counted = jobs.reduce((sum, job, at) => {
      const known = runs[at]!.filter((run) => run.success === success).length;
      return sum + Math.max(known, success ? job.success_count : job.error_count);
    }, 0);
    const shown = stats.reduce((sum, day) => sum + day[key], 0);
    // A job without any kept run has its counters only.
    expect(Math.abs(shown - counted)).toBeLessThanOrEqual(counted * 0.001 + 1);
  }
});

it('has a day like the others yesterday, and a part of one today', async () => {
  const { stats } = await ask<{ stats: DayOfRuns[] }>(`${demo.url}/v1/stats?days=14`);
  const [today, yesterday, ...before] = stats.toReversed();
  expect(yesterday!.success_count).toBeGreaterThan(10_000);
  const usual = before.reduce((sum, day) => sum + day.success_count, 0) / before.length;
  expect(yesterday!.success_count / usual).toBeGreaterThan(0.8);
  expect(yesterday!.success_count / usual).toBeLessThan(1.2);
  const share = today!.success_count / usual;
  expect(share).toBeGreaterThan(0.5);
  expect(share).toBeLessThan(0.7);
});
