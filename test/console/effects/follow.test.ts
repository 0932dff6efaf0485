import { expect, it } from 'vitest';
import { Unreachable } from '../../../src/base/errors.ts';
import { createFollower } from '../../../src/console/effects/follow.ts';
import type { Message } from '../../../src/console/state/model.ts';
import type { Followed } from '../../../src/console/state/text.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import { fakeClock } from '../../support/clock.ts';
import { anExecution } from '../../support/jobs.ts';

const never = '0001-01-01T00:00:00Z';
const piece = (output: string): Execution =>
  anExecution({ id: '1-n1', job_name: 'a', finished_at: never, output });
const run: Followed = { name: 'a', execution: '1-n1', focused: true };

/** A server that takes so long to answer, ms, and tells this. */
function following() {
  const clock = fakeClock();
  const told: Message[] = [];
  const world = {
    takes: 2,
    runs: [piece('one')] as Execution[] | null,
    asked: 0,
    fails: false,
    lost: false,
  };
  const follow = createFollower({
    client: {
      execution: async () => {
        if (world.fails) throw new Unreachable('no');
        const finished_at = world.lost ? never : '2026-11-21T14:00:00Z';
        return { value: { ...piece('whole'), finished_at }, whom: 'n1' };
      },
    },
    clock,
    busy: async () => {
      world.asked++;
      clock.advance(world.takes);
      return world.runs;
    },
    answering: async () => {},
    dispatch: (message) => told.push(message),
    watch: (work) => void work,
  });
  const settle = () => new Promise(setImmediate);
  const pass = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await settle();
  };
  return { world, told, follow, pass, settle };
}

it('asks at once and twice a second, and tells each look', async () => {
  const { world, told, follow, pass, settle } = following();
  follow(run);
  await settle();
  expect(told).toMatchObject([
    { type: 'followed', sight: { kind: 'runs', run: { output: 'one' } } },
  ]);
  world.runs = [piece('two')];
  await pass(499);
  expect(told).toHaveLength(1);
  await pass(1);
  expect(told[1]).toMatchObject({ sight: { kind: 'runs', run: { output: 'two' } } });
  world.runs = [];
  await pass(500);
  expect(told[2]).toMatchObject({ sight: { kind: 'ended', run: { output: 'whole' } } });
});

it('leaves a slow server alone four times as long as it took, and longer where nobody looks', async () => {
  const { world, follow, pass, settle } = following();
  world.takes = 600;
  follow(run);
  await settle();
  await pass(2_399);
  expect(world.asked).toBe(1);
  await pass(1);
  expect(world.asked).toBe(2);
  follow({ ...run, focused: false });
  await settle();
  await pass(29_999);
  expect(world.asked).toBe(3);
  await pass(1);
  expect(world.asked).toBe(4);
});

it('asks more seldom about what nobody runs', async () => {
  const { world, told, follow, pass, settle } = following();
  Object.assign(world, { runs: [], lost: true });
  follow(run);
  await settle();
  expect(told).toMatchObject([{ sight: { kind: 'lost' } }]);
  await pass(4_999);
  expect(world.asked).toBe(1);
  await pass(1);
  expect(world.asked).toBe(2);
});

it('asks no more once nothing is followed, also for what is under way', async () => {
  const { world, told, follow, pass, settle } = following();
  follow(run);
  follow(null);
  await settle();
  await pass(60_000);
  expect([told, world.asked]).toEqual([[], 1]);
});

it('goes on where a server cannot be read', async () => {
  const { world, told, follow, pass, settle } = following();
  Object.assign(world, { runs: null, fails: true });
  follow(run);
  await settle();
  expect(told).toMatchObject([{ sight: { kind: 'untold' } }]);
  Object.assign(world, { runs: [piece('one')] });
  await pass(500);
  expect(told[1]).toMatchObject({ sight: { kind: 'runs' } });
});
