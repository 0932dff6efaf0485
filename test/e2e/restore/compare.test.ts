import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo([{ name: 'zones', schedule: '@every 6h' }]);

it('tells what changed since a snapshot, and restores it from there', async () => {
  const on = await openConsole(server);
  await on.takeSnapshot('1 job');
  await on.schedule.change('@every 12h');
  await on.press('R');
  await on.sees('1 of this cluster');
  await on.press('d');
  await on.sees('~1 · 0 the same', /zones +schedule @every 6h → @every 12h/);
  await on.press('R');
  await on.plan.changes('schedule', '@every 12h', '@every 6h');
  await on.plan.apply(1);
  expect((await server.job('zones')).schedule).toBe('@every 6h');
  await on.close();
});
