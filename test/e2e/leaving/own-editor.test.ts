import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { tooOld } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo();

/** An editor of the operator's own that stays open until the script goes on. */
const staysOpen = (script: string) => ({ EDITOR: `sh -c 'echo in the editor; ${script}'` });
const aMinute = staysOpen('exec sleep 60');

describe("Ctrl-C in the operator's own editor", () => {
  it.each([
    ['the console itself', []],
    ['an older Node', [tooOld]],
  ])('ends that and not the console, started by %s', async (_, node) => {
    const on = await openConsole(server, { node, env: aMinute });
    await on.editOutside('in the editor');
    on.send('\x03');
    await on.told('was ended by SIGINT');
    expect(on.alternate()).toBe(true);
    await on.quit();
  });
});

describe("a signal for all of a terminal's job, in the operator's own editor", () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends both, and leaves a sane terminal', async (signal, status) => {
    const on = await openConsole(server, { env: aMinute });
    await on.editOutside('in the editor');
    process.kill(-on.pid!, signal);
    await on.endsWith(status);
  });
});

describe("the end of the operator's own editor", () => {
  it('gives the keys back to a console that was resized meanwhile', async () => {
    const on = await openConsole(server, { env: staysOpen('read line') });
    await on.editOutside('in the editor');
    for (const cols of [90, 110, 100]) await on.resize(cols, 30);
    on.send('\r');
    await on.told('nothing was');
    await on.help.open();
    await on.press('q');
    await on.quit();
  });
});
