/** A console whose port-forward leads to another cluster meanwhile: the whole of it, over a real line. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Cluster } from '../../src/cluster/identify.ts';
import { openRegister } from '../../src/cluster/register.ts';
import { placesBelow } from '../../src/config/places.ts';
import { bareTarget, type Target } from '../../src/config/target.ts';
import { frameOf } from '../../src/console/frame/frame.ts';
import { type OpenSession, openHost } from '../../src/console/host.ts';
import { openSession } from '../../src/console/session.ts';
import { startDemo } from '../../src/demo/server.ts';
import { openJournal } from '../../src/journal/file.ts';
import { lineText } from '../../src/view/line.ts';
import { type CountedServer, counted } from '../support/counted-server.ts';
import { faultProxy } from '../support/fault-proxy.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';
import { keyOf } from '../terminal/press.ts';
import { type } from './states.ts';

/** A server of this name with a job of its own, and one that is the same everywhere. */
async function cluster(name: string, own: string): Promise<CountedServer> {
  const demo = await startDemo({ empty: true, name });
  onTestFinished(() => demo.close());
  for (const job of [own, 'both'])
    await ask(`${demo.url}/v1/jobs`, 'POST', aDefinition({ name: job, schedule: '@manually' }));
  return counted(demo.url);
}

async function opened() {
  const a = await cluster('f1', 'a-one');
  const b = await cluster('g1', 'b-one');
  const line = await faultProxy(a.url);
  const folder = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  const places = placesBelow(join(folder, 'data'), join(folder, 'state'));
  const on =
    (target: Target, chosen?: Cluster): OpenSession =>
    (stage) =>
      openSession({
        target,
        show: (...to) => stage.replace(on(...to)),
        places,
        ...(chosen === undefined ? {} : { chosen }),
      });
  const host = openHost(on(bareTarget(line.url, { refresh: 100 })));
  onTestFinished(async () => {
    await host.close(AbortSignal.abort());
    await rm(folder, { recursive: true, force: true });
  });
  const state = () => host.session().store.state();
  let at = 0;
  const press = (...keys: readonly string[]): void => {
    const { dispatch } = host.session().store;
    for (const name of keys) {
      at += 1_000;
      dispatch({ type: 'key', key: keyOf(name), at });
      dispatch({ type: 'painted', at });
    }
  };
  const names = () => [...state().jobs.byName.keys()];
  const until = (holds: () => void) => vi.waitFor(holds, 10_000);
  const answers = (kind: string) => until(() => expect(state().cluster.kind).toBe(kind));
  await answers('known');
  await until(() => expect(names()).toEqual(['a-one', 'both']));
  return { a, b, line, places, press, state, names, until, answers };
}

it('goes on showing what it showed, writes nothing, and is there again', async () => {
  const { a, b, line, press, state, names, answers, until } = await opened();
  press('/', ...type('both'), 'enter', 'i', 'ctrl-u', ...type('@hourly'));
  line.turnTo(b.url, { cut: true });
  await answers('another');
  expect(names()).toEqual(['a-one', 'both']);
  expect(state().overlay?.kind).toBe('schedule');
  press('enter');
  await until(() => expect(state().flash?.text).toMatch(/another cluster/));
  expect([...a.changes(), ...b.changes()]).toEqual([]);
  line.turnTo(a.url, { cut: true });
  await answers('known');
  expect(state().overlay).toMatchObject({ kind: 'schedule' });
  press('enter');
  await until(() => expect(a.changes()).toEqual(['POST /v1/jobs']));
  expect(b.changes()).toEqual([]);
});

it('shows the other in its place when one says so, with nothing of the first', async () => {
  const { a, b, line, places, press, state, names, answers, until } = await opened();
  press('/', ...type('both'), 'enter', 's', 'y');
  await until(() => expect(a.changes()).toHaveLength(1));
  await until(() => expect(state().flash?.level).toBe('ok'));
  line.turnTo(b.url, { cut: true });
  await answers('another');
  press('C', 'y');
  await until(() => expect(names()).toEqual(['b-one', 'both']));
  await answers('known');
  press('u');
  await until(() => expect(state().flash?.text).toMatch(/nothing was changed/));
  expect(b.changes()).toEqual([]);
  const register = openRegister(places, Date.now);
  const all = await Promise.all(
    (await register.all()).map(({ id }) => openJournal(places.cluster(id).journal).changes()),
  );
  expect(all.map((changes) => changes.map(({ job }) => job)).sort()).toEqual([[], ['both']]);
});

it('does not write what was asked for while the line turned', async () => {
  const { a, b, line, press, until, state } = await opened();
  press('/', ...type('both'), 'enter', 's');
  // Between two reads: only the door can see it.
  line.turnTo(b.url, { cut: true });
  press('y');
  await until(() => expect(state().flash?.text ?? '').toMatch(/another cluster|cannot be reached/));
  expect([...a.changes(), ...b.changes()]).toEqual([]);
});

it('shows what was seen last in a context while nothing answers, with its age, and writes nothing', async () => {
  const { a, places } = await opened();
  const target = bareTarget(a.url, { context: 'prod', refresh: 100 });
  const first = openSession({ target, places });
  await vi.waitFor(() => expect(first.store.state().cluster.kind).toBe('known'), 10_000);
  await vi.waitFor(() => expect(first.store.state().jobs.at).not.toBeNull(), 10_000);
  await first.close(AbortSignal.abort());
  const nowhere = openSession({ target: { ...target, url: 'http://127.0.0.1:9' }, places });
  onTestFinished(async () => void (await nowhere.close(AbortSignal.abort())));
  const state = () => nowhere.store.state();
  await vi.waitFor(() => expect([...state().jobs.byName.keys()]).toEqual(['a-one', 'both']));
  expect(state().cluster.kind).toBe('unknown');
  expect(state().jobs.at).toBe(first.store.state().jobs.at);
  const top = lineText(frameOf(state()).lines[0]!);
  expect(top).toMatch(/old|stale/);
  expect(top).not.toContain('live');
  nowhere.store.dispatch({ type: 'key', key: keyOf('s'), at: 1_000 });
  expect(state().flash?.text).toContain('before it is known which cluster answers');
});
