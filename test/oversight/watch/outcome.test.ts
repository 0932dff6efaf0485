import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ran, running, seen, start, watching } from './seen.ts';

/** What each of these looks finds, after the first of them. */
function finds(...looks: readonly ReturnType<typeof seen>[]): readonly (readonly string[])[] {
  const { look } = watching();
  return looks.map(look).slice(1);
}

const well = seen([ran(5, 1)]);
const failed = seen([ran(5, 2, 'failed')]);

describe('a change of how runs end', () => {
  it.each([
    ['a failure', [well, failed], [['regression a']]],
    ['a failure that goes on', [well, failed, seen([ran(5, 9, 'failed')])], [['regression a'], []]],
    ['going well again', [failed, seen([ran(6, 2)])], [['fixed a']]],
    ['nothing at the first look', [failed, failed], [[]]],
    ['the first run of all, when it fails', [seen([ran(0, 0, '')]), failed], [['regression a']]],
    [
      'not the first run of all, when it goes well',
      [seen([ran(0, 0, '')]), seen([ran(1, 0)])],
      [[]],
    ],
    ['both, between two looks', [well, seen([ran(6, 2)])], [['regression a', 'fixed a']]],
    [
      'both, the other way round',
      [failed, seen([ran(6, 3, 'failed')])],
      [['fixed a', 'regression a']],
    ],
    ['nothing of retries between', [well, seen([ran(6, 2, 'success', { retries: 1 })])], [[]]],
    [
      'nothing of several nodes between',
      [seen([ran(5, 1, 'failed')]), seen([ran(6, 2, 'partially_failed')], { nodes: [{}, {}] })],
      [[]],
    ],
    [
      'nothing of a job that was cleared',
      [well, seen([ran(0, 0, '')]), seen([ran(1, 0)])],
      [[], []],
    ],
    [
      'what comes after it was cleared',
      [well, seen([ran(1, 0)]), seen([ran(1, 1, 'failed')])],
      [[], ['regression a']],
    ],
    [
      'nothing that was before the watch, as of a job that was put back',
      [seen([ran(0, 0, '')]), seen([ran(5, 1, 'failed', { last_error: '2026-11-20T14:00:00Z' })])],
      [[]],
    ],
    ['nothing of a new job', [seen([]), failed], [[]]],
  ])('finds %s', (_, looks, found) => {
    expect(finds(...looks)).toEqual(found);
  });

  it('waits for the other nodes of a run that goes on', () => {
    const nodes = [{}, {}];
    const half = seen([ran(6, 1, 'partially_failed')], { ...running('a'), nodes });
    expect(finds(well, half, seen([ran(7, 1)], { nodes }))).toEqual([[], []]);
    const bad = seen([ran(6, 2, 'partially_failed')], { nodes });
    expect(finds(well, half, bad)).toEqual([[], ['regression a']]);
  });

  it('does not wait for ever where it always runs', () => {
    const nodes = [{}, {}];
    const later = seen([ran(8, 3, 'partially_failed')], { ...running('a'), nodes });
    expect(finds(well, later)).toEqual([['regression a']]);
  });

  it('waits for the attempts that are left', () => {
    const tried = seen([ran(5, 2, 'failed', { retries: 1 })], running('a'));
    const again = seen([ran(6, 2, 'success', { retries: 1 })]);
    expect(finds(well, tried, again)).toEqual([[], []]);
    const given = seen([ran(5, 3, 'failed', { retries: 1 })]);
    expect(finds(well, tried, given)).toEqual([[], ['regression a']]);
  });

  it('says when it happened', () => {
    const { look, found } = watching();
    look(well);
    look(failed);
    expect(found()).toEqual([{ kind: 'regression', job: 'a', at: start + 3_000, why: '' }]);
  });

  it('keeps what it knows of a job that cannot be read for a while', () => {
    const unreadable = seen([], { unreadable: new Set(['a']) });
    expect(finds(well, unreadable, failed)).toEqual([[], ['regression a']]);
  });
});

it('tells 10 000 flaps each once, whatever the looks come upon', () => {
  let flaps = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 100, maxLength: 300 }),
      (runs) => {
        const { look } = watching();
        let [successes, errors, isBad] = [1, 0, false];
        let [wasBad, turns] = [false, 0];
        const told: string[] = [];
        look(seen([ran(successes, errors)]));
        for (const [fails, isLooked] of runs) {
          if (fails) errors++;
          else successes++;
          if (fails !== isBad) turns++;
          isBad = fails;
          if (!isLooked) continue;
          const found = look(seen([ran(successes, errors, isBad ? 'failed' : 'success')]));
          // More than one there and back cannot be told from one.
          expect(found).toHaveLength(turns < 3 ? turns : turns % 2 === 1 ? 1 : 2);
          told.push(...found);
          flaps += found.length;
          [wasBad, turns] = [isBad, 0];
        }
        expect(told.map((one) => one === 'regression a')).toEqual(
          told.map((_, at) => at % 2 === 0),
        );
        expect(told.length % 2 === 1).toBe(wasBad);
      },
    ),
    { numRuns: 200 },
  );
  expect(flaps).toBeGreaterThan(10_000);
});
