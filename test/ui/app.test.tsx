import { EventEmitter } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Terminal } from '../../src/console/effects/terminal.ts';
import { frameOf } from '../../src/console/frame/frame.ts';
import type { Session } from '../../src/console/session.ts';
import type { Effect, State } from '../../src/console/state/model.ts';
import { quietTime } from '../../src/console/state/questions.ts';
import { createStore } from '../../src/console/store.ts';
import { openKeyboard } from '../../src/terminal/keyboard.ts';
import { App } from '../../src/ui/app.tsx';
import { createPainter } from '../../src/ui/painter.ts';
import { openScreen } from '../../src/ui/screen.ts';
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

/** The app over a store whose effects are collected instead of run. */
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
  };
  const paper = new Paper(size.columns, size.rows);
  const painter = createPainter((text) => paper.write(text), themeOf('auto', 256));
  const screen = openScreen(host, painter, paper);
  const stdin = new Typing();
  const written = vi.fn();
  const keyboard = openKeyboard(stdin, written);
  const tab = { show: vi.fn() };
  const ink = render(<App {...{ host, keyboard, tab, screen }} />);
  screen.release();
  return { ...ink, stdin, written, tab, store, effects, paper, screen, terminal: () => terminal };
}

/** The lines of the frame without the spaces at their ends. */
const linesOf = (state: State): string[] =>
  frameOf(state).lines.map((line) => lineText(line).trimEnd());
const ready = (opened: ReturnType<typeof open>) =>
  vi.waitFor(() => expect(opened.terminal()).not.toBeNull());

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('the app', () => {
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
      opened.screen.resized();
      await opened.paper.dried();
      expect(opened.store.state()).toMatchObject({ columns, rows });
      expect(opened.paper.shown()).toEqual(linesOf(opened.store.state()));
      expect(opened.paper.pushedOff).toBe(0);
    }
  });

  it('draws nothing while the terminal is given away, and all of it afterwards', async () => {
    const opened = open();
    opened.screen.hold();
    await opened.paper.dried();
    const { bytes } = opened.paper;
    opened.store.dispatch(refreshed([...jobs, { name: 'emu' }]));
    opened.screen.redraw();
    expect(opened.paper.bytes).toBe(bytes);
    opened.screen.release();
    await opened.paper.dried();
    expect(opened.paper.shown()).toEqual(linesOf(opened.store.state()));
  });
});

describe('keys', () => {
  const cursor = (opened: ReturnType<typeof open>) => opened.store.state().screens[0].cursor.key;

  it('reach the store, also several in one chunk', async () => {
    const opened = open();
    await ready(opened);
    opened.stdin.write('j');
    await vi.waitFor(() => expect(cursor(opened)).toBe('bee'));
    opened.stdin.write('jj');
    await vi.waitFor(() => expect(cursor(opened)).toBe('dog'));
    opened.stdin.write('\x1b[A');
    await vi.waitFor(() => expect(cursor(opened)).toBe('cow'));
  });

  it('notify once a chunk', async () => {
    const opened = open();
    await ready(opened);
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

  it('are given back to the terminal when the console ends, and nothing listens any more', async () => {
    const opened = open();
    await ready(opened);
    opened.unmount();
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
    await ready(opened);
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
    await ready(opened);
    opened.stdin.write('\x03');
    await vi.waitFor(() => expect(opened.effects).toEqual([{ type: 'quit' }]));
  });
});

describe('a paste', () => {
  it('is no row of commands', async () => {
    const opened = open();
    await ready(opened);
    opened.stdin.write('\x1b[200~jjsd\r\x1b[201~');
    await vi.waitFor(() => expect(opened.store.state().flash?.text).toContain('pasted text'));
    expect(opened.store.state().screens[0].cursor.key).toBe('ant');
    expect(opened.effects).toEqual([]);
  });

  it('is text in the filter', async () => {
    const opened = open();
    await ready(opened);
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
    await ready(opened);
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
