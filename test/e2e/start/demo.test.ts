import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';

it('the demo keeps what it keeps apart from the operator’s, and only while it lasts', async () => {
  const home = folder();
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  const on = await startProgram({ args: ['--demo'], env: { HOME: home, TMPDIR: temporary } });
  await on.sees('live');
  await on.takeSnapshot('jobs');
  expect(readdirSync(temporary)).toContainEqual(expect.stringMatching(/^dkron-tui-demo-/));
  await on.quit();
  expect(readdirSync(temporary).filter((name) => name !== 'node-compile-cache')).toEqual([]);
  expect(readdirSync(home, { recursive: true }).map(String)).not.toContainEqual(
    expect.stringMatching(/snapshots|journal|drafts/),
  );
});
