import { expect, it } from 'vitest';
import type { Looked } from '../../../src/console/effects/look.ts';
import type { Shown } from '../../../src/console/effects/reading.ts';
import { createRoster } from '../../../src/console/effects/roster.ts';
import type { Node } from '../../../src/dkron/shapes.ts';
import {
  type KnownRoster,
  lookedAgain,
  noRoster,
  rosterOf,
  rosterWords,
} from '../../../src/oversight/roster.ts';
import { fakeClock } from '../../support/clock.ts';

const alive = 1;
const failed = 4;
const members = (...states: number[]): Node[] =>
  states.map((Status, at) => ({ Name: `n${at + 1}`, Status, Tags: {} }) as unknown as Node);

function watched(kept: KnownRoster = noRoster) {
  const clock = fakeClock();
  const said: string[][] = [];
  const written: KnownRoster[] = [];
  const known = Promise.withResolvers<void>();
  const { saw, stop } = createRoster({
    clock,
    dispatch: (message) => {
      if (message.type === 'roster') said.push(message.changes.map(rosterWords));
    },
    file: async () => {
      await known.promise;
      return { read: async () => kept, keep: async (more) => void written.push(more) };
    },
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 9; turn++) await Promise.resolve();
  };
  return {
    ...{ clock, said, written, stop },
    async known() {
      known.resolve();
      await settle();
    },
    async look(nodes: readonly Node[] | null, node = { behind: false }) {
      const shown = { leader: 'n1', node, skew: 0, at: clock.now() } as unknown as Shown;
      saw({ members: nodes } as unknown as Looked, shown);
      await settle();
    },
  };
}

it('tells what changed, also since the console before, and keeps it at once', async () => {
  const on = watched(lookedAgain(noRoster, rosterOf(members(alive, alive), 'n1')!, 0));
  await on.look(members(alive, failed));
  expect(on.said).toEqual([]);
  await on.known();
  expect(on.said).toEqual([['n2 failed']]);
  await on.look(members(alive, alive));
  expect(on.said.at(-1)).toEqual(['n2 came back', 'n2 failed']);
  expect(on.written.at(-1)?.changes.map(rosterWords)).toEqual(['n2 came back', 'n2 failed']);
});

it('keeps once a minute that nothing changed, and on leaving', async () => {
  const on = watched();
  await on.known();
  for (let second = 0; second < 125; second += 5) {
    await on.look(members(alive));
    on.clock.advance(5_000);
  }
  expect(on.written).toHaveLength(3);
  await on.stop();
  expect(on.written).toHaveLength(4);
  expect(on.said).toEqual([]);
});

it('does not ask a node that lags, nor one that does not tell', async () => {
  const on = watched();
  await on.known();
  await on.look(members(alive, alive));
  await on.look(members(alive, failed), { behind: true });
  await on.look(null);
  expect(on.said).toEqual([]);
});
