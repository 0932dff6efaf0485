import { describe, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();
const often = { args: ['--refresh', '0.5'] };

describe('what changes on the server', () => {
  it('shows by itself, under a cursor that stays on its job', async () => {
    const on = await openConsole(server, often);
    await on.jobs.shows('karos-journeys');
    await on.press('G', 'k');
    const name = on.jobs.current()!;
    await server.put({ name: 'aaa-new' });
    await on.sees('Jobs  48');
    await on.jobs.isOn(name);
  });

  it('cannot bring control characters to the terminal', async () => {
    const evil = '\x1b]0;owned\x07\x1b[2J\x1b[31mred\u202e\u200b';
    await server.put({
      name: 'evil',
      displayname: evil,
      owner: evil,
      metadata: { note: evil },
      executor_config: { command: `echo "${evil}"` },
    });
    const on = await openConsole(server, often);
    await on.jobs.filter('evil');
    for (const key of ['enter', 'y', 'esc']) {
      await on.press(key);
      await on.sees('red');
      await on.seesNot(/[\u202e\u200b]/);
      expect(on.title).toBe('');
    }
  });
});
