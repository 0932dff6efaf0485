import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NoLeader } from '../../src/base/errors.ts';
import type { Io } from '../../src/cli/io.ts';
import { writingLine } from '../../src/cli/writing.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function on({ isTTY = true, isWanted = true } = {}) {
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const line = writingLine({ stderr, env: { TERM: 'xterm' } } as unknown as Io, isWanted, 900);
  const said = () => String(stderr.read() ?? '');
  return { ...line, said };
}

it('tells count, rate and time left, as often as anybody can read it', () => {
  const { onProgress, end, said } = on();
  vi.advanceTimersByTime(1_000);
  for (let done = 295; done <= 300; done++) onProgress(done);
  vi.advanceTimersByTime(1_000);
  for (let done = 595; done <= 600; done++) onProgress(done);
  expect(said().split('\x1b[K')).toEqual([
    '\rwriting 295 of 900 jobs · 295 jobs/s · 3s left',
    '\rwriting 595 of 900 jobs · 298 jobs/s · 2s left',
    '',
  ]);
  end();
  expect(said()).toBe('\r\x1b[K');
});

it('says what is waited for, also where the line is not there', () => {
  for (const how of [{ isTTY: false }, { isWanted: false }]) {
    const { onProgress, onWait, said } = on(how);
    vi.advanceTimersByTime(1_000);
    onProgress(300);
    onWait(new NoLeader('there is no leader'));
    expect(said()).toMatch(/^there is no leader; waiting up to 30 s\n$/);
  }
});
