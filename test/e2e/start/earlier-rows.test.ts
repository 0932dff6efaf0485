import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { faultProxy } from '../../support/fault-proxy.ts';
import { openConsole, startConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo(['alpha', 'bravo', 'charlie'].map((name) => ({ name })));

it('shows the rows of the console before while nothing has answered, and then the live ones', async () => {
  const state = mkdtempSync(join(tmpdir(), 'earlier-rows-'));
  onTestFinished(() => rmSync(state, { recursive: true }));
  const env = { XDG_STATE_HOME: state };
  const line = await faultProxy(server.url);
  const before = await openConsole(line, { env });
  await before.jobs.shows('charlie');
  await before.quit();
  await line.break({ kind: 'hold' });

  const on = await startConsole(line, { env });
  await on.sees('charlie', '3 as they were', /reading · rows of .*, \d+s old/);
  await on.press('j', 'enter');
  await on.told('not yet: these rows are from before');
  await on.jobs.isOn('bravo');
  await line.mend();
  await on.sees('live · ');
  await on.loses('as they were');
  await on.jobs.isOn('bravo');
  await on.press('enter');
  await on.sees('bravo');
  expect(on.text()).not.toContain('not yet');
  await on.quit(2);
});
