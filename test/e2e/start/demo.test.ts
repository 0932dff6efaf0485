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

it('the demo has snapshots of before, which tell why a job fails and restore one that is gone', async () => {
  const home = folder();
  const on = await startProgram({ args: ['--demo'], env: { HOME: home, TMPDIR: home } });
  await on.sees('live');
  await on.press('/');
  await on.type('getaround');
  await on.press('enter', 'W');
  await on.sees(
    'Why getaround-assets',
    /20s – 3m +getaround-assets +changed: schedule 0 \*\/15 \* \* \* \* → 0 \*\/5 \* \* \* \*/,
  );
  await on.back(2);
  await on.press('R');
  await on.sees('3 of this cluster', 'nightly');
  await on.press('end', 'enter');
  await on.sees('blablacar-journeys');
  await on.press('end');
  await on.sees('voi-stations');
  await on.back();
  await on.quit(2);
});
