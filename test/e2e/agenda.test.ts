import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { realDkronsLine } from '../support/dkron.ts';
import { closeScreens, startScreen } from '../support/screen.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`agenda: ${realDkronsLine()}`);

afterEach(closeScreens);

describe.each(servers())('on $name', ({ start }) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start();
    for (const [name, schedule, disabled] of [
      ['positions', '0 30 * * * *', false],
      ['zones', '0,20,40 30 * * * *', false],
      ['resting', '* * * * * *', true],
    ])
      await ask(`${server.url}/v1/jobs`, 'POST', {
        name,
        schedule,
        disabled,
        executor: 'shell',
        executor_config: { command: 'true' },
      });
  });
  afterAll(() => server?.stop());

  it('shows what runs when, as far ahead as asked for', async () => {
    const screen = await startScreen({ args: ['--url', server.url], cols: 120, rows: 36 });
    await screen.waitFor('zones');
    await screen.press('A');
    await screen.waitFor('3 jobs, next 6 h · 24 firings');
    const hours = () => screen.text().match(/^ .*·{29}█·*.* {2}4$/gm) ?? [];
    expect(hours().length).toBeGreaterThanOrEqual(5);
    expect(screen.line(screen.rowOf('FIRINGS') + 1)).toMatch(
      /^▌ +.*:30(:00)? +in \d.* +4 +positions, zones ×3/,
    );

    await screen.press('+');
    await screen.waitFor('3 jobs, next 12 h · 48 firings');
    await screen.press('-', '-', '-');
    await screen.waitFor('3 jobs, next 1 h · 4 firings');

    // Only the marked jobs.
    await screen.press('esc', 'G', 'space', 'A');
    await screen.waitFor('1 marked job, next 6 h · 18 firings');
  });
});
