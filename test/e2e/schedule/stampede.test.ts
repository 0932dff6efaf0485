import { beforeAll, expect, it } from 'vitest';
import { supports } from '../../../src/schedule/features.ts';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';

onEachServer((server) => {
  beforeAll(() =>
    server.put(
      { name: 'alone', schedule: '@manually' },
      ...['b', 'c', 'd'].map((name) => ({ name, schedule: '0 0 3 * * *' })),
    ),
  );

  it('says whom a schedule joins while it is typed, and fills in what is calmer', async () => {
    const on = await openConsole(server);
    await on.jobs.goTo('alone');
    await on.schedule.open();
    await on.schedule.retype('0 0 3 * * *');
    await on.sees(/joins +4th of 4 at .*03:00/);
    await on.sees('ctrl-t  0 1 3 * * *, alone');

    // Somebody else takes the same second meanwhile.
    await server.put({ name: 'e', schedule: '0 0 3 * * *' });
    await on.press('ctrl-r');
    await on.sees(/joins +5th of 5 at/, 'ctrl-t  0 1 3 * * *, alone');
    await on.schedule.reads('0 0 3 * * *');

    // A Dkron that was built at home may not tell its version: then the newest is meant.
    const offersHash = on.text().includes('0 ~ 3 * * *');
    if (supports('hash', server.version)) expect(offersHash).toBe(true);
    await on.press('ctrl-t', ...(offersHash ? ['enter'] : []));
    await on.schedule.reads('0 1 3 * * *');
    await on.sees('joins   alone: ');
    expect(await server.job('alone')).toMatchObject({ schedule: '@manually' });
    await on.schedule.save();
    expect(await server.job('alone')).toMatchObject({ schedule: '0 1 3 * * *' });
  });
});
