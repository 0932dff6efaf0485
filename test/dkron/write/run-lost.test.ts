/** A run whose connection dies: looked for until it is found, and never asked for twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Pauses } from '../../../src/base/clock.ts';
import { OutcomeUnknown, Unreachable } from '../../../src/base/errors.ts';
import { createClient } from '../../../src/dkron/client.ts';
import type { RunOptions, RunResult } from '../../../src/dkron/write/run.ts';
import { countedServer } from '../../support/counted-server.ts';
import { doorOf } from '../../support/door.ts';
import { change, type Fault, faultProxy } from '../../support/fault-proxy.ts';

/** Time in which a pause is over at the next turn, and the server has its turns too. */
function quickClock(): Pauses {
  let now = 0;
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** A server with a job that runs for a moment, behind a line. */
async function behindLine(command = 'sleep 0.2') {
  const server = await countedServer({
    name: 'job',
    executor: 'shell',
    executor_config: { command },
  });
  const line = await faultProxy(server.url);
  const client = createClient({ url: line.url });
  onTestFinished(() => client.close());
  const said: string[] = [];
  const run = (options: RunOptions = {}, clock?: Pauses): Promise<RunResult> =>
    doorOf(client, clock === undefined ? {} : { clock }).run('job', {
      onSent: () => said.push('sent'),
      onLost: () => said.push('lost'),
      onWait: () => said.push('waiting'),
      onBack: () => said.push('back'),
      ...options,
    });
  /** The server has the request, and has not answered. */
  const arrived = () => vi.waitFor(() => expect(server.changes()).toEqual([post]), { interval: 5 });
  return { server, line, run, said, arrived };
}

const post = 'POST /v1/jobs/job';

it('sends nothing where the connection is refused before', async () => {
  const { server, line, run, said } = await behindLine();
  await line.break({ kind: 'refuse' });
  const result = await run();
  expect(result).toMatchObject({ outcome: 'refused', error: expect.any(Unreachable) });
  expect(result).toHaveProperty('error.data', 'Nothing was sent, so nothing runs.');
  expect(said).toEqual([]);
  expect(server.changes()).toEqual([]);
});

it.each<Fault['kind']>(['reset', 'black-hole'])(
  'does not know of a request that died on its way: %s',
  async (kind) => {
    const { server, line, run, said } = await behindLine();
    const struck = line.breakAt(change, { kind } as Fault, 'before');
    const running = run({}, quickClock());
    await struck;
    await line.mend();
    if (kind === 'black-hole') line.cut();
    const result = await running;
    expect(result).toMatchObject({ outcome: 'unknown', error: expect.any(OutcomeUnknown) });
    expect(result).toHaveProperty('error.exit', 'unknown');
    expect(said).toContain('lost');
    expect(server.changes()).toEqual([]);
  },
);

describe('a connection that dies while the run goes on', () => {
  it.each<Fault['kind']>(['refuse', 'reset', 'half-close', 'black-hole'])(
    'is looked for when the way is back, and found: %s',
    async (kind) => {
      const { server, line, run, said, arrived } = await behindLine();
      const running = run();
      await arrived();
      await line.break({ kind } as Fault);
      await sleep(250);
      await line.mend();
      if (kind === 'black-hole') line.cut();
      expect(await running).toMatchObject({
        outcome: 'done',
        executions: [{ job_name: 'job', success: true }],
      });
      expect(said.slice(0, 2)).toEqual(['sent', 'lost']);
      expect(server.changes()).toEqual([post]);
    },
  );

  it('for as long as one waits is not known, never unreachable', async () => {
    const { server, line, run, said, arrived } = await behindLine('sleep 30');
    const clock = quickClock();
    const running = run({ patience: 120_000 }, clock);
    await arrived();
    await line.break({ kind: 'refuse' });
    expect(await running).toHaveProperty('error.exit', 'unknown');
    expect(clock.now()).toBeGreaterThanOrEqual(120_000);
    expect(said).toEqual(['sent', 'lost', 'waiting']);
    expect(server.changes()).toEqual([post]);
  });

  it('is looked for as long as nobody ends it', async () => {
    const { line, run, arrived } = await behindLine('sleep 30');
    const leaving = new AbortController();
    const clock = quickClock();
    const running = run({ signal: leaving.signal }, clock);
    await arrived();
    await line.break({ kind: 'refuse' });
    while (clock.now() < 3_600_000) await new Promise((resolve) => setImmediate(resolve));
    leaving.abort(new Error('left'));
    await expect(running).rejects.toThrow('left');
  });
});
