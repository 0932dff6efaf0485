import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { openConsole, startProgram } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { onEachServer } from '../driver/server.ts';

onEachServer((server) => {
  beforeAll(() =>
    server.put(
      { name: 'zones', schedule: '0 */15 * * * *', disabled: false },
      { name: 'report', schedule: '@daily', timezone: 'Asia/Tokyo' },
      { name: 'never', schedule: '0 0 12 30 2 *' },
    ),
  );

  it('lists what is wrong with the jobs, and mends what has a fix by a plan', async () => {
    const on = await openConsole(server);
    await on.type(':lint');
    await on.press('enter');
    await on.sees('2 warnings', 'in 3 jobs', /never +never/, /zone-ignored +report/);
    await on.type('/fix:yes');
    await on.press('enter');
    await on.sees("the job's time zone");
    await on.press('f');
    await on.plan.changes('schedule', '@daily', '0 0 0 * * *');
    await on.plan.apply(1);
    expect(await server.job('report')).toMatchObject({ schedule: '0 0 0 * * *' });
    // What was mended is gone from the list.
    await on.back();
    await on.sees('1 warning,');
  });

  it('holds a schedule against the TTL of its context while it is typed', async () => {
    const path = join(folder(), 'config.yaml');
    const ttl = `{ shell: 'printf "job,soft\\\\nzones,20\\\\n"', match: { job: name }, soft: soft, unit: min }`;
    writeFileSync(path, `contexts:\n  here:\n    url: ${server.url}\n    lint: { ttl: ${ttl} }\n`);
    const on = await startProgram({
      args: ['--context', 'here'],
      env: { DKRON_TUI_CONFIG: path },
    });
    await on.sees('live');
    await on.jobs.goTo('zones');
    await on.press('i');
    await on.sees('it runs every 15m, and the soft TTL is 20m: it should run every 10m at least');
    await on.press('ctrl-u');
    await on.type('0 */10 * * * *');
    await on.loses('soft TTL');
  });
});
