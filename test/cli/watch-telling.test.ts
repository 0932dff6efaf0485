import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import type { Reached } from '../../src/cli/cluster.ts';
import { createTelling } from '../../src/cli/watch/telling.ts';
import type { WatchEvent } from '../../src/oversight/watch/model.ts';
import type { Progress, Spool } from '../../src/oversight/watch/spool.ts';

const minute = 60_000;

const anEvent = (id: string): WatchEvent =>
  ({ id, kind: 'missed', job: 'a', at: 0, seen: 0, why: '' }) as unknown as WatchEvent;

it('tells once of a command that does not end, and of what waits for it', async () => {
  let now = 0;
  const stderr = new PassThrough();
  const io = { stdout: new PassThrough(), stderr, env: {} };
  const target = { serverZone: 'UTC' };
  const tell = createTelling({
    reached: { io, json: false, target } as unknown as Reached,
    spool: { progress: async (): Promise<Progress> => ({ at: 'running' }) } as unknown as Spool,
    teller: { watch: 'watch', server: 'http://d', cluster: { id: 'c', name: 'c' } },
    command: 'sleep 1000',
    now: () => now,
    wake: () => {},
  });
  const events = ['w-1', 'w-2', 'w-3'].map(anEvent);
  for (; now <= 12 * minute; now += minute) expect([...(await tell(events))]).toEqual([]);
  expect(String(stderr.read())).toBe(
    'the command for w-1 has run for 5m and goes on; 2 further events wait for it\n',
  );
});
