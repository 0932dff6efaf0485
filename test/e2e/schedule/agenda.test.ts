import { beforeAll, expect, it } from 'vitest';
import { openConsole } from '../driver/console.ts';
import { onEachServer } from '../driver/server.ts';

onEachServer((server) => {
  beforeAll(() =>
    server.put(
      { name: 'positions', schedule: '0 30 * * * *' },
      { name: 'zones', schedule: '0,20,40 30 * * * *' },
      { name: 'resting', schedule: '* * * * * *', disabled: true },
    ),
  );

  it('shows what runs when, as far ahead as asked for', async () => {
    const on = await openConsole(server);
    await on.agenda.open();
    await on.sees('3 jobs, next 6 h · 24 runs');
    const hours = () => on.text().match(/^ .*·{29}█·*.* {2}4$/gm) ?? [];
    expect(hours().length).toBeGreaterThanOrEqual(5);
    expect(on.line(on.rowOf('RUNS') + 1)).toMatch(
      /^▌ +.*:30(:00)? +in \d.* +4 +positions, zones ×3/,
    );

    await on.press('+');
    await on.sees('3 jobs, next 12 h · 48 runs');
    await on.press('-', '-', '-');
    await on.sees('3 jobs, next 1 h · 4 runs');

    // Only the marked jobs.
    await on.back();
    await on.jobs.mark('zones');
    await on.agenda.open();
    await on.sees('1 marked job, next 6 h · 18 runs');
  });
});
