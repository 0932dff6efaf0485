import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { progressLine } from '../../src/cli/progress.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const terminal = { TERM_PROGRAM: 'ghostty', TERM: 'xterm-256color' };

function written(
  env: Record<string, string>,
  { isTTY = true, isWanted = true, soon = false } = {},
) {
  const stderr = Object.assign(new PassThrough(), { isTTY, columns: 20 });
  const line = progressLine({ stderr, env } as unknown as Io, isWanted);
  if (!soon) vi.advanceTimersByTime(1_000);
  line.tell('5 of 10 jobs', 0.5);
  line.tell('a text that is wider than the window', null);
  line.end();
  line.end();
  return String(stderr.read() ?? '');
}

describe('the line of progress', () => {
  it('is written over, fits, and leaves nothing behind, in the tab neither', () => {
    expect(written(terminal)).toBe(
      [
        '\x1b]9;4;1;50\x07\r5 of 10 jobs\x1b[K',
        '\x1b]9;4;0;0\x07\ra text that is wid…\x1b[K',
        '\r\x1b[K',
      ].join(''),
    );
  });

  it('makes room for a note, and comes back below it', () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true });
    const line = progressLine({ stderr, env: { TERM: 'xterm' } } as unknown as Io, true);
    vi.advanceTimersByTime(1_000);
    line.note('first');
    line.tell('5 of 10', 0.5);
    line.note('no leader');
    line.note('still none');
    line.tell('6 of 10', 0.6);
    line.end();
    const [e, over] = ['\x1b[K', '\r\x1b[K'];
    expect(String(stderr.read())).toBe(
      `first\n\r5 of 10${e}${over}no leader\nstill none\n\r6 of 10${e}${over}`,
    );
  });

  it('says its notes also where it is not there', () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: false });
    progressLine({ stderr, env: {} } as unknown as Io, false).note('no leader');
    expect(String(stderr.read())).toBe('no leader\n');
  });

  it.each<[string, Record<string, string>, Parameters<typeof written>[1]]>([
    ['in a pipe', terminal, { isTTY: false }],
    ['where it is unwanted', terminal, { isWanted: false }],
    ['for what is over at once', terminal, { soon: true }],
    ['in CI', { ...terminal, CI: 'true' }, {}],
    ['on a terminal that cannot write over', { TERM: 'dumb' }, {}],
    ['for who listens', { ...terminal, ACCESSIBLE: '1' }, {}],
  ])('is not there %s', (_where, env, how) => {
    expect(written(env, how)).toBe('');
  });

  it('goes when the program ends at once', () => {
    const stderr = Object.assign(new PassThrough(), { isTTY: true });
    const before = process.listeners('exit');
    const line = progressLine({ stderr, env: terminal } as unknown as Io, true);
    vi.advanceTimersByTime(1_000);
    line.tell('5 of 10 jobs', 0.5);
    const [atExit, ...more] = process.listeners('exit').filter((one) => !before.includes(one));
    expect(more).toEqual([]);
    stderr.read();
    (atExit as () => void)();
    expect(String(stderr.read())).toBe('\x1b]9;4;0;0\x07\r\x1b[K');
    expect(process.listeners('exit')).toEqual(before);
  });
});
