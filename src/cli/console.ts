import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { placesBelow } from '../config/places.ts';
import { openHost } from '../console/host.ts';
import { openSession } from '../console/session.ts';
import type { Store } from '../console/store.ts';
import { mistakesBeside } from '../contexts/targets.ts';
import { type Keyboard, openKeyboard } from '../terminal/keyboard.ts';
import { type TabProgress, tabProgress } from '../terminal/tab-progress.ts';
import type { Theme } from '../view/theme.ts';
import { discreet } from './discreet.ts';
import { exposed, type GlobalOptions, globalInvocation, type Program } from './invocation.ts';
import type { Io } from './io.ts';
import { coloursFor, hasScreenReader, screenTheme } from './look.ts';
import { printNote } from './output.ts';
import { withColours } from './screen.ts';
import { demoTarget, targetChoices } from './target.ts';

/**
 * Opens the console on the server that the options name, or on a demo server of its own. The first
 * read is under way while the screen code loads.
 */
export async function openOnTerminal(program: Program): Promise<void> {
  const options = program.opts<GlobalOptions>();
  const { demo } = options;
  const { io, config } = program;
  const told = globalInvocation(program);
  // Before anything is started: it may be nowhere.
  const asked = demo ? null : told.target;
  const theme = screenTheme(io, asked?.theme ?? null);
  const server = demo ? await (await import('../demo/server.ts')).startDemo() : null;
  const home = demo ? await demoHome() : null;
  // What the console keeps of a demo server goes with it: nothing else is shown there.
  const contexts = demo ? [] : targetChoices(options, io.env, config);
  const host = openHost(
    (to, show, chosen) =>
      openSession({
        target: to,
        contexts,
        show,
        ...(chosen === undefined ? {} : { chosen }),
        log: io.log,
        env: io.env,
        ...(told.zone === undefined ? {} : { zone: told.zone }),
        ...(home === null ? {} : { places: placesBelow(join(home, 'data'), join(home, 'state')) }),
      }),
    asked ?? demoTarget(options, io.env, server!.url),
  );
  const flash = (level: 'info' | 'error', text: string): void =>
    host.session().store.dispatch({ type: 'flash', flash: { level, text } });
  const { leaving } = io;
  // The terminal is gone: there is nothing to draw on.
  for (const stream of [process.stdin, process.stdout]) stream.on('error', () => leaving.begin());
  process.stdin.on('end', () => leaving.begin());
  // Before anything is shown: in the background the system stops us here.
  const write = (text: string) => process.stdout.write(text);
  const tab = tabProgress(write, io.env);
  const keyboard = givenBack(openKeyboard(process.stdin, write), () => tab.show(null));
  leaving.restore = keyboard.release;
  const beside = asked === null ? [] : mistakesBeside(config, asked.context);
  for (const text of [exposed(program), ...beside]) if (text !== null) flash('info', text);
  io.log.onTrouble((text) => flash('error', discreet(io, text)));
  try {
    const show = await showingOn(io, theme, tab);
    await somethingToShow(host.session().store);
    await show(host, keyboard, {
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
    leaving.restore = null;
    leaving.waitsFor = host.underway;
    leaving.begin();
    for (const line of await host.close(leaving.giveUp)) printNote(io, line);
    await server?.close();
    if (home !== null) await rm(home, { recursive: true, force: true });
  }
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
async function showingOn(io: Io, theme: Theme, tab: TabProgress) {
  if (hasScreenReader(io)) return (await import('../ui/open-reader.ts')).showToReader;
  const load = () => import('../ui/open.tsx');
  const { showConsole } = await withColours(coloursFor(io, io.stdout), load);
  return (...[host, keyboard, showing]: Parameters<ShowToReader>) =>
    showConsole(host, keyboard, { ...showing, theme, tab });
}
type ShowToReader = typeof import('../ui/open-reader.ts').showToReader;

/** What is kept of a server that ends with the console ends with it, too. */
const demoHome = (): Promise<string> => mkdtemp(join(tmpdir(), 'dkron-tui-demo-'));

/** Enough for a server nearby, and too short to be seen; ms. */
const patience = 250;
/** More jobs than a screen has rows. */
const screenful = 100;

/** The first frame costs the most and holds up what arrives: it waits a moment to show jobs. */
function somethingToShow({ state, subscribe }: Store): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    const { jobs, link } = state();
    if (jobs.byName.size >= screenful || link.kind !== 'connecting') resolve();
  };
  const stop = subscribe(look);
  const timer = setTimeout(resolve, patience);
  look();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}
