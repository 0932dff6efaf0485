import { beforeAll, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';

/** The first minutes of somebody who knows other consoles, in the smallest usual window. */
onEachServer((server) => {
  beforeAll(() => {
    const common = {
      executor: 'http',
      executor_config: { method: 'GET', url: `${server.url}/v1/isleader`, expectCode: '200' },
      tags: { dc: 'nowhere' },
    };
    return server.put(
      { ...common, name: 'positions', schedule: '0 */20 * * * *', timezone: 'Asia/Tokyo' },
      { ...common, name: 'zones', schedule: '0 30 2 * * MON', timezone: '' },
    );
  });

  const inParis = { TZ: 'Europe/Paris' };

  it('shows schedules whole, all columns, the log and the description', async () => {
    const on = await openConsole(server, { cols: 80, rows: 24, env: inParis });
    await on.sees('zones', '0 */20 * * * *');
    await on.type('$');
    await on.sees('dc=nowhere');
    await on.type('0');
    await on.sees('SCHEDULE');
    await on.type('l');
    await on.sees('positions has not run yet');
    await on.type('d');
    await on.sees('times in Europe/Paris, yours');
    await on.type('z');
    await on.sees('times in Asia/Tokyo, the job’s');
    await on.back();
    await on.type('/stauts:failed');
    await on.sees('Did you mean status:');
  });

  it('goes on to the pane with tab in a large window', async () => {
    const on = await openConsole(server, { cols: 200, rows: 50, env: inParis });
    const showsBars = (how: string, fits: (bars: number) => boolean) =>
      on.until(() => fits(on.text().match(/▌/g)?.length ?? 0), `${how} of the cursor`);
    await showsBars('one bar', (bars) => bars === 1);
    await on.press('tab');
    await showsBars('many bars', (bars) => bars > 20);
    await on.type('j');
    await on.back();
    await showsBars('one bar', (bars) => bars === 1);
    await on.jobs.isOn('positions');
  });
});
