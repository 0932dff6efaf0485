import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();

describe('Ctrl-Z', () => {
  it('gives the terminal to the shell, and fg draws the console again', async () => {
    const on = await openConsole(server);
    await on.press('j', 'ctrl-z');
    expect(await on.stopped()).toEqual({ status: 148, left: [] });
    await on.foreground();
    await on.sees('Jobs');
    expect(on.alternate()).toBe(true);
    await on.help.open();
    await on.press('ctrl-c');
    await on.endsWith(0);
  });
});
