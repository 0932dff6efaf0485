/** Looking into a snapshot: from the shell, where there is no server at all, and from the console. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { aDefinition } from '../../support/jobs.ts';
import { ask, demoServer } from '../../support/servers.ts';
import { openConsole, startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';

it('shows a file without a server, in a small terminal, and leaves that as it was', async () => {
  const file = join(folder(), 'before-move');
  const jobs = ['fares', 'stops', 'zones'].map((name) =>
    JSON.stringify(
      aDefinition({ name, schedule: '@yearly', owner: name === 'zones' ? 'ada' : '' }),
    ),
  );
  writeFileSync(file, `${jobs.join('\n')}\n`);
  const on = await startProgram({
    args: ['show', file],
    cols: 80,
    rows: 24,
    env: { DKRON_URL: 'http://127.0.0.1:9' },
  });
  await on.sees(/^ {2}SNAPSHOT {2}before-move at .*unproven/m, 'fares', 'zones');
  await on.type('/owner:ada');
  await on.press('enter');
  await on.sees('1 shown');
  await on.press('t');
  await on.told('this is a snapshot, not a server');
  await on.press('enter');
  await on.sees('counted from now', 'A snapshot keeps no runs.');
  await on.back();
  await on.sees('1 shown');
  // The filter first.
  await on.quit(2);
});

it('lies over the console of a server, and takes jobs back there', async () => {
  const { url, stop } = await demoServer({ empty: true, name: 'inside1' });
  onTestFinished(stop);
  for (const name of ['fares', 'stops'])
    await ask(`${url}/v1/jobs`, 'POST', aDefinition({ name, schedule: '@yearly' }));
  const on = await openConsole({ url }, { cols: 80, rows: 24 });
  await on.takeSnapshot('2 jobs');
  await ask(`${url}/v1/jobs/stops`, 'DELETE');
  await on.press('R');
  await on.sees('Snapshots  1');
  await on.press('enter');
  await on.sees(/^ {2}SNAPSHOT {2}/m, 'stops');
  await on.seesNot(/ live /);
  await on.press('q');
  await on.told('again, the server');
  await on.sees('Snapshots  1', / live /);
  await on.press('enter');
  await on.sees(/^ {2}SNAPSHOT {2}/m);
  await on.press('j', 'R');
  await on.sees(/Restore .*1 new/, '1 marked');
  await on.press('enter');
  await on.confirm('Write 1 job');
  await on.told('written and verified');
  expect(await (await fetch(`${url}/v1/jobs/stops`)).json()).toMatchObject({ name: 'stops' });
});
