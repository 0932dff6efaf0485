import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { demo } from '../driver/server.ts';

const server = demo([{ name: 'zones', schedule: '@every 6h' }]);

it('tells when a job changed, and has it again as it was before', async () => {
  const on = await openConsole(server);
  await on.takeSnapshot('1 job');
  await on.schedule.change('@every 12h');
  await on.history.open();
  await on.sees(/changed +schedule @every 6h → @every 12h/, 'first seen', 'over 1 snapshot');
  await on.press('j', 'R');
  await on.plan.changes('schedule', '@every 12h', '@every 6h');
  await on.plan.apply(1);
  expect((await server.job('zones')).schedule).toBe('@every 6h');
  await on.back();
  await on.sees(/changed +schedule @every 12h → @every 6h/);
  await on.close();
});
