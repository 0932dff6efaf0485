import type { ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Unreachable } from '../../../src/base/errors.ts';
import { type DemoServer, startDemo } from '../../../src/demo/server.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { routeTo } from '../../../src/dkron/route.ts';
import { type Forward, openForward } from '../../../src/forward/open.ts';
import { json, serve } from '../../dkron/scripted.ts';
import { type FakeKubectl, fakeKubectl, texts } from '../../support/kubectl.ts';

const of = { namespace: 'mobility', resource: 'svc/dkron', port: 8080, kubeContext: null };

let server: DemoServer;
let kubectl: FakeKubectl;
const forwards: Forward[] = [];
const route = routeTo('http://dkron.mobility:8080');

beforeEach(async () => {
  server = await startDemo();
  kubectl = fakeKubectl({ to: server.url });
});

afterEach(async () => {
  for (const forward of forwards.splice(0)) await forward.close();
  await runs(0);
  kubectl.stop();
  await server.close();
});

function open(env: NodeJS.ProcessEnv = kubectl.env): Forward {
  const forward = openForward({ of, env });
  forwards.push(forward);
  return forward;
}

const becomes = (forward: Forward, kind: string) =>
  vi.waitFor(() => expect(forward.state().kind).toBe(kind), { timeout: 10_000, interval: 10 });

/** A process that was killed takes a moment to go. */
const runs = (count: number) =>
  vi.waitFor(() => expect(kubectl.alive()).toHaveLength(count), { timeout: 5_000, interval: 10 });

describe('a port-forward through a kubectl', () => {
  it('is waited for by a client, and found again on another port', async () => {
    const forward = open();
    const client = createClient({ route: forward.through(route) });
    expect(client.url).toBe('http://dkron.mobility:8080');
    expect((await client.server()).value.version).not.toBe('');
    const first = await forward.through(route).place();
    kubectl.die();
    await vi.waitFor(() => expect(kubectl.starts()).toHaveLength(2), 10_000);
    expect((await client.server()).value.version).not.toBe('');
    expect(await forward.through(route).place()).not.toEqual(first);
    await client.close();
  });

  it('stays in the context that was current when it was opened', async () => {
    kubectl.turn({ context: 'prod' });
    const forward = open();
    await becomes(forward, 'up');
    kubectl.turn({ context: 'staging' });
    kubectl.die();
    await vi.waitFor(() => expect(kubectl.starts()).toHaveLength(2), 10_000);
    expect(kubectl.starts().map(({ args }) => args[0])).toEqual([
      '--context=prod',
      '--context=prod',
    ]);
    await vi.waitFor(() => expect(forward.state().text).toContain('no context prod'), 10_000);
  });

  it('rejects a request in the words of the cluster, and says what to do', async () => {
    kubectl.turn({ fails: texts.rbac });
    const forward = open();
    const client = createClient({ route: forward.through(route) });
    const error = await client.server().catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(Unreachable);
    expect(error).toMatchObject({
      message:
        'http://dkron.mobility:8080 cannot be reached: the cluster does not allow jane to create pods/portforward in namespace mobility',
      next: expect.stringMatching(/needs the verb create on pods\/portforward;/),
    });
    await client.close();
  });

  it('says that there is no kubectl', async () => {
    const forward = open({ PATH: '/nonexistent' });
    await expect(forward.through(route).place()).rejects.toMatchObject({
      message: expect.stringMatching(/there is no kubectl on the PATH$/),
      next: 'Install kubectl, or reach Dkron another way and give its address with --url.',
    });
  });

  it('lets go a request that is given up while it waits for a way', async () => {
    kubectl.turn({ hangs: true });
    const forward = open();
    const reason = new Error('enough');
    await expect(forward.through(route).place(AbortSignal.abort(reason))).rejects.toBe(reason);
    const waiting = forward.through(route).place();
    await forward.close();
    await expect(waiting).rejects.toThrow('this program has closed the port-forward');
  });

  it('tries at once when its Kubernetes is in reach again', async () => {
    const { promise: gone, resolve: free } = Promise.withResolvers<number>();
    const closed = createServer().listen(0, '127.0.0.1', () => {
      const { port } = closed.address() as AddressInfo;
      closed.close(() => free(port));
    });
    const port = await gone;
    kubectl.turn({ fails: texts.noCluster, kubernetes: `http://127.0.0.1:${port}` });
    const forward = open();
    // The next try is due after four seconds, and the one after it after eight.
    await vi.waitFor(() => expect(kubectl.starts()).toHaveLength(3), 10_000);
    await becomes(forward, 'down');
    kubectl.turn({ fails: null });
    const { state } = forward;
    const due = state().kind === 'down' ? (state() as { retryAt: number }).retryAt : 0;
    const back = createServer().listen(port, '127.0.0.1');
    await becomes(forward, 'up');
    expect(Date.now()).toBeLessThan(due);
    back.close();
  });

  it('reads to their end the answers that nobody waits for, until kubectl says that it need not', async () => {
    kubectl.turn({ version: 'v1.32.0' });
    const forward = open();
    const through = forward.through(route);
    expect(through.drains).toBe(true);
    await vi.waitFor(() => expect(through.drains).toBe(false), 10_000);
  });

  describe('of an old kubectl', () => {
    /** A Dkron whose list is long, and comes a moment after its beginning. */
    const longList = () => serve(({ path }) => (path === '/v1' ? json(aNode) : begun));
    const aNode = { agent: { name: 'n1', version: '4.1.2' }, serf: {}, tags: {} };
    const begun = (response: ServerResponse): void => {
      response.writeHead(200, { 'x-total-count': '1', 'x-whom': 'n1' });
      response.write('[');
      setTimeout(() => response.end(`${' '.repeat(5_000_000)}]`), 50);
    };

    it.each([
      ['stays up', 'is read to its end', true, 1],
      ['stands still and is replaced', 'is broken off', false, 2],
    ])('%s when an answer that is given up %s', async (_, __, drains, starts) => {
      const { url } = await longList();
      kubectl.turn({ version: 'v1.27.16', to: url });
      const forward = open();
      const client = createClient({ route: { ...forward.through(route), drains } });
      const leaving = new AbortController();
      const list = Array.fromAsync(
        client.jobs({ signal: leaving.signal, onHead: () => leaving.abort(new Error('left')) }),
      );
      await expect(list).rejects.toThrow('left');
      await vi.waitFor(() => expect(kubectl.starts()).toHaveLength(starts), 10_000);
      expect((await client.server()).value.name).toBe('n1');
      expect(kubectl.starts()).toHaveLength(starts);
      await client.close();
    });
  });
});
