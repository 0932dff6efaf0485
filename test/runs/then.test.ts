import { describe, expect, test } from 'vitest';
import type { Change, JobThen, Sighting } from '../../src/journal/history/seen.ts';
import { stepsOf } from '../../src/journal/history/steps.ts';
import { definitionsAt } from '../../src/runs/then.ts';
import { aJob, textOf } from '../support/jobs.ts';

/** A definition by a letter, which is its owner; null for none. */
const was = (letter: string | null): JobThen =>
  letter === null ? null : textOf(aJob({ owner: letter }));

const saw = (at: number, letter: string | null): Sighting => ({
  at,
  state: was(letter),
  source: { kind: 'snapshot', id: `s${at}` },
});

const wrote = (at: number, before: string, after: string, certain = true): Change => ({
  ...{ id: `c${at}`, at, until: at, before: was(before), after: was(after), certain },
  who: 'ann@laptop',
});

/** What is said of runs at 100 and at 200. */
function told(seen: readonly Sighting[], changes: readonly Change[] = []): string {
  const found = definitionsAt(stepsOf(seen, changes), 100, 200);
  const fields = 'changes' in found ? found.changes : [];
  const words = fields.map(({ path, before, after }) => ` ${path} ${before}→${after}`).join('');
  return `${found.kind}${'since' in found ? ` ${found.since}` : ''}${words}`;
}

describe('how the job was defined for two runs', () => {
  test.each([
    ['nothing is known', [], [], 'unknown null'],
    ['seen before and now', [saw(50, 'a'), saw(900, 'a')], [], 'same'],
    [
      'the journal changed it between them',
      [saw(50, 'a'), saw(900, 'b')],
      [wrote(150, 'a', 'b')],
      'changed owner a→b',
    ],
    [
      'the journal changed it before both',
      [saw(50, 'a'), saw(900, 'b')],
      [wrote(90, 'a', 'b')],
      'same',
    ],
    [
      'the journal changed it after both',
      [saw(50, 'a'), saw(900, 'b')],
      [wrote(210, 'a', 'b')],
      'same',
    ],
    [
      'two snapshots between them saw another',
      [saw(50, 'a'), saw(110, 'a'), saw(190, 'b')],
      [],
      'changed owner a→b',
    ],
    [
      'it changed before the first or after',
      [saw(50, 'a'), saw(150, 'b'), saw(900, 'b')],
      [],
      'maybe owner a→b',
    ],
    [
      'it changed before the second or after',
      [saw(50, 'a'), saw(150, 'a'), saw(900, 'b')],
      [],
      'maybe owner a→b',
    ],
    ['twice', [saw(50, 'a'), saw(110, 'a'), saw(150, 'b'), saw(190, 'c')], [], 'changed owner a→c'],
    ['and back', [saw(50, 'a'), saw(110, 'a'), saw(150, 'b'), saw(190, 'a')], [], 'same'],
    ['first seen after both', [saw(900, 'a')], [], 'unknown 900'],
    ['first seen between them', [saw(150, 'a'), saw(900, 'a')], [], 'unknown 150'],
    [
      'first seen between them, then changed',
      [saw(150, 'a')],
      [wrote(160, 'a', 'b')],
      'unknown 150 owner a→b',
    ],
    ['created before the first', [saw(50, null), saw(110, 'a'), saw(900, 'a')], [], 'same'],
    [
      'what may have been written',
      [saw(50, 'a')],
      [wrote(150, 'a', 'b', false)],
      'maybe owner a→b',
    ],
  ] as const)('%s', (_, seen, changes, expected) => expect(told(seen, changes)).toBe(expected));
});

test('credentials are hidden', () => {
  const job = (password: string): JobThen =>
    textOf(aJob({ executor_config: { url: `http://u:${password}@h/` } }));
  const seen = [job('one'), job('one'), job('two')].map((state, at) => ({
    ...{ at: 50 + at * 60, state },
    source: { kind: 'snapshot', id: `s${at}` } as const,
  }));
  expect(JSON.stringify(definitionsAt(stepsOf(seen, []), 100, 200))).not.toMatch(/one|two/);
});
