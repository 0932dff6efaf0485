import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesBelow } from '../../../src/config/places.ts';
import { definition } from '../../../src/job/compare.ts';
import { openJournal } from '../../../src/journal/file.ts';
import { keptAt } from '../../support/kept.ts';
import { Killer, messages, type Point } from '../../support/killer.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const [before, after] = ['@every 24h', '@every 12h'];

const shares = { nothing: 0, half: 0.5, all: 1 };

const points = messages.flatMap(([message, name]) => {
  const parts = Object.entries(shares).map(([share, passed]): [string, Point] => [
    `${share} of ${name} has passed`,
    { message, passed },
  ]);
  // Then the journal is written.
  const times = message === 'looked' || message === 'shown' ? [2, 5, 10, 20] : [];
  const moments = times.map((later): [string, Point] => [
    `${name} was there for ${later} ms`,
    { message, passed: 1, later },
  ]);
  return [...parts, ...moments];
});

/** What may be found then: the schedule on the server, and whether the journal tells of the change. */
function expected({ message, passed, later }: Point): { schedules: string[]; told: boolean[] } {
  if (message === 'looked' && later !== undefined)
    return { schedules: [before, after], told: [false, true] };
  if (message === 'looked' && passed === 1) return { schedules: [before], told: [false, true] };
  if (message === 'look' || message === 'looked') return { schedules: [before], told: [false] };
  if (message !== 'change') return { schedules: [after], told: [true] };
  return { schedules: passed < 1 ? [before] : [before, after], told: [true] };
}

const server = demo([{ name: 'zones', schedule: before, metadata: { partner: 'keolis' } }]);

describe('a program that is killed while it saves', () => {
  let killer: Killer;
  let url: string;
  const job = async () => definition(await server.job('zones'));

  beforeAll(async () => {
    killer = new Killer(server.url);
    url = await killer.listen();
  });
  afterAll(() => killer.close());

  const run = (state: string, ...argv: string[]) =>
    spawn(process.execPath, [program, ...argv, '--yes', '--url', url], {
      stdio: 'ignore',
      env: { ...process.env, XDG_STATE_HOME: state },
    });

  it.each(points)(
    'leaves the old or the new definition, and a journal that knows: %s',
    async (_, point) => {
      const state = folder();
      const old = await job();
      const client = run(state, 'set-schedule', 'zones', after);
      killer.arm(point, client);
      const [, signal] = await once(client, 'exit');
      await killer.settle();
      if (point.later === undefined) expect(signal).toBe('SIGKILL');

      const now = await job();
      const { schedules, told } = expected(point);
      expect(schedules).toContain(now.schedule);
      expect(now).toEqual({ ...old, schedule: now.schedule });

      // It was known which cluster it is before anything was asked of the job.
      const path = (await keptAt(placesBelow('', state), url)).journal;
      const changes = await openJournal(path).changes();
      expect(told).toContain(changes.length === 1);
      if (now.schedule === after) expect(changes).toHaveLength(1);
      for (const { before: text, sent, result } of changes) {
        for (const name of readdirSync(path))
          expect(statSync(join(path, name)).mode & 0o777).toBe(0o600);
        expect(definition(JSON.parse(text ?? ''))).toEqual(old);
        expect(JSON.parse(sent ?? '')).toMatchObject({ name: 'zones', schedule: after });
        if (result !== null) expect([result.outcome, now.schedule]).toEqual(['written', after]);
        if (point.message !== 'shown' && point.later === undefined) expect(result).toBeNull();
        // Whether it happened or not, undo leads to the definition of before.
        const [code] = await once(run(state, 'undo'), 'exit');
        expect(code).toBe(0);
        expect(await job()).toEqual(old);
      }
    },
  );
});
