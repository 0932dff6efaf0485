import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairFor, pairOf } from '../../src/runs/pair.ts';
import { anExecution } from '../support/jobs.ts';

/** Newest first: `+` went well, `-` failed, `.` has no end; each by its place as its id. */
const runsOf = (story: string) =>
  [...story].map((how, at) =>
    anExecution({
      id: String(at),
      success: how === '+',
      started_at: new Date(Date.UTC(2026, 10, 21) - at * 60_000).toISOString(),
      ...(how === '.' && { finished_at: '0001-01-01T00:00:00Z' }),
    }),
  );

const told = (story: string, key?: number): string => {
  const pair = pairFor(runsOf(story), key === undefined ? undefined : String(key));
  return 'why' in pair ? pair.why : `${pair.older.id} ${pair.newer.id}`;
};

test.each([
  ['of no run: the newest that failed with the last good one before', '+--++', undefined, '3 1'],
  ['a failed one with the last good one before it', '-+--+', 2, '4 2'],
  ['where there is none before, with the next good one after', '+-+--', 4, '4 2'],
  ['a good one with the last failed one before it', '++--+', 0, '2 0'],
  ['a good one with the next failed one after', '--+', 2, '2 1'],
  ['runs without an end are passed over', '.-..+', undefined, '4 1'],
  ['a run without an end', '.-+', 0, 'this run has no end yet: it is compared when it has'],
  ['no run', '', undefined, 'there is no run'],
  ['none has ended', '..', undefined, 'no run has ended yet'],
  ['none failed', '++', undefined, 'none of the 2 runs that Dkron keeps failed'],
  ['one that is gone', '+-', 7, 'Dkron does not keep this run any more'],
])('%s', (_, story, key, expected) => expect(told(story, key)).toBe(expected));

test('says that there is nothing to compare with', () => {
  const kept = 'there is nothing to compare with: of the 2 runs that Dkron keeps';
  expect(told('--', 0)).toBe(`${kept} none went well`);
  expect(told('++', 1)).toBe(`${kept} none failed`);
});

test('of two any, the older one is the one that began first, whatever their order', () => {
  const [newer, older] = runsOf('+-') as [ReturnType<typeof anExecution>, never];
  expect(pairOf(newer, older)).toEqual({ older, newer });
  expect(pairOf(older, newer)).toEqual({ older, newer });
});

test('the order of the list does not matter', () => {
  const story = fc.string({ unit: fc.constantFrom('+', '-', '.'), minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(story, fc.nat(11), (text, key) => {
      const runs = runsOf(text);
      expect(pairFor(runs.toReversed(), String(key))).toEqual(pairFor(runs, String(key)));
    }),
  );
});
