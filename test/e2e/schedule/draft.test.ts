import { expect, it } from 'vitest';
import { atLeast } from '../../../src/base/dkron-version.ts';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';

onEachServer((server) => {
  it('keeps what was typed: over Esc, over a change by others, over a refusal', async () => {
    const zones = { name: 'zones', schedule: '0 */15 * * * *', owner: 'mobility' };
    await server.put(zones);
    const on = await openConsole(server);
    await on.schedule.open();
    await on.schedule.retype('0 0 5 * * *');
    await on.schedule.leave();
    expect(await server.job('zones')).toMatchObject({ schedule: zones.schedule });
    await on.schedule.open();
    await on.sees('your draft of');
    await on.schedule.reads('0 0 5 * * *');

    // Somebody else changes the job while the editor is open.
    const others = { owner: 'somebody else', schedule: '@hourly' };
    await server.put({ ...zones, ...others });
    await on.schedule.isRefused(/zones was changed on http.* since it was read/);
    await on.sees('Nothing was sent.');
    await on.schedule.reads('0 0 5 * * *');
    expect(await server.job('zones')).toMatchObject(others);

    // Opened on what is there now, the draft can be saved.
    await on.schedule.leave();
    await on.sees('@hourly');
    await on.schedule.open();
    await on.schedule.reads('0 0 5 * * *');

    // A refusal that nobody could foresee.
    if (atLeast(server.version, '4.0.9')) {
      await server.post('pause');
      await on.schedule.isRefused(/paused/);
      await on.schedule.reads('0 0 5 * * *');
      expect(await server.job('zones')).toMatchObject({ schedule: '@hourly' });
      await server.post('unpause');
    }
    await on.schedule.save();
    expect(await server.job('zones')).toMatchObject({ ...others, schedule: '0 0 5 * * *' });
    await on.schedule.open();
    await on.seesNot('your draft');
  });
});
