import { expect, it } from 'vitest';
import type { Execution } from '../../../src/dkron/shapes.ts';
import type { WatchState } from '../../../src/oversight/watch/model.ts';
import { atOnce, paceChange, toPace } from '../../../src/oversight/watch/pace.ts';
import { newState, step } from '../../../src/oversight/watch/step.ts';
import { anExecution } from '../../support/jobs.ts';
import { iso, ran, seen, start } from './seen.ts';

/** Runs of so many seconds each, a minute apart. */
const took = (...seconds: readonly number[]): Execution[] =>
  seconds.map((each, at) =>
    anExecution({
      id: String(at),
      started_at: iso(start + at * 60_000),
      finished_at: iso(start + at * 60_000 + each * 1_000),
    }),
  );
const usual = [2, 2.1, 1.9, 2, 2.2, 2, 1.9, 2.1, 2, 2];

/** A watch of one job, told of its runs at each look. */
function pacing() {
  let state: WatchState = newState('w', start);
  return (seconds: readonly number[]): readonly string[] => {
    const look = seen([ran(seconds.length, 0)]);
    ({ state } = step(state, look));
    const due = toPace(state, look.jobs.rows);
    const changed = paceChange(state, new Map(due.map((row) => [row, took(...seconds)])), start);
    ({ state } = changed);
    return changed.found.map(({ kind, why }) => `${kind}: ${why}`);
  };
}

it('tells once that three runs in a row took far longer, and again only after it was over', () => {
  const look = pacing();
  expect(look(usual)).toEqual([]);
  expect(look([...usual, 9, 9])).toEqual([]);
  const slow = [...usual, 9, 9, 9];
  expect(look(slow)).toEqual([
    expect.stringMatching(/^slow: the last 3 runs took 9\.0s, and 2\.0s/),
  ]);
  expect(look([...slow, 9])).toEqual([]);
  const over = [...usual, ...usual, 2];
  expect(look(over)).toEqual([]);
  expect(look([...over, 9, 9, 9])).toHaveLength(1);
});

it('tells nothing of what was slow when it was read first', () => {
  const look = pacing();
  expect(look([...usual, 9, 9, 9])).toEqual([]);
  expect(look([...usual, 9, 9, 9, 9])).toEqual([]);
});

it('reads the histories of those that ran since, some at a look, each in its turn', () => {
  const jobs = Array.from({ length: 50 }, (_, at) =>
    ran(at === 0 ? 0 : 3, 0, 'success', { name: `j${at}` }),
  );
  const look = seen(jobs);
  let { state } = step(newState('w', start), look);
  const names = new Set<string>();
  for (let count = 0; count < 3; count++) {
    const due = toPace(state, look.jobs.rows);
    expect(due.length).toBe(count < 2 ? atOnce : 9);
    for (const { name } of due) names.add(name);
    ({ state } = paceChange(
      state,
      new Map(due.map((row) => [row, took(1, 1, 1)])),
      start + count + 1,
    ));
  }
  // One never ran.
  expect(names.size).toBe(49);
  expect(toPace(state, look.jobs.rows)).toEqual([]);
});
