import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, RestoreOutcome, RestoreResult } from '../../src/plan/model.ts';
import { verdict } from '../../src/plan/outcome.ts';
import { countsOf, resultKind, tally } from '../../src/plan/tally.ts';

const many = (count: number, outcome: RestoreOutcome, action: Action): RestoreResult[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `${action}-${outcome}-${at}`,
    outcome,
    action,
    message: verdict(action, outcome),
  }));

const outcomes = ['written', 'same', 'refused', 'changed', 'unknown', 'skipped'] as const;

it('there are five kinds of results', () => {
  expect(outcomes.map(resultKind)).toEqual([
    'written',
    'same',
    'failed',
    'failed',
    'not known',
    'skipped',
  ]);
});

describe('the tally of many', () => {
  const line = (results: RestoreResult[]): string =>
    tally(results)
      .map(({ text }) => text)
      .join(', ');

  it('adds up to all of them, each kind apart from the others', () => {
    const results = [
      ...many(137, 'written', 'write'),
      ...many(3, 'same', 'write'),
      ...many(16, 'unknown', 'write'),
      ...many(140, 'skipped', 'write'),
      ...many(4, 'refused', 'create'),
      ...many(2, 'changed', 'write'),
    ];
    expect(line(results)).toBe(
      '137 jobs written and verified, 3 jobs already up to date, 16 jobs not known, 6 jobs failed, 140 jobs skipped',
    );
    expect(countsOf(results)).toEqual({
      jobs: 302,
      written: 137,
      same: 3,
      unknown: 16,
      failed: 6,
      skipped: 140,
    });
  });

  it('adds up whatever the results are', () => {
    const result = constantFrom(...outcomes).map((outcome) => many(1, outcome, 'write')[0]!);
    assert(
      property(array(result), (results) => {
        const { jobs, ...kinds } = countsOf(results);
        expect(jobs).toBe(results.length);
        expect(Object.values(kinds).reduce((sum, count) => sum + count, 0)).toBe(jobs);
        const told = line(results).match(/\d+/g) ?? [];
        expect(told.reduce((sum, count) => sum + Number(count), 0)).toBe(jobs);
      }),
    );
  });

  it.each<[RestoreResult[], string]>([
    [[], ''],
    [[...many(1, 'refused', 'create'), ...many(1, 'changed', 'write')], '2 jobs failed'],
    // A run that failed was done.
    [many(1, 'refused', 'run'), '1 job not run'],
    [[{ name: 'a', outcome: 'refused', message: '' }], '1 job failed'],
    [[...many(1, 'refused', 'create'), ...many(1, 'changed', 'run')], '2 jobs failed'],
    [many(2, 'skipped', 'clear'), '2 jobs skipped'],
    [many(2, 'unknown', 'delete'), '2 jobs not known'],
    [
      [...many(1, 'written', 'create'), ...many(1, 'written', 'delete')],
      '1 job written and verified, 1 job deleted and verified',
    ],
  ])('%#: %s', (results, expected) => {
    expect(line(results)).toBe(expected);
  });
});
