import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Cluster } from '../../../src/cluster/identify.ts';
import { openRegister, type Register } from '../../../src/cluster/register.ts';
import { placesBelow } from '../../../src/config/places.ts';
import type { Looked } from '../../../src/console/effects/look.ts';
import { createRecogniser } from '../../../src/console/effects/recognise.ts';
import type { Message } from '../../../src/console/state/model.ts';
import type { Node } from '../../../src/dkron/shapes.ts';
import { tableOf } from '../../../src/job/table.ts';
import { aJob, textOf } from '../../support/jobs.ts';

const now = Date.parse('2026-11-26T12:00:00Z');

/** A server node at this address. */
const node = (name: string, addr = '10.0.0.1'): Node => ({
  Name: name,
  Addr: addr,
  Port: 8946,
  Tags: { server: 'true', region: 'global', dc: 'dc1', version: '4.1.2' },
  Status: 1,
});

/** What a poller saw of a cluster of one node, whose jobs ran so often. */
function seen(server: Node | null, counts: Readonly<Record<string, number>>): Looked {
  const jobs = Object.entries(counts).map(([name, success_count]) => {
    const last_success = `2026-11-26T10:00:${String(success_count % 60).padStart(2, '0')}.123456789Z`;
    return textOf(aJob({ name, success_count, last_success }));
  });
  return {
    jobs: tableOf(jobs),
    unreadable: [],
    busy: [],
    server: { name: 'n', version: '4.1.2', tags: {} },
    leader: 'n',
    node: { paused: false },
    whom: 'n',
    skew: 0,
    at: now,
    took: 5,
    bytes: 0,
    members: server === null ? null : [server],
  };
}
const f1 = seen(node('f1'), { a: 5, b: 7, c: 9, d: 4 });
const f1Later = seen(node('f1', '10.0.0.9'), { a: 6, b: 7, c: 9, d: 4 });
const demo = seen(node('demo'), { x: 1, y: 2, z: 3 });
/** The same jobs, but they ran less often: a copy of it. */
const copy = seen(node('f1', '10.0.0.2'), { a: 1, b: 1, c: 1, d: 1 });
/** Other servers, and the very same last runs: a restored disk. */
const restored = seen(node('g1', '10.0.0.7'), { a: 5, b: 7, c: 9, d: 4 });

/** When executions ended that the server has, by job; null where it does not tell. */
type Ends = Readonly<Record<string, readonly string[]>> | null;

async function recognising(
  context: string | null = null,
  more: { chosen?: Cluster; ends?: Ends } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'recognise-'));
  // What was seen last may still be on its way to the disk.
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const places = placesBelow(join(folder, 'data'), join(folder, 'state'));
  return {
    ...start(
      openRegister(places, () => now),
      context,
      more.chosen ?? null,
      more.ends ?? null,
    ),
    places,
  };
}

function start(
  register: Register,
  context: string | null = null,
  chosen: Cluster | null = null,
  ends: Ends = null,
) {
  const messages: Message[] = [];
  const known: string[] = [];
  const taken: Cluster[] = [];
  const recogniser = createRecogniser({
    register,
    way: { context, address: 'http://localhost:8080' },
    chosen,
    closer: async (_, sighting) =>
      ends === null ? sighting : { ...sighting, past: new Map(Object.entries(ends)) },
    now: () => now,
    dispatch: (message) => messages.push(message),
    onKnown: async ({ id }) => void known.push(id),
    onTaken: (cluster) => taken.push(cluster),
  });
  const last = () => messages.findLast((message) => message.type === 'recognised')?.cluster;
  /** The disk has it. */
  const settled = () => vi.waitFor(() => expect(last()).toBeDefined());
  return { ...recogniser, register, messages, known, taken, last, settled };
}

