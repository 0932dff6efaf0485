/** `npm run replay`: what it prints of a log. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createLogFile } from '../../../src/config/log-file.ts';
import { createRecorder } from '../../../src/console/log/recorder.ts';
import type { Message } from '../../../src/console/state/model.ts';
import { update } from '../../../src/console/update/update.ts';
import { keyOf } from '../../terminal/press.ts';
import { now, refreshed, started } from '../states.ts';

const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-script-'));
const path = join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true }));

const messages: Message[] = [
  refreshed([{ name: 'a' }, { name: 'b' }]),
  { type: 'key', key: keyOf('j'), at: 0 },
  { type: 'clock', now: now + 1_000 },
];
const log = createLogFile();
log.open(path);
let state = started();
const recorder = createRecorder(log, state, () => [])!;
for (const message of messages) {
  recorder.message(state, message);
  [state] = update(state, message);
}
log.close();

const replay = (...options: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/replay.ts', path, ...options], { encoding: 'utf8' });

it('prints the last frame, and says what may be amiss', () => {
  const { stdout, stderr } = replay();
  expect(stdout).toMatch(/^# 3 of 3: clock\n .*localhost:8080/);
  expect(stdout).toMatch(/^▌ +b /m);
  expect(stderr).toContain('written by version development, replayed by');
  expect(stderr).toContain('the program did not come to its end');
});

it('prints the frame after a message, in another size', () => {
  const { stdout } = replay('--at', '1', '--size', '60x10');
  expect(stdout).toMatch(/^# 1 of 3: refreshed\n/);
  expect(stdout).toMatch(/^▌ +a /m);
  expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(11);
});

it('prints every frame, or only what each changed', () => {
  expect(replay('--every').stdout.match(/^# .*/gm)).toEqual([
    '# 1 of 3: refreshed',
    '# 2 of 3: key j',
    '# 3 of 3: clock',
  ]);
  expect(replay('--diff').stdout).toMatch(/# 2 of 3: key j\n {2}\d .*\n {2}\d /);
});

it('refuses what is no log', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/replay.ts', 'package.json'], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('package.json holds no console');
});
