/** Why a job fails: from the key to the edit that broke it, and to what it printed. */
import { expect, it } from 'vitest';
import { openConsole, startConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { demo, onEachServerWith } from '../driver/server.ts';
import { ran, ranAsItIs } from './ran.ts';

onEachServerWith('shell', (server) => {
  it('names the edit before the first failure, shows all of it, and compares the runs', async () => {
    const env = { XDG_STATE_HOME: folder(), XDG_DATA_HOME: folder() };
    await ran(server, 'broken', 'echo all well; sleep 1', 1);
    const command = 'executor_config.command=echo disk full; sleep 1; exit 3';
    const editing = await startConsole(server, {
      args: ['edit', 'broken', '--set', command, '--yes'],
      env,
    });
    await editing.endsWith(0);
    await ranAsItIs(server, 'broken', 2);

    const on = await openConsole(server, { env });
    await on.jobs.goTo('broken');
    await on.press('W');
    await on.sees('Why broken', 'fails since', /changed by .*: executor_config\.command/);
    await on.press('enter');
    await on.sees('− echo all well; sleep 1', '+ echo disk full; sleep 1; exit 3');
    await on.back(1);
    await on.press('D');
    await on.sees('older: ✓ success', 'newer: ✗ failed', '− all well', '+ disk full');

    const told = await startConsole(server, { args: ['why', 'broken', '--patch'], env });
    await told.sees(
      /changed by .*: executor_config\.command/,
      '− echo all well',
      'compare-runs broken',
    );
    await told.endsWith(0);
  });
});

const server = demo();

it('lists what does not run with its cause, and all that hangs on a job', async () => {
  const on = await openConsole(server, { cols: 80, rows: 24 });
  await on.type(':missed\r');
  await on.sees('gbfs-paris-import', 'keolis-tarifs', 'maas-export', 'stuck', 'nowhere');
  await on.press('t');
  await on.sees('Run again');
  await on.back(2);
  await on.jobs.goTo('keolis-zones');
  await on.press('T');
  await on.sees('keolis-zones-index', 'keolis-zones-publish');
  await on.back(1);
  await on.press('C');
  await on.sees('Cluster', 'you are here', 'Follows');
  expect(on.wrappedRows()).toEqual([]);
});