describe('a list in which all jobs ran more often, of a usual name at another address', () => {
  const before = seen(node('dkron-0'), { a: 5, b: 7 });
  const after = seen(node('dkron-0', '10.0.0.9'), { a: 6, b: 8 });
  const end = (job: string) => before.jobs.get(job)!.job.last_success!;
  const other = '2026-11-26T09:00:00Z';

  it.each<[string, Ends, string]>([
    ['asked about where executions do not tell', null, 'unsure'],
    ['the same where the server has the run that is known', { a: [end('a'), other] }, 'known'],
    ['another where it does not', { a: [other], b: [other] }, 'another'],
  ])('is %s', async (_, ends, kind) => {
    const { recognise, last } = await recognising(null, { ends });
    await recognise(before);
    await recognise(after);
    expect(last()).toMatchObject({ kind });
  });
});

describe('the first list', () => {
  it('makes its cluster known, so that what is kept of it can be opened', async () => {
    const { recognise, known, last, isSure } = await recognising();
    expect(await recognise(f1)).toBe(true);
    expect(isSure()).toBe(true);
    await vi.waitFor(() => expect(last()).toEqual({ kind: 'known', name: 'f1' }));
    expect(known).toHaveLength(1);
  });

  it('is shown before the disk has it; until then nothing is written, and no other list is judged', async () => {
    const first = await recognising();
    const { promise: disk, resolve: kept } = Promise.withResolvers<void>();
    const { recognise, known, last, shown } = start({
      ...first.register,
      keep: async (...asked) => {
        await disk;
        return first.register.keep(...asked);
      },
    });
    expect(await recognise(f1)).toBe(true);
    expect(shown()).not.toBeNull();
    const next: boolean[] = [];
    const judged = recognise(demo).then((isShown) => next.push(isShown));
    // Far more turns than the second list would take without the disk.
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect({ known, last: last(), next }).toEqual({ known: [], last: undefined, next: [] });
    kept();
    await judged;
    expect(known).toHaveLength(1);
    expect(next).toEqual([false]);
    expect(last()).toMatchObject({ kind: 'another', name: 'f1' });
  });

  it('is opened at the next one where that went wrong', async () => {
    const { register } = await recognising();
    let isBroken = true;
    const { recognise, known, last } = start({
      ...register,
      keep: async (...asked) => {
        if (isBroken) throw new TypeError('a defect');
        return register.keep(...asked);
      },
    });
    expect(await recognise(f1)).toBe(true);
    await expect(recognise(f1)).rejects.toThrow('a defect');
    isBroken = false;
    expect(await recognise(f1)).toBe(true);
    expect(known).toHaveLength(1);
    expect(last()).toMatchObject({ kind: 'known' });
  });

  it('is of the same cluster when it comes by another way', async () => {
    const first = await recognising();
    await first.recognise(f1);
    await first.settled();
    const again = start(first.register, 'prod');
    await again.recognise(f1Later);
    await again.settled();
    expect(again.known).toEqual(first.known);
    expect(again.last()).toEqual({ kind: 'known', name: 'prod' });
  });

  it('is said to be of another where another answered there last time', async () => {
    const first = await recognising();
    await first.recognise(f1);
    await first.settled();
    const second = start(first.register);
    expect(await second.recognise(demo)).toBe(true);
    await second.settled();
    expect(second.known).not.toEqual(first.known);
    expect(second.messages).toContainEqual({
      type: 'flash',
      flash: { level: 'info', text: 'demo answers here; last time it was f1' },
    });
  });

  it('is not shown where the context means another cluster, until the operator says so', async () => {
    const first = await recognising('prod');
    await first.recognise(f1);
    await first.settled();
    const second = start(first.register, 'prod');
    expect(await second.recognise(demo)).toBe(false);
    expect(second.last()).toMatchObject({ kind: 'another', name: 'prod', instead: 'demo' });
    expect(second.known).toEqual([]);
    expect(second.isSure()).toBe(false);
    await second.settle('other');
    expect(second.known).toHaveLength(1);
    expect(second.known).not.toEqual(first.known);
    const third = start(first.register, 'prod');
    expect(await third.recognise(demo)).toBe(true);
    await third.settled();
  });

  it('is asked about where it is not sure, and its rows are shown meanwhile', async () => {
    const first = await recognising();
    await first.recognise(f1);
    await first.settled();
    const second = start(first.register);
    expect(await second.recognise(restored)).toBe(true);
    expect(second.last()).toMatchObject({ kind: 'unsure', name: 'f1', instead: 'g1' });
    expect(second.known).toEqual([]);
    await second.settle('same');
    expect(second.known).toEqual(first.known);
    expect(second.last()).toMatchObject({ kind: 'known' });
  });
});

