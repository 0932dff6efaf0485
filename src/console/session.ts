/** A console at work: client, poller, runner and store, wired together and closed together. */
import { cwd } from 'node:process';
import { createClient } from '../dkron/client.ts';
import { type Clock, startPoller } from './poller.ts';
import { createRunner, type Terminal } from './runner.ts';
import { startState } from './start.ts';
import { createStore, type Store } from './store.ts';

export interface SessionOptions {
  readonly url: string;
  readonly readOnly?: boolean;
  readonly refresh?: number;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly columns: number;
  readonly rows: number;
  readonly terminal: Terminal;
}

export interface Session {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** How often the screen says the time again when nothing else happens, ms. */
const tick = 10_000;

export async function openSession(options: SessionOptions, around: Surroundings): Promise<Session> {
  const { clock, columns, rows, terminal } = around;
  const client = createClient({ url: options.url });
  const setting = {
    url: client.url,
    label: client.url.replace(/^https?:\/\//, ''),
    readOnly: options.readOnly === true,
    serverZone: 'UTC',
  };
  const store = createStore(startState(setting, { columns, rows }, clock.now()), (effect) =>
    runEffect(effect),
  );
  const poller = startPoller({
    client,
    dispatch: store.dispatch,
    clock,
    ...(options.refresh === undefined ? {} : { interval: options.refresh }),
  });
  const runEffect = createRunner({
    client,
    clock,
    poller,
    terminal,
    dispatch: store.dispatch,
    folder: cwd(),
  });
  let cancelTick = (): void => {};
  const ticking = (): void => {
    cancelTick = clock.after(tick, () => {
      store.dispatch({ type: 'clock', now: clock.now() });
      ticking();
    });
  };
  ticking();
  return {
    store,
    close: async () => {
      cancelTick();
      poller.stop();
      await client.close();
    },
  };
}
