import { EventEmitter } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Terminal } from '../../src/console/effects/terminal.ts';
import { frameOf } from '../../src/console/frame/frame.ts';
import type { Host } from '../../src/console/host.ts';
import type { Session } from '../../src/console/session.ts';
import type { Effect, State } from '../../src/console/state/model.ts';
import { quietTime } from '../../src/console/state/questions.ts';
import { createStore } from '../../src/console/store.ts';
import { openKeyboard } from '../../src/terminal/keyboard.ts';
import { showConsole } from '../../src/ui/show.ts';
import { lineText } from '../../src/view/line.ts';
import { themeOf } from '../../src/view/theme.ts';
import { refreshed, showing } from '../console/states.ts';
import { Paper } from '../support/sheet.ts';

const size = { columns: 100, rows: 24 };
const names = ['ant', 'bee', 'cow', 'dog'];
const jobs = names.map((name) => ({
  name,
  last_success: '2026-11-21T14:00:00Z',
  status: 'success',
}));

/** A terminal's keyboard, with what is typed on it. */
class Typing extends EventEmitter {
  readonly setRawMode = vi.fn();
  readonly resume = vi.fn();
  readonly pause = vi.fn();
  readonly write = (bytes: string) => this.emit('data', Buffer.from(bytes));
}

/** The terminal that it is shown on, as Node and Ink see it. */
class Shown extends Paper {
  readonly isTTY = true;
  readonly #events = new EventEmitter();
  readonly on = this.#events.on.bind(this.#events);
  readonly off = this.#events.off.bind(this.#events);
  readonly prependListener = this.#events.prependListener.bind(this.#events);
  readonly resized = () => this.#events.emit('resize');
}

/** Has the terminal as Ink does, and writes nothing by itself: Ink is bundled so that it does not either. */
const openInk: typeof import('../../src/ui/open.tsx').openInk = ({ keyboard, screen, stdout }) => {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  return {
    ended,
    suspendTerminal: (work) => work(),
    close: () => {
      keyboard.release();
      screen.close();
      stdout.write('\x1b[?1049l\x1b[?25h', () => resolve());
    },
  };
};

const closing: (() => void)[] = [];

/** The console over a store whose effects are collected instead of run. */
function open(start: State = showing(jobs)) {
  const effects: Effect[] = [];
  let terminal: Terminal | null = null;
  const store = createStore({ ...start, ...size }, (effect) => effects.push(effect));
  const session = { store } as Session;
  const host = {
    session: () => session,
    subscribe: () => () => {},
    attach: (attached: Terminal) => {
      terminal = attached;
    },
  } as unknown as Host;
  const paper = new Shown(size.columns, size.rows);
  const stdin = new Typing();
  const written = vi.fn();
  const keyboard = openKeyboard(stdin, written);
  const tab = { show: vi.fn() };
  let close = (): void => {};
  const left = showConsole(host, keyboard, {
    theme: themeOf('auto', 256),
    tab,
    signal: new AbortController().signal,
    onOpen: (by) => {
      close = by;
    },
    stdout: paper as unknown as NodeJS.WriteStream,
    ink: async () => ({ openInk }),
  });
  closing.push(close);
  return { left, close, stdin, written, tab, store, effects, paper, terminal: () => terminal! };
}

/** The lines of the frame without the spaces at their ends. */
const linesOf = (state: State): string[] =>
  frameOf(state).lines.map((line) => lineText(line).trimEnd());
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.restoreAllMocks();
});

describe('the console on a terminal', () => {
  it('draws the frame, as many lines as the terminal has', async () => {
    const opened = open();
    await opened.paper.dried();
    expect(opened.paper.shown()).toEqual(linesOf(opened.store.state()));
  });

  it('draws what a message brings', async () => {
    const opened = open();
    opened.store.dispatch(refreshed([...jobs, { name: 'emu' }]));
    await vi.waitFor(() => expect(opened.paper.text()).toContain('emu'));
    expect(opened.paper.shown()).toEqual(linesOf(opened.store.state()));
  });

  it('tells the size, and is never taller than it', async () => {
    const opened = open();
    for (const [columns, rows] of [
      [60, 12],
      [100, 30],
      [30, 8],
    ] as const) {
      opened.paper.resize(columns, rows);
      await opened.paper.dried();
      const { pushedOff } = opened.paper;
      opened.paper.resized();
      await opened.paper.dried();
      expect(opened.store.state()).toMatchObject({ columns, rows });
      expect(opened.paper.shown()).toEqual(linesOf(opened.store.state()));
      expect(opened.paper.pushedOff).toBe(pushedOff);
    }
  });

  it('draws nothing while the terminal is given away, and all of it afterwards', async () => {
    const opened = open();
    await opened.terminal().handOver(async () => {
      await opened.paper.dried();
      const { bytes } = opened.paper;
      opened.store.dispatch(refreshed([...jobs, { name: 'emu' }]));
      opened.terminal().redraw();
      expect(opened.paper.bytes).toBe(bytes);
    });
    await opened.paper.dried();
    expect(opened.paper.shown()).toEqual(linesOf(opened.store.state()));
  });

  it('is there before Ink is, and answers a key', async () => {
    const opened = open();
    opened.stdin.write('j');
    expect(opened.store.state().screens[0].cursor.key).toBe('bee');
    const wanted = linesOf(opened.store.state());
    await vi.waitFor(() => expect(opened.paper.shown()).toEqual(wanted));
  });

  it.each(['before', 'after'])(
    'gives the terminal back when it is left %s Ink came',
    async (when) => {
      const opened = open();
      if (when === 'after') await opened.terminal().handOver(async () => {});
      opened.terminal().quit();
      await opened.left;
      await opened.paper.dried();
      expect(opened.paper.alternate()).toBe(false);
      expect(opened.paper.cursor().visible).toBe(true);
      expect(opened.stdin.setRawMode.mock.lastCall).toEqual([false]);
      expect(opened.stdin.listenerCount('data')).toBe(0);
    },
  );
});

