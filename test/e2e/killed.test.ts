import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesBelow } from '../../src/config/places.ts';
import { definition } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { openJournal } from '../../src/journal/file.ts';
import { Killer, type Point } from '../support/killer.ts';
import { ask, demoServer, type RunningServer } from '../support/servers.ts';

const program = fileURLToPath(new URL('../../bin/dkron-tui.js', import.meta.url));
const [before, after] = ['@every 24h', '@every 12h'];

/** Of the messages of a save; before them it looks at the job and at the server. */
const messages: Readonly<Record<number, string>> = {
  4: 'the fresh read',
  5: 'its answer',
  6: 'the change',
  7: 'the answer to it',
  8: 'the reading back',
  9: 'its answer at last',
};
const shares = { nothing: 0, half: 0.5, all: 1 };

const points = Object.entries(messages).flatMap(([number, name]) => {
  const message = Number(number);
  const parts = Object.entries(shares).map(([share, passed]): [string, Point] => [
    `${share} of ${name} has passed`,
    { message, passed },
  ]);
  // Then the journal is written.
  const times = message === 5 || message === 9 ? [2, 5, 10, 20] : [];
  const moments = times.map((later): [string, Point] => [
    `${name} was there for ${later} ms`,
    { message, passed: 1, later },
  ]);
  return [...parts, ...moments];
});

/** What may be found then: the schedule on the server, and whether the journal tells of the change. */
function expected({ message, passed, later }: Point): { schedules: string[]; told: boolean[] } {
  if (message === 5 && later !== undefined)
    return { schedules: [before, after], told: [false, true] };
  if (message === 5 && passed === 1) return { schedules: [before], told: [false, true] };
  if (message <= 5) return { schedules: [before], told: [false] };
  if (message > 6) return { schedules: [after], told: [true] };
  return { schedules: passed < 1 ? [before] : [before, after], told: [true] };
}

describe('a program that is killed while it saves', () => {
  let server: RunningServer;
  let killer: Killer;
  let url: string;
  let state: string;
  const job = async () => definition(await ask<Job>(`${server.url}/v1/jobs/zones`));

  beforeAll(async () => {
    server = await demoServer({ empty: true });
    killer = new Killer(server.url);
    url = await killer.listen();
    await ask(`${server.url}/v1/jobs`, 'POST', {
      name: 'zones',
      schedule: before,
      metadata: { partner: 'keolis' },
      executor: 'shell',
      executor_config: { command: 'true' },
    });
    state = mkdtempSync(join(tmpdir(), 'dkron-tui-killed-'));
  });
  afterAll(async () => {
    killer.close();
    await server.stop();
    rmSync(state, { recursive: true, force: true });
  });

  const run = (home: string, ...argv: string[]) =>
    spawn(process.execPath, [program, ...argv, '--yes', '--url', url], {
      stdio: 'ignore',
      env: { ...process.env, XDG_STATE_HOME: home },
    });

  it.each(points)(
    'leaves the old or the new definition, and a journal that knows: %s',
    async (_, point) => {
      const home = mkdtempSync(join(state, 'home-'));
      const old = await job();
      const client = run(home, 'set-schedule', 'zones', after);
      killer.arm(point, client);
      const [, signal] = await once(client, 'exit');
      await killer.settle();
      if (point.later === undefined) expect(signal).toBe('SIGKILL');

      const now = await job();
      const { schedules, told } = expected(point);
      expect(schedules).toContain(now.schedule);
      expect(now).toEqual({ ...old, schedule: now.schedule });

      const path = placesBelow('', home).journal(url);
      const changes = await openJournal(path).changes();
      expect(told).toContain(changes.length === 1);
      if (now.schedule === after) expect(changes).toHaveLength(1);
      for (const { before: text, sent, result } of changes) {
        for (const name of readdirSync(path))
          expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
        expect(definition(JSON.parse(text ?? ''))).toEqual(old);
        expect(JSON.parse(sent ?? '')).toMatchObject({ name: 'zones', schedule: after });
        if (result !== null) expect([result.outcome, now.schedule]).toEqual(['written', after]);
        if (point.message < 9 && point.later === undefined) expect(result).toBeNull();
        // Whether it happened or not, undo leads to the definition of before.
        const [code] = await once(run(home, 'undo'), 'exit');
        expect(code).toBe(0);
        expect(await job()).toEqual(old);
      }
    },
  );
});
