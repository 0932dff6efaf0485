/** Shows a console on the terminal until it is left. */
import process from 'node:process';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Host } from '../console/host.ts';
import type { Session } from '../console/session.ts';
import type { Store } from '../console/store.ts';
import { type Keyboard, openKeyboard } from '../terminal/keyboard.ts';
import { type TabProgress, tabProgress } from '../terminal/tab-progress.ts';
import type { Theme } from '../view/theme.ts';
import { discreet } from './discreet.ts';
import type { Io } from './io.ts';
import { keepCompiled } from './keep-compiled.ts';
import { hasScreenReader } from './look.ts';
import { printNote } from './output.ts';
import { asStarted } from './spare-memory.ts';

interface Showing {
  readonly theme: Theme;
  /** What is said first; nulls are passed over. */
  readonly notes: readonly (string | null)[];
  /** Ends what the console was on, once nothing is under way any more. */
  readonly end?: () => Promise<void>;
}

/** @param open opens what is shown, once the keys are taken */
export async function showOnTerminal(io: Io, open: () => Host, { theme, notes, end }: Showing) {
  const flash = (level: 'info' | 'error', text: string): void =>
    host.session().store.dispatch({ type: 'flash', flash: { level, text } });
  const { leaving, screen = null } = io;
  // The terminal is gone: there is nothing to draw on.
  for (const stream of [process.stdin, process.stdout]) stream.on('error', () => leaving.begin());
  process.stdin.on('end', () => leaving.begin());
  // Before anything is shown: in the background the system stops us here.
  const write = (text: string) => process.stdout.write(text);
  const tab = tabProgress(write, io.env);
  const keyboard = givenBack(openKeyboard(process.stdin, write), () => tab.show(null));
  screen?.typeOn(keyboard);
  leaving.restore = () => {
    screen?.leave();
    keyboard.release();
  };
  const host = await afterKeys(open).catch((error: unknown) => {
    keyboard.release();
    leaving.restore = null;
    throw error;
  });
  for (const text of notes) if (text !== null) flash('info', text);
  io.log.onTrouble((text) => flash('error', discreet(io, text)));
  try {
    keepCompiled(io, host.session().store);
    const show = await showingOn(io, theme, tab);
    await somethingToShow(host.session());
    await show(host, keyboard, {
      entered: screen?.take() ?? false,
      signal: leaving.signal,
      onOpen: (close) => {
        leaving.restore = () => {
          close();
          keyboard.release();
        };
      },
    });
  } finally {
    keyboard.release();
    screen?.leave();
    leaving.restore = null;
    leaving.waitsFor = host.underway;
    leaving.begin();
    for (const line of await host.close(leaving.giveUp)) printNote(io, line);
    await end?.();
  }
}

/** What was typed ahead is in the first frame then: between two turns the terminal is looked at. */
async function afterKeys<T>(then: () => T): Promise<T> {
  await turn();
  await turn();
  return then();
}

/** A keyboard that does something else besides each time that the terminal is given back. */
const givenBack = (keyboard: Keyboard, also: () => void): Keyboard => ({
  ...keyboard,
  release: () => {
    also();
    keyboard.release();
  },
});

/** Loads what shows the console: a screen, or lines for a reader of screens. */
async function showingOn(io: Io, theme: Theme, tab: TabProgress): Promise<ShowToReader> {
  if (hasScreenReader(io)) return (await import('../ui/open-reader.ts')).showToReader;
  const { showConsole } = await import('../ui/show.ts');
  return (host, keyboard, showing) => showConsole(host, keyboard, { ...showing, theme, tab, ink });
}
type ShowToReader = typeof import('../ui/open-reader.ts').showToReader;

/** V8 takes the code that was kept of it only with the flags that it had then. */
const ink = () => asStarted(() => import('../ui/open.tsx'));

/**
 * So long rows are waited for, ms. Live ones: enough for a server that has answered while the program was
 * loaded, and too short to be seen. Those of an earlier console: a disk that hangs keeps nobody from leaving.
 */
const patience = { live: 30, earlier: 2_000 };

/** Live rows of so many jobs do not come at once: Dkron takes long to make a list. */
const many = 3_000;

/**
 * A frame without rows is not worth its time where they are there in a moment. Keys that were typed over
 * rows of an earlier console are about these: without them they would come to nothing.
 */
async function somethingToShow({ store, begun }: Session): Promise<void> {
  if (await liveRows(store)) return;
  await Promise.race([begun, sleep(patience.earlier, undefined, { ref: false })]);
}

/** @returns whether they came, or it is known that none will, or not soon, before patience ended. */
function liveRows({ state, subscribe }: Store): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const look = (): void => {
    const { jobs, link, setting } = state();
    // Rows of an earlier console are not worth it either, where live ones come at once.
    const { earlier } = jobs;
    const isWorthIt = earlier === undefined ? jobs.byName.size > 0 : earlier.count >= many;
    const isThere = isWorthIt || setting.inside !== undefined;
    if (isThere || link.kind !== 'connecting') resolve(true);
  };
  const stop = subscribe(look);
  const timer = setTimeout(() => resolve(false), patience.live);
  look();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}
