import { describe, expect, test } from 'vitest';
import { threeValues, threeWayLines, type Versions } from '../../src/view/three-way.ts';
import { aJob } from '../support/jobs.ts';

const base = aJob({ retries: 1, owner: 'a', schedule: '@hourly' });
const plan = aJob({ retries: 2, owner: 'a', schedule: '@daily' });
const now = aJob({ retries: 1, owner: 'b', schedule: '@weekly' });

const text = (versions: Versions, secrets?: boolean): string[] =>
  threeWayLines(versions, secrets).map((line) => line.map(({ text }) => text).join(''));

describe('each value in which the three differ', () => {
  test('of a job that all three have', () => {
    expect(threeValues({ base, plan, now })).toEqual([
      { path: 'schedule', base: '@hourly', plan: '@daily', now: '@weekly' },
      { path: 'owner', base: 'a', plan: 'a', now: 'b' },
      { path: 'retries', base: '1', plan: '2', now: '1' },
    ]);
  });

  test('of one that appeared, went, or is to go', () => {
    expect(threeValues({ base: null, plan, now })).toContainEqual({
      path: 'owner',
      base: null,
      plan: 'a',
      now: 'b',
    });
    expect(threeValues({ base, plan, now: null })).toEqual([
      { path: 'schedule', base: '@hourly', plan: '@daily', now: null },
      { path: 'retries', base: '1', plan: '2', now: null },
    ]);
    expect(threeValues({ base, plan: null, now })).toEqual([
      { path: 'schedule', base: '@hourly', plan: null, now: '@weekly' },
      { path: 'owner', base: 'a', plan: null, now: 'b' },
    ]);
    expect(threeValues({ base: null, plan, now: null })).toEqual([]);
  });
});

test('three lines a value', () => {
  expect(text({ base, plan, now }).slice(0, 3)).toEqual([
    ' schedule   when planned  @hourly',
    '            the plan      @daily',
    '            now           @weekly',
  ]);
  expect(text({ base, plan, now: null })[0]).toBe(' now: no such job');
});

test('of a body how both differ from what was', () => {
  const body = (radius: number, city: string) =>
    aJob({ executor_config: { body: JSON.stringify({ radius, city }) } });
  expect(text({ base: body(5, 'a'), plan: body(9, 'a'), now: body(5, 'b') })).toEqual([
    ' executor_config.body  the plan        {',
    '                                     −   "radius": 5,',
    '                                     +   "radius": 9,',
    '                                         "city": "a"',
    '                                       }',
    '                       now             {',
    '                                         "radius": 5,',
    '                                     −   "city": "a"',
    '                                     +   "city": "b"',
    '                                       }',
  ]);
});

test('credentials are hidden, and that they differ is not', () => {
  const keyed = (token: string) => aJob({ metadata: { token } });
  const versions = { base: keyed('one1one1'), plan: keyed('two2two2'), now: keyed('six6six6') };
  expect(threeValues(versions)).toEqual([
    { path: 'metadata.token', base: '••••', plan: '•••• (changed)', now: '•••• (changed)' },
  ]);
  expect(threeValues(versions, true)).toEqual([
    { path: 'metadata.token', base: 'one1one1', plan: 'two2two2', now: 'six6six6' },
  ]);
});
