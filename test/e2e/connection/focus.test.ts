import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo();
const blur = '\x1b[O';
const focus = '\x1b[I';

it('rests while the terminal has no focus, and reads at once when it comes back', async () => {
  const on = await openConsole(server);
  await on.sees('live');
  on.send(blur);
  await on.sees('resting');
  on.send(focus);
  await on.sees('live');
});

it('pauses and goes on by p, and its editor is not told of the focus', async () => {
  const on = await openConsole(server);
  await on.press('p');
  await on.sees(/paused · \ds old \(p goes on\)/);
  await on.press('/');
  on.send(`a${blur}b${focus}c`);
  await on.sees('/abc');
  await on.press('esc', 'p');
  await on.sees('live');
  expect(on.text()).not.toContain('paused');
});
