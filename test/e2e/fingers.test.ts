import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { realDkronsLine } from '../support/dkron.ts';
import { closeScreens, startScreen } from '../support/screen.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`fingers: ${realDkronsLine()}`);

afterEach(closeScreens);

/** The first minutes of somebody who knows other consoles, in the smallest usual window. */
describe.each(servers())('on $name', ({ start }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
    for (const [name, schedule, timezone] of [
      ['positions', '0 */20 * * * *', 'Asia/Tokyo'],
      ['zones', '0 30 2 * * MON', ''],
    ])
      await ask(`${server.url}/v1/jobs`, 'POST', {
        name,
        schedule,
        timezone,
        executor: 'http',
        executor_config: { method: 'GET', url: `${server.url}/v1/isleader`, expectCode: '200' },
        tags: { dc: 'nowhere' },
      });
  });
  afterAll(() => server?.stop());

  const open = async (cols: number, rows: number) => {
    const screen = await startScreen({
      args: ['--url', server.url],
      cols,
      rows,
      env: { TZ: 'Europe/Paris' },
    });
    await screen.waitFor('zones');
    await screen.idle();
    return screen;
  };

  it('shows schedules whole, all columns, the log and the description', async () => {
    const screen = await open(80, 24);
    expect(screen.text()).toContain('0 */20 * * * *');
    await screen.type('$');
    await screen.waitFor('dc=nowhere');
    await screen.type('0');
    await screen.waitFor('SCHEDULE');
    await screen.type('l');
    await screen.waitFor('positions has not run yet');
    await screen.type('d');
    await screen.waitFor('times in Europe/Paris, yours');
    await screen.type('z');
    await screen.waitFor('times in Asia/Tokyo, the job’s');
    await screen.press('esc');
    await screen.type('/stauts:failed');
    await screen.waitFor('Did you mean status:');
  });

  it('goes on to the pane with tab in a large window', async () => {
    const screen = await open(200, 50);
    const bars = () => screen.text().match(/▌/g)?.length ?? 0;
    expect(bars()).toBe(1);
    await screen.press('tab');
    await screen.waitFor((now) => (now.text().match(/▌/g)?.length ?? 0) > 20);
    await screen.type('j');
    await screen.press('esc');
    await screen.waitFor((now) => now.text().match(/▌/g)?.length === 1);
    expect(screen.line(screen.rowOf('▌'))).toContain('positions');
  });
});
