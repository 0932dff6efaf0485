import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { CorruptFile } from '../../../src/base/errors.ts';
import { readState, writeState } from '../../../src/oversight/watch/file.ts';
import { newState, step, toTell } from '../../../src/oversight/watch/step.ts';
import { ran, seen, start } from './seen.ts';

async function aPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'watch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'state.json');
}

it('comes back as it was, with what waits to be told, for its owner only', async () => {
  const path = await aPath();
  expect(await readState(path)).toBeNull();
  const troubles = new Map([
    ['a', { state: 'late', at: start, cause: { kind: 'unknown' } }],
  ] as const);
  const { state } = step(newState('w', start), seen([ran(5, 1)], { troubles }));
  const told = toTell(state, [{ kind: 'fixed', job: 'a', at: start, why: '' }], start + 1);
  await writeState(path, told);
  expect(await readState(path)).toEqual(told);
  expect(told.pending.map(({ id }) => id)).toEqual(['w-000001']);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

it.each(['', '{}', '{"version":1,"jobs":[]}', '[]'])(
  'refuses what it has not written: %s',
  async (text) => {
    const path = await aPath();
    await writeFile(path, text);
    await expect(readState(path)).rejects.toBeInstanceOf(CorruptFile);
  },
);
