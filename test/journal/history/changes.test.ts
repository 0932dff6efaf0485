import { expect, test } from 'vitest';
import { changesIn } from '../../../src/journal/history/changes.ts';
import type { PastChange } from '../../../src/journal/lines.ts';
import { aJob } from '../../support/jobs.ts';

const text = (owner: string): string => JSON.stringify(aJob({ owner }));
const at = '2026-11-21T14:00:00.000Z';
const later = '2026-11-21T14:00:02.000Z';

const past = (fields: Partial<PastChange>): PastChange => ({
  id: 'one',
  at,
  server: 'http://d',
  job: 'refresh',
  action: 'write',
  before: text('A'),
  sent: text('B'),
  who: 'ann@laptop',
  result: { id: 'one', at: later, outcome: 'written', after: text('C') },
  ...fields,
});

const result = (fields: Partial<NonNullable<PastChange['result']>>): PastChange['result'] => ({
  id: 'one',
  at: later,
  outcome: 'written',
  ...fields,
});

/** `A→C certain`: what the journal says of one change. */
function told(fields: Partial<PastChange>): string {
  const { changes, unreadable } = changesIn([past(fields)]);
  const [change] = changes;
  if (change === undefined) return `unreadable ${unreadable.join()}`;
  const [before, after] = [change.before, change.after].map((state) => state?.job.owner ?? '-');
  return `${before}→${after} ${change.certain ? 'certain' : 'not certain'}`;
}

test.each([
  ['as the server showed it afterwards', {}, 'A→C certain'],
  ['as it was sent, where nobody could look', { result: result({}) }, 'A→B certain'],
  ['a creation', { before: null }, '-→C certain'],
  ['a deletion', { action: 'delete', sent: null, result: result({ after: null }) }, 'A→- certain'],
  [
    'one that was refused changed nothing',
    { result: result({ outcome: 'refused' }) },
    'A→A certain',
  ],
  ['one of unknown outcome', { result: result({ outcome: 'unknown' }) }, 'A→B not certain'],
  ['one whose program ended first', { result: null }, 'A→B not certain'],
  ['one before an incomplete definition', { before: '{"torn":' }, 'unreadable one'],
  ['one after something else', { result: result({ after: '[]' }) }, 'unreadable one'],
] as const)('%s', (_, fields, expected) => {
  expect(told(fields as Partial<PastChange>)).toBe(expected);
});

test('keeps the exact texts, who it was, and until when it may have happened', () => {
  const [change] = changesIn([past({})]).changes;
  expect(change).toMatchObject({
    id: 'one',
    who: 'ann@laptop',
    at: Date.parse(at),
    until: Date.parse(later),
    before: { text: text('A') },
    after: { text: text('C') },
  });
  expect(changesIn([past({ result: null })]).changes[0]?.until).toBe(Date.parse(at));
});