describe('keys', () => {
  const cursor = (opened: ReturnType<typeof open>) => opened.store.state().screens[0].cursor.key;

  it('reach the store, also several in one chunk', async () => {
    const opened = open();
    opened.stdin.write('j');
    await vi.waitFor(() => expect(cursor(opened)).toBe('bee'));
    opened.stdin.write('jj');
    await vi.waitFor(() => expect(cursor(opened)).toBe('dog'));
    opened.stdin.write('\x1b[A');
    await vi.waitFor(() => expect(cursor(opened)).toBe('cow'));
  });

  it('notify once a chunk', async () => {
    const opened = open();
    const notified = vi.fn();
    opened.store.subscribe(notified);
    opened.stdin.write('jjj');
    await vi.waitFor(() => expect(cursor(opened)).toBe('dog'));
    expect(notified).toHaveBeenCalledTimes(1);
  });

  it('typed before the first frame are not lost', async () => {
    const stdin = new Typing();
    const keyboard = openKeyboard(stdin, vi.fn());
    expect(stdin.setRawMode).toHaveBeenCalledWith(true);
    stdin.write('j');
    stdin.write('j');
    const heard = vi.fn();
    keyboard.listen(heard);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(heard.mock.calls[0]?.[0]).toHaveLength(2);
  });

  it('are given back to the terminal when the console ends, and nothing listens any more', () => {
    const opened = open();
    opened.close();
    expect(opened.stdin.setRawMode.mock.lastCall).toEqual([false]);
    expect(opened.stdin.listenerCount('data')).toBe(0);
    expect(opened.written.mock.calls).toEqual([
      ['\x1b[?2004h\x1b[?1004h'],
      ['\x1b[?2004l\x1b[?1004l'],
    ]);
  });

  it('of a chunk confirm nothing', async () => {
    let now = 1_000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const opened = open();
    opened.stdin.write('sy');
    expect(opened.store.state().overlay).toMatchObject({ kind: 'confirm', quietSince: null });
    now += quietTime;
    opened.stdin.write('y');
    await vi.waitFor(() => expect(opened.store.state().overlay).toMatchObject({ quietSince: now }));
    now += quietTime - 1;
    opened.stdin.write('y');
    expect(opened.effects).toEqual([]);
    now += quietTime;
    opened.stdin.write('y');
    expect(opened.effects).toMatchObject([{ type: 'set-disabled' }]);
  });

  it('leave by ctrl-c through the store, not behind its back', async () => {
    const opened = open();
    opened.stdin.write('\x03');
    await vi.waitFor(() => expect(opened.effects).toEqual([{ type: 'quit' }]));
  });
});

describe('a paste', () => {
  it('is no row of commands', async () => {
    const opened = open();
    opened.stdin.write('\x1b[200~jjsd\r\x1b[201~');
    await vi.waitFor(() => expect(opened.store.state().flash?.text).toContain('pasted text'));
    expect(opened.store.state().screens[0].cursor.key).toBe('ant');
    expect(opened.effects).toEqual([]);
  });

  it('is text in the filter', async () => {
    const opened = open();
    opened.stdin.write('/');
    await vi.waitFor(() => expect(opened.store.state().overlay).toMatchObject({ kind: 'filter' }));
    opened.stdin.write('\x1b[200~bee\x1b[201~');
    await vi.waitFor(() => expect(opened.store.state().screens[0].filter).toBe('bee'));
  });
});

describe('what shows the same', () => {
  /** What is written from now on, without its codes. */
  const settled = async (opened: ReturnType<typeof open>) => {
    await opened.paper.dried();
    opened.paper.written = '';
    return () => stripVTControlCharacters(opened.paper.written);
  };

  it('is not written again by a refresh without news', async () => {
    const opened = open();
    const written = await settled(opened);
    opened.store.dispatch(refreshed(jobs));
    opened.store.dispatch({ type: 'flash', flash: { level: 'ok', text: 'all is well' } });
    await vi.waitFor(() => expect(written()).toContain('all is well'));
    expect(written()).not.toMatch(/ant|bee|cow|dog|localhost/);
  });

  it('is not written again when the cursor moves past it', async () => {
    const opened = open();
    const written = await settled(opened);
    opened.stdin.write('j');
    await vi.waitFor(() => expect(written()).toContain('bee'));
    expect(written()).toContain('ant');
    expect(written()).not.toMatch(/cow|dog|localhost/);
  });
});

describe('the tab of the terminal', () => {
  it('tells how far a snapshot is, until it is there', async () => {
    const opened = open();
    const told = async (share: number | null) =>
      vi.waitFor(() => expect(opened.tab.show).toHaveBeenLastCalledWith(share));
    await told(null);
    const progress = { text: '3 of 4 jobs', share: 0.75 };
    opened.store.dispatch({ type: 'waiting', text: 'taking a snapshot', progress });
    await told(0.75);
    opened.store.dispatch({ type: 'flash', flash: { level: 'ok', text: 'saved' } });
    await told(null);
  });
});
