/** A maintenance on the screen, of two consoles on the same machine. */
import process from 'node:process';
import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo } from '../driver/server.ts';

const server = demo([{ name: 'db-a' }, { name: 'db-b' }, { name: 'other' }]);

it('is started with one key, told by every console, and ended by another', async () => {
  const env = { ...process.env, XDG_STATE_HOME: folder(), XDG_DATA_HOME: folder() };
  const [on, beside] = [await openConsole(server, { env }), await openConsole(server, { env })];
  await on.jobs.filter('db');
  await on.press('M');
  await on.plan.expect({ title: 'Maintenance  db', changed: 2 });
  await on.press('enter');
  await on.confirm('Start the maintenance db on');
  await on.told('2 jobs disabled and verified');

  // It may have seen it first while it was being started, and learns the rest with its next look.
  await beside.sees(/maintenance db: 2 jobs, since ([6-9]|\d\d)s/);
  await server.put({ name: 'db-a', disabled: true, retries: 3 });
  await beside.press('M');
  await beside.plan.expect({ title: 'End  maintenance db: 2 jobs' });
  await beside.sees('changed since: retries 0 → 3');
  await beside.press('enter');
  await beside.confirm('End the maintenance db on');
  await beside.told('db-b: enabled and verified');

  await on.loses('maintenance db: 2 jobs');
  const disabled = (await server.jobs()).filter((job) => job.disabled).map(({ name }) => name);
  expect(disabled).toEqual(['db-a']);
});
