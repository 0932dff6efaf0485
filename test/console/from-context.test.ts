/** What a session brings from the cluster of another context, and compares with it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { bareTarget } from '../../src/config/target.ts';
import { openSession } from '../../src/console/session.ts';
import type { ComparisonScreen, PlanScreen } from '../../src/console/state/model.ts';
import type { Job } from '../../src/job/job.ts';
import { countedServer } from '../support/counted-server.ts';
import { ask } from '../support/servers.ts';
import { keyOf } from '../terminal/press.ts';
import { type } from './states.ts';

/** A console on prod, from which one can also look at staging, and at prod by another name. */
async function onProd() {
  const folder = await mkdtemp(join(tmpdir(), 'from-context-'));
  const staging = await countedServer(
    { name: 'load', schedule: '@daily' },
    { name: 'clean', parent_job: 'load' },
    { name: 'report', schedule: '@hourly' },
  );
  const prod = await countedServer({ name: 'report', schedule: '@daily' }, { name: 'own' });
  const target = bareTarget(prod.url, { context: 'prod', label: 'PROD' });
  const contexts = [
    target,
    bareTarget(staging.url, { context: 'staging' }),
    bareTarget(prod.url, { context: 'alias' }),
  ];
  const places = placesBelow(folder, folder);
  const session = openSession({ target, contexts, places });
  onTestFinished(async () => {
    await session.close(AbortSignal.abort());
    await rm(folder, { recursive: true, force: true });
  });
  const { store } = session;
  let at = 0;
  const press = (...keys: readonly string[]): void => {
    for (const name of keys) {
      at += 1_000;
      store.dispatch({ type: 'key', key: keyOf(name), at });
      store.dispatch({ type: 'painted', at });
    }
  };
  const until = (check: () => void) => vi.waitFor(check, 10_000);
  await until(() => expect(store.state().cluster.kind).toBe('known'));
  const top = () => store.state().screens.at(-1);
  const command = (words: string): void => press(':', ...type(words), 'enter');
  return { staging, prod, store, press, command, until, top, places };
}

it('writes here what is chosen of another cluster, which is only read', async () => {
  const { staging, prod, store, press, command, until, top } = await onProd();
  const before = staging.changes().length;
  command('from staging');
  await until(() => expect((top() as PlanScreen).plan).not.toBeNull());
  const kinds = (top() as PlanScreen).plan!.items.map(({ name, kind }) => `${name} ${kind}`);
  expect(kinds.sort()).toEqual(['clean new', 'load new', 'own only-here', 'report change']);
  press('a', 'enter');
  expect(store.state().overlay).toMatchObject({
    question: 'Write 3 jobs from staging to PROD, replacing 1 definition there?',
  });
  press('y');
  await until(() => expect(store.state().flash?.text).toContain('3 jobs written and verified'));
  expect(await ask<Job>(`${prod.url}/v1/jobs/report`)).toMatchObject({ schedule: '@hourly' });
  expect(await ask<Job>(`${prod.url}/v1/jobs/load`)).toMatchObject({ dependent_jobs: ['clean'] });
  expect(staging.changes()).toHaveLength(before);
});

it('writes under the policy that was asked for', async () => {
  const { prod, store, press, command, until, top } = await onProd();
  command("from staging --disabled --replace 'true=echo prod'");
  await until(() => expect((top() as PlanScreen).plan).not.toBeNull());
  press('a', 'enter', 'y');
  await until(() => expect(store.state().flash?.text).toContain('3 jobs written and verified'));
  expect(await ask<Job>(`${prod.url}/v1/jobs/load`)).toMatchObject({
    disabled: true,
    executor_config: { command: 'echo prod' },
  });
});

it('compares with another cluster, and opens the plan of a job from there', async () => {
  const { press, command, until, top } = await onProd();
  command('compare staging');
  await until(() => expect((top() as ComparisonScreen).comparison).not.toBeNull());
  const { from, to, differences } = (top() as ComparisonScreen).comparison!;
  expect([from.name, to.name]).toEqual([
    expect.stringMatching(/^live staging \(http/),
    expect.stringMatching(/^live PROD \(http/),
  ]);
  expect(differences.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'clean removed',
    'load removed',
    'own added',
    'report changed',
  ]);
  press('R');
  await until(() => expect((top() as PlanScreen).plan).not.toBeNull());
  expect([...(top() as PlanScreen).marks].sort()).toEqual(['clean', 'load']);
});

it('refuses the same cluster by another name', async () => {
  const { store, command, until, top } = await onProd();
  command('from alias');
  await until(() =>
    expect(store.state().flash?.text).toMatch(/alias .* and PROD .* are the same cluster/),
  );
  expect(top()?.kind).toBe('jobs');
  command('compare alias');
  await until(() =>
    expect(top()).toMatchObject({ problem: expect.stringContaining('same cluster') }),
  );
});

it('refuses a context that leads to another cluster than before', async () => {
  const { staging, store, command, until, top, places } = await onProd();
  const target = bareTarget(staging.url, { context: 'staging' });
  const before = openSession({ target, places });
  await until(() => expect(before.store.state().cluster.kind).toBe('known'));
  await before.close(AbortSignal.abort());
  const other = await countedServer(...'abcd'.split('').map((name) => ({ name })));
  staging.turnTo(other.url);
  command('from staging');
  await until(() =>
    expect(store.state().flash?.text).toContain('the context staging leads to another cluster'),
  );
  expect(top()?.kind).toBe('jobs');
});
