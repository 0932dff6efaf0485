/**
 * Shows a console in the alternate screen and returns when the operator leaves it. The first frame is
 * painted, and keys are answered, before React and Ink are loaded: until then the terminal is given back
 * from here, and what gives it away for a while waits for Ink.
 */
import process from 'node:process';
import type { Host } from '../console/host.ts';
import { shareDone } from '../console/state/under-way.ts';
import type { Keyboard } from '../terminal/keyboard.ts';
import { jobControl } from '../terminal/suspend.ts';
import type { TabProgress } from '../terminal/tab-progress.ts';
import type { Theme } from '../view/theme.ts';
import { messagesOf } from './messages.ts';
import type { OpenInk } from './open.tsx';
import { createPainter } from './painter.ts';
import { openScreen } from './screen.ts';
import { keepSize } from './size.ts';
import { terminalOf } from './terminal.ts';

export interface Showing {
  /** Aborted when the program is asked to end. */
  readonly signal: AbortSignal;
  /** Whether the screen is entered already; not unless told. */
  readonly entered?: boolean;
  /** Called with what closes the screen at once. */
  readonly onOpen: (close: () => void) => void;
}

export interface OnScreen extends Showing {
  readonly theme: Theme;
  /** What the terminal's tab tells. */
  readonly tab: TabProgress;
  /** The terminal; that of this process unless told. */
  readonly stdout?: NodeJS.WriteStream;
  /** Loads Ink. */
  readonly ink?: () => Promise<Pick<typeof import('./open.tsx'), 'openInk'>>;
}

/** Ink is loaded so long after the first list, or after the first frame where no list comes; ms. */
const inkAfter = { list: 100, frame: 1_000 };

const enter = '\x1b[?1049h\x1b[?25l';
const leave = '\x1b[?1049l\x1b[?25h';

export async function showConsole(
  host: Host,
  keyboard: Keyboard,
  {
    theme,
    tab,
    entered = false,
    signal,
    onOpen,
    stdout = process.stdout,
    ink: loading = loadInk,
  }: OnScreen,
): Promise<void> {
  const { env } = process;
  keepSize(stdout, env);
  const left = Promise.withResolvers<void>();
  const screen = openScreen(
    host,
    createPainter((text) => stdout.write(text), theme),
    stdout,
  );
  let ink: Promise<OpenInk> | null = null;
  let opened: OpenInk | null = null;
  let closed = false;

  async function load(): Promise<OpenInk> {
    const { openInk } = await loading();
    // It was left meanwhile: nothing takes the terminal any more.
    if (closed) return new Promise(() => {});
    opened = openInk({ keyboard, screen, stdout });
    opened.ended.then(() => left.resolve(), left.reject);
    return opened;
  }
  const withInk = (): Promise<OpenInk> => (ink ??= load());

  function close(): void {
    if (closed) return;
    closed = true;
    if (opened === null) {
      screen.close();
      keyboard.release();
      stdout.write(leave, () => left.resolve());
    } else opened.close();
  }

  const job = jobControl(keyboard, withInk, async (work) => {
    const { suspendTerminal } = await withInk();
    screen.hold();
    try {
      await suspendTerminal(work);
    } finally {
      screen.release();
    }
  });
  if (!entered) stdout.write(enter);
  onOpen(close);
  host.attach(terminalOf({ clear: screen.redraw, exit: close, job }));
  // What was typed ahead is in the first frame already: it would wait for the one after it.
  const unheard = keyboard.listen((inputs) =>
    screen.answer(() => host.session().store.batch(messagesOf(inputs))),
  );
  screen.release();
  const untold = tellShare(host, tab);
  const resize = (): void => {
    keepSize(stdout, env);
    screen.resized();
  };
  stdout.prependListener('resize', resize);
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });
  const unawaited = afterFirstList(host, () => void withInk().catch(left.reject));
  await left.promise.finally(() => {
    closed = true;
    for (const stop of [unawaited, untold, unheard, job.close]) stop();
    signal.removeEventListener('abort', close);
    stdout.off('resize', resize);
  });
}

const loadInk = () => import('./open.tsx');

/** Nothing that takes the main thread stands where the first rows arrive. */
function afterFirstList(host: Host, then: () => void): () => void {
  const { state, subscribe } = host.session().store;
  let timer = setTimeout(then, inkAfter.frame);
  const look = (): void => {
    if (state().link.kind === 'connecting') return;
    stop();
    timer = setTimeout(then, inkAfter.list);
  };
  const stop = subscribe(look);
  look();
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** Tells the tab of the terminal how far what is under way has come, of the session that is shown. */
function tellShare(host: Pick<Host, 'session' | 'subscribe'>, tab: TabProgress): () => void {
  let unsubscribe = (): void => {};
  const show = (): void => {
    unsubscribe();
    const { state, subscribe } = host.session().store;
    const tell = (): void => tab.show(shareDone(state()));
    unsubscribe = subscribe(tell);
    tell();
  };
  const stop = host.subscribe(show);
  show();
  return () => {
    stop();
    unsubscribe();
  };
}
