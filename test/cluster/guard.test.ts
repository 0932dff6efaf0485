import { expect, it, onTestFinished } from 'vitest';
import { OtherCluster } from '../../src/base/errors.ts';
import { remember } from '../../src/cluster/fingerprint.ts';
import { createGuard, type Watched } from '../../src/cluster/guard.ts';
import { lookAtAll } from '../../src/cluster/sighting.ts';
import { startDemo } from '../../src/demo/server.ts';
import { createClient } from '../../src/dkron/client.ts';
import type { Job } from '../../src/job/job.ts';
import { counted } from '../support/counted-server.ts';
import { doorOf } from '../support/door.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';

/** Four jobs that ran so often, last at the same moment on every such server. */
const jobs = (count: number): Partial<Job>[] =>
  ['etl', 'fares', 'stops', 'zones'].map((name) => ({
    ...aDefinition({ name, schedule: '@manually' }),
    success_count: count,
    ...(count === 0 ? {} : { last_success: `2026-11-0${count % 10}T10:00:00.123456789Z` }),
  }));

async function server(name: string, count: number): Promise<string> {
  const { url, close } = await startDemo({ empty: true, name });
  onTestFinished(close);
  for (const job of jobs(count)) await ask(`${url}/v1/jobs`, 'POST', job);
  return url;
}

/** A door to the first server, which an operator looked at, by an address that may lead elsewhere. */
async function doorTo(url: string) {
  const address = await counted(url);
  const client = createClient({ url: address.url });
  onTestFinished(() => client.close());
  const seen = await Array.fromAsync(client.jobs());
  const fingerprint = remember(await lookAtAll(client, Date.now));
  const watched: Watched = {
    label: 'prod',
    reached: [{ context: 'prod', address: address.url, at: 1 }],
    fingerprint,
  };
  const guard = createGuard({ client, watched: () => watched, now: Date.now });
  return { address, guard, door: doorOf(client, { guard }), jobs: seen.map(({ job }) => job) };
}

const isOther = { outcome: 'refused', error: expect.any(OtherCluster) };

it.each([
  ['of other servers', 'demo-b', 5, 'the servers have other names: demo-b instead of f1'],
  ['of other servers with the same runs', 'demo-b', 7, 'demo-b instead of f1, but 4 jobs ran last'],
  ['of the same name, whose jobs ran less often', 'f1', 3, '4 of 4 jobs ran less often'],
  ['of the same name, whose jobs never ran', 'f1', 0, '4 of 4 jobs ran less often'],
])('nothing is sent to a cluster %s', async (_, name, count, why) => {
  const { address, door, jobs: seen } = await doorTo(await server('f1', 7));
  address.turnTo(await server(name, count));
  const [etl] = seen;
  const changes = [{ seen: etl!, wanted: { ...etl!, disabled: true } }];
  const results = [
    ...(await door.write(changes)),
    ...(await door.remove(seen)),
    await door.run('etl'),
    await door.clear('etl'),
  ];
  expect(results).toEqual(results.map(() => expect.objectContaining(isOther)));
  const [first] = results;
  expect(first?.outcome === 'refused' && first.error.message).toContain(why);
  expect(address.changes()).toEqual([]);
});

it('says which cluster was meant, where, and what to do', async () => {
  const { address, guard } = await doorTo(await server('f1', 7));
  address.turnTo(await server('demo-b', 5));
  const error = await guard.check(undefined);
  expect(error?.message).toMatch(
    /^another cluster than prod \(f1\) answers at http:\S+ now: the servers have other names: demo-b instead of f1, and 4 of 4 jobs ran less often/,
  );
  expect(error?.data).toBe('Nothing was sent, so nothing was changed.');
  expect(error?.next).toContain('Make the address lead to prod again (check the port-forward)');
});

it('lets changes of its own pass, however many', async () => {
  const { door, jobs: seen } = await doorTo(await server('f1', 7));
  expect(await door.clear('etl')).toMatchObject({ outcome: 'done' });
  for (const job of seen.slice(1))
    expect(await door.remove([job])).toMatchObject([{ outcome: 'written' }]);
  expect(await door.run('etl')).toMatchObject({ outcome: 'done' });
});

it('asks for eight jobs at most where they tell', async () => {
  const url = await server('f1', 7);
  for (let at = 0; at < 30; at++)
    await ask(`${url}/v1/jobs`, 'POST', { ...jobs(7)[0], name: `job-${at}` });
  const { address, guard } = await doorTo(url);
  const before = address.count();
  expect(await guard.check(undefined)).toBeNull();
  expect(address.count() - before).toBe(10);
});

it.each([
  ['the same pod at another address', true],
  ['another cluster of the same name', false],
])('asks for executions where counters do not tell: %s', async (_, isSame) => {
  const name = 'dkron-0';
  const one = await startDemo({ empty: true, name });
  onTestFinished(one.close);
  const other = await startDemo({ empty: true, name });
  onTestFinished(other.close);
  const run = async ({ url }: { readonly url: string }) => {
    for (const job of ['etl', 'fares']) await ask(`${url}/v1/jobs/${job}/run`, 'POST');
  };
  for (const { url } of [one, other])
    for (const job of ['etl', 'fares'])
      await ask(`${url}/v1/jobs`, 'POST', aDefinition({ name: job, schedule: '@manually' }));
  await run(one);
  await run(other);
  await run(other);
  const { address, guard } = await doorTo(one.url);
  await run(one);
  // As if the pod had moved: another server answers for the members only.
  const moved = await ask<{ Port: number }[]>(`${one.url}/v1/members`);
  if (isSame)
    address.answer(
      '/v1/members',
      moved.map((each) => ({ ...each, Port: 1 })),
    );
  else address.turnTo(other.url);
  expect((await guard.check(undefined))?.message ?? 'the same').toMatch(
    isSame ? /^the same$/ : /of 2 jobs it does not have the run that is known/,
  );
});
