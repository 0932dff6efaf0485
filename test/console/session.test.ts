import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { bareTarget } from '../../src/config/target.ts';
import type { Terminal } from '../../src/console/effects/terminal.ts';
import { openSession, type SessionOptions } from '../../src/console/session.ts';
import { startDemo } from '../../src/demo/server.ts';
import { openJournal } from '../../src/journal/file.ts';
import { change, faultProxy } from '../support/fault-proxy.ts';
import { keptAt } from '../support/kept.ts';
import { keyOf } from '../terminal/press.ts';
import { type } from './states.ts';

/** A session with folders of its own. */
async function open(options: SessionOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'session-'));
  const places = placesBelow(folder, folder);
  const session = openSession({ places, ...options });
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
  const read = () =>
    vi.waitFor(() => {
      const { jobs, cluster } = store.state();
      expect(jobs.at).not.toBeNull();
      // Before that nothing is written.
      expect(cluster.kind).toBe('known');
    }, 10_000);
  return { ...session, press, read, places };
}

/** A demo server that is stopped with its test. */
async function demo(): Promise<string> {
  const server = await startDemo();
  onTestFinished(() => server.close());
  return server.url;
}

describe('the setting of a session', () => {
  const nowhere = 'http://127.0.0.1:9';

  it('is what one is told, or else what is usual', async () => {
    const { store } = await open({ target: bareTarget(nowhere) });
    expect(store.state()).toMatchObject({
      setting: { url: nowhere, label: '127.0.0.1:9', readOnly: false, serverZone: 'UTC' },
      zone: 'local',
      link: { kind: 'connecting' },
    });
    const told = await open({
      target: bareTarget(nowhere, { label: 'here', readOnly: true, serverZone: 'Asia/Tokyo' }),
      zone: 'utc',
    });
    expect(told.store.state()).toMatchObject({
      setting: { label: 'here', readOnly: true, serverZone: 'Asia/Tokyo' },
      zone: 'utc',
    });
  });
});

describe('a session', () => {
  it('hands effects to the terminal once there is one', async () => {
    const { attach, press } = await open({ target: bareTarget('http://127.0.0.1:9') });
    press('ctrl-l');
    const terminal = { redraw: vi.fn() } as unknown as Terminal;
    attach(terminal);
    press('ctrl-l');
    expect(terminal.redraw).toHaveBeenCalledTimes(1);
  });

  it('ends without a word where nothing is under way, and begins nothing any more', async () => {
    const url = await demo();
    const { attach, press, read, close, underway } = await open({ target: bareTarget(url) });
    const terminal = { redraw: vi.fn() } as unknown as Terminal;
    attach(terminal);
    await read();
    expect(underway()).toBeNull();
    expect(await close(new AbortController().signal)).toEqual([]);
    press('ctrl-l');
    expect(terminal.redraw).not.toHaveBeenCalled();
  });

  it('waits for what was sent, until it is told to give up, and says that it is not known', async () => {
    const line = await faultProxy(await demo());
    const hangs = line.breakAt(change, { kind: 'black-hole' }, 'before');
    const { press, read, close, underway, places } = await open({ target: bareTarget(line.url) });
    await read();
    press('/', ...type('citiz-stations'), 'enter', 's', 'y');
    await hangs;
    expect(underway()).toBe('citiz-stations');
    const giveUp = new AbortController();
    let ended = false;
    const closing = close(giveUp.signal).then((words) => {
      ended = true;
      return words;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ended).toBe(false);
    giveUp.abort();
    expect(await closing).toEqual([expect.stringMatching(/^citiz-stations: .*may have been done/)]);
    const { journal } = await keptAt(places, line.url);
    expect(await openJournal(journal).changes()).toMatchObject([{ job: 'citiz-stations' }]);
  });
});