describe('a later list', () => {
  it('goes on with the cluster: new runs, a new address', async () => {
    const { recognise, last } = await recognising();
    await recognise(f1);
    expect(await recognise(f1Later)).toBe(true);
    expect(last()).toMatchObject({ kind: 'known' });
  });

  it.each([
    ['other servers and jobs', demo, 'demo'],
    ['the same servers and jobs that ran less often', copy, 'f1'],
  ])('is not shown when it has %s, and the right one goes on', async (_what, other, name) => {
    const { recognise, last, isSure, shown, known } = await recognising();
    await recognise(f1);
    expect(await recognise(other)).toBe(false);
    expect(last()).toMatchObject({ kind: 'another', name: 'f1', instead: name });
    expect(isSure()).toBe(false);
    expect(await recognise(other)).toBe(false);
    expect(await recognise(f1Later)).toBe(true);
    expect(last()).toEqual({ kind: 'known', name: 'f1' });
    expect(isSure()).toBe(true);
    expect(shown()?.id).toBe(known[0]);
    expect(known).toHaveLength(1);
  });

  it('of another cluster is shown in place of this one by a session of its own', async () => {
    const { recognise, settle, taken, register, known } = await recognising();
    await recognise(f1);
    await recognise(demo);
    await settle('other');
    expect(taken).toHaveLength(1);
    const next = start(register, null, taken[0]!);
    expect(await next.recognise(demo)).toBe(true);
    expect(next.known).not.toEqual(known);
  });

  it('that is not sure is held back, and goes on when the operator knows it', async () => {
    const { recognise, settle, last } = await recognising();
    await recognise(f1);
    expect(await recognise(restored)).toBe(false);
    expect(last()).toMatchObject({ kind: 'unsure', name: 'f1' });
    await settle('same');
    expect(await recognise(restored)).toBe(true);
    expect(last()).toMatchObject({ kind: 'known' });
  });

  it('is remembered every so often, and at once where nodes changed', async () => {
    const { recognise, shown } = await recognising();
    await recognise(f1);
    const count = () => shown()?.fingerprint.sample.find(({ name }) => name === 'a')?.success_count;
    const more = seen(node('f1'), { a: 6, b: 7, c: 9, d: 4 });
    await recognise(more);
    expect(count()).toBe(5);
    await recognise({ ...more, at: now + 15_000 });
    expect(count()).toBe(6);
    await recognise({
      ...seen(node('f1', '10.0.0.8'), { a: 7, b: 7, c: 9, d: 4 }),
      at: now + 15_001,
    });
    expect(shown()?.fingerprint.nodes).toMatchObject([{ address: '10.0.0.8:8946' }]);
    expect(count()).toBe(7);
  });

  it('without members is judged by its jobs', async () => {
    const { recognise } = await recognising();
    await recognise(f1);
    expect(await recognise({ ...f1Later, members: null })).toBe(true);
    expect(await recognise({ ...copy, members: null })).toBe(false);
  });

  it('is of the same cluster after this machine made jobs anew', async () => {
    const { recognise, changed } = await recognising();
    await recognise(f1);
    await changed(['a', 'b', 'c', 'd']);
    expect(await recognise(seen(node('f1'), { a: 0, b: 0, c: 0, d: 0 }))).toBe(true);
  });
});

it('a disk that refuses holds up nothing', async () => {
  const refusing = {
    ...openRegister(placesBelow('/dev/null/data', '/dev/null/state'), () => now),
  };
  const { recognise, known, messages } = start(refusing);
  expect(await recognise(f1)).toBe(true);
  await vi.waitFor(() => expect(known).toHaveLength(1));
  expect(messages).toContainEqual({
    type: 'flash',
    flash: { level: 'error', text: expect.stringContaining('/dev/null/state') },
  });
});
