import { expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';

onEachServer((server) => {
  it('says while one types what this Dkron would say, and when it would run', async () => {
    const zones = { name: 'zones', schedule: '0 */15 * * * *', owner: 'mobility' };
    await server.put(zones);
    const on = await openConsole(server);
    await on.schedule.open();

    // What Dkron refuses, in its words, with the field marked.
    for (const [schedule, field] of [
      ['0 99 * * * *', '99'],
      ['0 0 8-6 * * *', '8-6'],
      ['@every soon', 'soon'],
    ] as const) {
      await on.schedule.retype(schedule);
      const { marked, said } = on.schedule.fault();
      expect(marked).toBe(field);
      await expect(server.put({ ...zones, schedule })).rejects.toThrow(
        `can't parse job schedule: ${said}`,
      );
      await on.schedule.isRefused(`✗ not saved: ${said}`);
    }

    // What it takes, in words, with the runs of before beside those to come.
    await on.schedule.retype('0 0 6 * * MON-FRI');
    await on.sees('at 06:00, Monday to Friday');
    const [before, after] = on.schedule.firstRuns();
    expect(before).toMatch(/^(\w+ \d+ \w+ )?\d\d:(00|15|30|45)(:00)? Z {2}in \d/);
    expect(after).toMatch(/^(\w+ \d+ [\w ]+ )?06:00(:00)? Z {2}in \d/);
    await on.sees(/96 a day +5 a week/);

    // A zone beside it, completed.
    await on.schedule.completeZone('kolk');
    await on.sees('Monday to Friday, Asia/Kolkata', /06:00(:00)? \+05:30 {2}in \d/);
    await on.press('shift-tab');

    // Descriptors are completed: by their beginning, or chosen from those that fit.
    await on.schedule.retype('@mont');
    await on.press('tab');
    await on.schedule.reads('@monthly');
    await on.schedule.retype('@ho');
    await on.press('tab');
    await on.schedule.reads('@hourly');
    await on.sees('Asia/Kolkata has no effect');

    // Common schedules to choose from, and numbers to step.
    await on.press('ctrl-o', 'down', 'down', 'enter');
    await on.schedule.reads('0 */15 * * * *');
    await on.press('home', 'ctrl-right', 'right', 'right', 'right', 'up');
    await on.schedule.reads('0 */16 * * * *');
    await on.press('down', 'down');
    await on.schedule.reads('0 */14 * * * *');

    // A line of a crontab is offered as Dkron needs it.
    await on.schedule.retype('*/5 8-18 * * 1-5');
    await on.sees('ctrl-t takes 0 */5 8-18 * * 1-5');
    await on.press('ctrl-t');
    await on.schedule.reads('0 */5 8-18 * * 1-5');
    expect(await server.job('zones')).toMatchObject({ schedule: zones.schedule, timezone: '' });
    await on.schedule.save();
    await on.told('zones: written and verified');
    expect(await server.job('zones')).toMatchObject({
      schedule: '0 */5 8-18 * * 1-5',
      timezone: 'Asia/Kolkata',
      owner: 'mobility',
    });
  });
});
