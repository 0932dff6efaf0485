import { expect, test } from 'vitest';
import { clearAll } from '../../src/plan/clear.ts';
import { bare404, doorTo } from '../dkron/door.ts';
import { doorOf } from '../support/door.ts';
import { aJob } from '../support/jobs.ts';

const outcomes = (results: readonly { readonly name: string; readonly outcome: string }[]) =>
  results.map(({ name, outcome }) => `${name}: ${outcome}`);

test('a failure that would meet the others too ends the sending', async () => {
  const door = await doorTo(aJob(), () => ({ status: 500 }), { leader: false });
  const results = await clearAll(doorOf(door.client), ['refresh', 'two'], {});
  expect(outcomes(results)).toEqual(['refresh: refused', 'two: skipped']);
  expect(door.came.filter(({ method }) => method !== 'GET')).toHaveLength(1);
});

test('a job that is not there is passed over', async () => {
  const door = await doorTo(null, ({ path }) =>
    path.includes('/two/') ? { status: 200, body: '{}' } : bare404,
  );
  const results = await clearAll(doorOf(door.client), ['one', 'two'], {});
  expect(outcomes(results)).toEqual(['one: refused', 'two: written']);
});

test('an interruption sends nothing more', async () => {
  const door = await doorTo(null, () => ({ status: 200, body: '{}' }));
  const results = await clearAll(doorOf(door.client), ['one'], { signal: AbortSignal.abort() });
  expect(outcomes(results)).toEqual(['one: skipped']);
  expect(door.came).toEqual([]);
});
