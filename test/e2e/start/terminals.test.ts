/** The start of a console on terminals of every kind, with rows of an earlier one: the screen is right in the end. */
import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Console, type ConsoleOptions, startConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { before } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

// Without a next run, which would come nearer meanwhile.
const server = demo(
  Array.from({ length: 60 }, (_, at) => ({
    name: `job-${String(at).padStart(2, '0')}`,
    schedule: '@manually',
  })),
);

/** What a first console kept, by its options: it keeps the same each time. */
const kept = new Map<string, string>();

/** A console after one that kept its rows at that size. */
async function second(options: ConsoleOptions = {}): Promise<Console> {
  const open = (state: string) => {
    const env = { XDG_STATE_HOME: state, ...options.env };
    return startConsole(server, { cols: 100, rows: 30, ...options, env });
  };
  const which = JSON.stringify(options);
  // Longer than a test.
  const before = kept.get(which) ?? mkdtempSync(join(process.env['TESTS_HOME']!, 'state-'));
  if (!kept.has(which)) {
    const on = await open(before);
    await isWhole(on);
    await on.quit();
    await on.close();
    kept.set(which, before);
  }
  const state = folder();
  cpSync(before, state, { recursive: true });
  return open(state);
}

/** What shows is what the console draws anew, and nothing was pushed off or broken. */
async function isWhole(on: Console): Promise<void> {
  if (on.rows >= 10 && on.cols >= 40) await on.sees('live · ');
  await on.idle();
  const drawn = on.looks();
  expect(on.pushedOff).toBe(0);
  expect(on.wrappedRows()).toEqual([]);
  await on.press('ctrl-l');
  expect(drawn).toEqual(on.looks());
}

/** The pseudo-terminal gives TERM its own name: another is put in its place. */
const named = (TERM: string) => ({
  COLORTERM: '',
  ...before(`process.env.TERM = ${JSON.stringify(TERM)}`),
});

describe('the screen is right after the start, and the terminal sane after the end', () => {
  it.each<[what: string, options: ConsoleOptions]>([
    ['a console of Linux', { env: named('linux') }],
    ['screen', { env: named('screen') }],
    ['tmux', { env: named('tmux-256color') }],
    ['an old terminal', { env: named('vt100') }],
    ['one that answers nothing', { mute: true }],
    ['a tiny one', { cols: 20, rows: 5 }],
    ['a narrow one', { cols: 40, rows: 10 }],
    ['a flat one', { cols: 200, rows: 10 }],
    ['a huge one', { cols: 300, rows: 90 }],
    ['one at the end of a slow line', { cols: 200, rows: 50, rests: 40 }],
  ])('on %s', async (_, options) => {
    const on = await second(options);
    await isWhole(on);
    on.send('\x03');
    expect((await on.ended()).left).toEqual([]);
  });

  it('on one that is resized at any instant of it', async () => {
    for (const instant of [0, 20, 40, 60, 80, 100, 130, 160, 200, 250]) {
      const on = await second();
      await sleep(instant);
      const [cols, rows] = instant % 40 === 0 ? [80, 24] : [130, 40];
      await on.resize(cols!, rows!);
      await isWhole(on);
      await on.quit();
      await on.close();
    }
  });

  it('where ctrl-z is typed at any instant of it', async () => {
    for (const instant of [0, 15, 30, 45, 60, 80, 100, 130, 160, 200]) {
      const on = await second();
      await sleep(instant);
      on.send('\x1a');
      expect({ instant, left: (await on.stopped()).left }).toEqual({ instant, left: [] });
      await on.foreground();
      await isWhole(on);
      await on.quit();
      await on.close();
    }
  });

  it('where a slow line still has the first rows when it is ended', async () => {
    for (const [signal, status] of [
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const)
      for (const instant of [0, 60, 120, 180, 240]) {
        const on = await second({ cols: 200, rows: 50, rests: 40 });
        await sleep(instant);
        on.signal(signal);
        expect({ instant, ...(await on.ended()) }).toEqual({ instant, status, left: [] });
        await on.close();
      }
  });
});
