import { expect, it } from 'vitest';
import { busyReader } from '../../../src/console/effects/busy.ts';
import type { Dkron } from '../../../src/dkron/client.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import { fakeClock } from '../../support/clock.ts';
import { anExecution } from '../../support/jobs.ts';

/** What runs, at a server that answers when a test says so. */
function reading() {
  const clock = fakeClock();
  const asked: { answer: (runs: Execution[]) => void; signal: AbortSignal | undefined }[] = [];
  const client: Pick<Dkron, 'busy'> = {
    busy: (read) =>
      new Promise((resolve, reject) => {
        const { signal } = read ?? {};
        signal?.addEventListener('abort', () => reject(signal.reason));
        asked.push({ answer: (value) => resolve({ value, whom: 'n1' }), signal });
      }),
  };
  return { clock, asked, busy: busyReader(client, clock) };
}

const run = anExecution();

it('is asked once at a time, and each who asks is told', async () => {
  const { asked, busy } = reading();
  const both = [busy.ask(), busy.ask()];
  expect(asked).toHaveLength(1);
  asked[0]!.answer([run]);
  expect(await Promise.all(both)).toEqual([[run], [run]]);
});

it('is not waited for longer than a moment, and left alone four times as long as it took', async () => {
  const { clock, asked, busy } = reading();
  const late = busy.ask();
  clock.advance(10_000);
  expect(await late).toBeNull();
  const same = busy.ask();
  asked[0]!.answer([run]);
  expect(await same).toEqual([run]);
  clock.advance(39_999);
  expect(await busy.ask()).toBeNull();
  expect(asked).toHaveLength(1);
  clock.advance(1);
  void busy.ask();
  expect(asked).toHaveLength(2);
});

it('is asked anew at once where the way was given up', async () => {
  const { clock, asked, busy } = reading();
  const hung = busy.ask();
  clock.advance(20_000);
  expect(await hung).toBeNull();
  busy.giveUp();
  expect(asked[0]!.signal?.aborted).toBe(true);
  const fresh = busy.ask();
  asked[1]!.answer([run]);
  expect(await fresh).toEqual([run]);
});
