import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';

const server = demo();

/** Editors of an operator, as EDITOR names them: each sets the owner, and one then stays open. */
const setsOwner = (name: string, then = '') =>
  `sh -c 'sed -i "s/^owner: .*/owner: ${name}/" "$0"${then}'`;

describe('what was saved in the editor', () => {
  it.each(['SIGHUP', 'SIGKILL'] as const)('is there again after %s', async (signal) => {
    const EDITOR = setsOwner('typed-and-saved', '; echo saved; sleep 60');
    const ended = await openConsole(server, { env: { EDITOR } });
    await ended.editOutside('saved');
    ended.signal(signal);
    await ended.ended();

    const on = await openConsole(server, {
      env: { HOME: ended.home, EDITOR: `sh -c 'sleep 1.1'` },
    });
    await on.editOutside('typed-and-saved');
    await on.sees(/this is your draft of \d+s ago/);
  });

  it('leaves nothing in the temporary folder', async () => {
    const temporary = folder();
    const on = await openConsole(server, { env: { TMPDIR: temporary, EDITOR: setsOwner('bob') } });
    await on.editOutside('bob');
    expect(readdirSync(temporary).filter((name) => name !== 'node-compile-cache')).toEqual([]);
  });
});
