import { expect, it } from 'vitest';
import { gatherResults } from '../../../src/console/effects/gather.ts';
import type { RestoreResult } from '../../../src/plan/model.ts';

function gathering() {
  const told: string[] = [];
  const clock = { at: 1_000 };
  const { add, end } = gatherResults(
    () => clock.at,
    (results) => told.push(results.map(({ name }) => name).join(' ')),
  );
  const came = (...names: readonly string[]): void => {
    for (const name of names) add({ name, outcome: 'written', message: '' } as RestoreResult);
  };
  return { told, clock, came, end };
}

it('tells the first at once and the others some at a time, each once and in order', () => {
  const { told, clock, came, end } = gathering();
  came('a', 'b', 'c');
  expect(told).toEqual(['a']);
  clock.at += 50;
  came('d', 'e');
  expect(told).toEqual(['a', 'b c d']);
  end();
  end();
  expect(told).toEqual(['a', 'b c d', 'e']);
});

it('says nothing where nothing came', () => {
  const { told, end } = gathering();
  end();
  expect(told).toEqual([]);
});
