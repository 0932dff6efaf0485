import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { JobMark, Sighting } from '../../src/cluster/fingerprint.ts';
import type { Way } from '../../src/cluster/identify.ts';
import { openRegister } from '../../src/cluster/register.ts';
import { placesBelow } from '../../src/config/places.ts';

const start = Date.parse('2026-11-26T17:00:00Z');
const port: Way = { context: null, address: 'http://localhost:8080' };
const otherPort: Way = { context: null, address: 'http://localhost:9090' };
const prod: Way = { context: 'prod', address: 'http://127.0.0.1:40213' };

const ran = (count: number): JobMark => ({
  success_count: count,
  error_count: 0,
  last_success: count === 0 ? null : `2026-11-26T12:00:00.${count}Z`,
  last_error: null,
});

function cluster(name: string, count: number, fields: Partial<Sighting> = {}): Sighting {
  return {
    at: start,
    region: 'global',
    datacenter: 'dc1',
    nodes: [{ name, address: '10.0.0.1:8946', version: '4.1.2' }],
    leader: true,
    jobs: new Map(['a', 'b', 'c', 'd'].map((job) => [job, ran(count)])),
    whole: true,
    ...fields,
  };
}

/** Time passes by a second with each look at the clock. */
function register() {
  const home = mkdtempSync(join(tmpdir(), 'register-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const places = placesBelow(join(home, 'data'), join(home, 'state'));
  let time = start;
  const now = () => (time += 1_000);
  return { places, known: openRegister(places, now), again: () => openRegister(places, now) };
}

it('finds a cluster again through another port, and gives another at the same port its own folder', async () => {
  const { known, again } = register();
  const a = await known.identify(cluster('f1', 7), port);
  expect(a).toMatchObject({ kind: 'new', before: null, cluster: { label: 'localhost:8080' } });
  if (a.kind !== 'new') return;
  expect(a.cluster.id).toMatch(/^localhost_8080-[0-9a-f]{6}$/);
  await known.keep(a.cluster, cluster('f1', 7), port);

  expect(await again().identify(cluster('f1', 8), otherPort)).toMatchObject({
    kind: 'known',
    cluster: { id: a.cluster.id },
  });
  const b = await again().identify(cluster('demo-a', 2), port);
  expect(b).toMatchObject({
    kind: 'new',
    before: {
      cluster: { id: a.cluster.id },
      why: expect.stringContaining('the servers have other names: demo-a instead of f1'),
    },
  });
  if (b.kind !== 'new') return;
  await known.keep(b.cluster, cluster('demo-a', 2), port);
  expect(await again().last(port)).toMatchObject({ id: b.cluster.id });
  expect(await again().identify(cluster('f1', 8), port)).toMatchObject({
    kind: 'known',
    cluster: { id: a.cluster.id },
    before: { cluster: { id: b.cluster.id } },
  });
});

it('tells two clusters of the same names by their jobs, each with a folder', async () => {
  const { known } = register();
  const [prodLike, copy] = [cluster('dkron-0', 700), cluster('dkron-0', 3)];
  const first = await known.identify(prodLike, port);
  if (first.kind !== 'new') throw new Error(first.kind);
  await known.keep(first.cluster, prodLike, port);
  const second = await known.identify(copy, port);
  if (second.kind !== 'new') throw new Error(second.kind);
  expect(second.cluster.id).not.toBe(first.cluster.id);
  await known.keep(second.cluster, copy, port);
  const ids = [first.cluster.id, second.cluster.id];
  for (const [at, seen] of [prodLike, copy].entries())
    expect(await known.identify(seen, port)).toMatchObject({
      kind: 'known',
      cluster: { id: ids[at] },
    });
});

it('says when a context leads to another cluster, and which', async () => {
  const { known } = register();
  const own = await known.identify(cluster('f1', 7), prod);
  if (own.kind !== 'new') throw new Error(own.kind);
  expect(own.cluster.id).toMatch(/^prod-[0-9a-f]{6}$/);
  await known.keep(own.cluster, cluster('f1', 7), prod);
  const moved = { context: 'prod', address: 'http://127.0.0.1:40999' };
  expect(await known.identify(cluster('f1', 7), moved)).toMatchObject({
    kind: 'known',
    cluster: { id: own.cluster.id, label: 'prod' },
  });
  const other = await known.identify(cluster('g1', 2), moved);
  expect(other).toMatchObject({ kind: 'another', expected: { id: own.cluster.id } });
  if (other.kind !== 'another') return;
  expect(other.instead.id).not.toBe(own.cluster.id);
});

it('asks where it cannot know, of the cluster that was reached there', async () => {
  const { known } = register();
  const idle = cluster('dkron-0', 0);
  const first = await known.identify(idle, port);
  if (first.kind !== 'new') throw new Error(first.kind);
  await known.keep(first.cluster, idle, port);
  const moved = cluster('dkron-0', 0, {
    nodes: [{ name: 'dkron-0', address: '10.0.0.9:8946', version: '4.1.2' }],
  });
  expect(await known.identify(moved, port)).toMatchObject({
    kind: 'unsure',
    candidates: [{ id: first.cluster.id }],
    why: 'only the usual name dkron-0 is the same, but none of its known jobs ever ran',
  });
  // Elsewhere a usual name is no reason to ask.
  expect(await known.identify(moved, otherPort)).toMatchObject({ kind: 'new', before: null });
});

it('gives two programs that see a new cluster at once one folder', async () => {
  const { known, again } = register();
  const [one, two] = [known, again()];
  const found = await Promise.all([
    one.identify(cluster('f1', 7), port),
    two.identify(cluster('f1', 7), port),
  ]);
  await Promise.all(
    found.map((each) => each.kind === 'new' && one.keep(each.cluster, cluster('f1', 7), port)),
  );
  expect(await one.all()).toHaveLength(1);
});

it('forgets of a job what this machine made of it', async () => {
  const { known } = register();
  const first = await known.identify(cluster('f1', 7), port);
  if (first.kind !== 'new') throw new Error(first.kind);
  await known.keep(first.cluster, cluster('f1', 7), port);
  await known.changed(first.cluster, ['a', 'b', 'c']);
  const left = cluster('f1', 7, { jobs: new Map([['d', ran(7)]]) });
  expect(await known.identify(left, port)).toMatchObject({ kind: 'known' });
});

it('keeps files for their owner only, and says which it cannot read', async () => {
  const { known, places } = register();
  const first = await known.identify(cluster('f1', 7), port);
  if (first.kind !== 'new') throw new Error(first.kind);
  await known.keep(first.cluster, cluster('f1', 7), port);
  const { folder } = places.cluster(first.cluster.id);
  const path = join(folder, 'cluster.json');
  expect([statSync(folder).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
  writeFileSync(path, '{"id":');
  expect(await known.all()).toEqual([]);
  expect(known.passedOver()).toEqual([`${path} does not describe a cluster`]);
});

it('finds a cluster by its id or label', async () => {
  const { known } = register();
  const first = await known.identify(cluster('f1', 7), prod);
  if (first.kind !== 'new') throw new Error(first.kind);
  await known.keep(first.cluster, cluster('f1', 7), prod);
  for (const word of ['prod', first.cluster.id])
    expect(await known.called(word)).toMatchObject({ id: first.cluster.id });
  await expect(known.called('staging')).rejects.toThrow('no cluster is known as staging');
});
