import { expect, test } from 'vitest';
import { CorruptFile } from '../../src/base/errors.ts';
import type { PastChange } from '../../src/journal/lines.ts';
import { isWhole, reversalsOf } from '../../src/journal/reversals.ts';

const job = (retries: number) => JSON.stringify({ name: 'a', retries });
const change = (fields: Partial<PastChange> = {}): PastChange => ({
  id: '1',
  at: '2026-11-21T14:32:10.000Z',
  server: 'http://localhost:8080',
  job: 'a',
  action: 'write',
  before: job(1),
  sent: job(2),
  result: null,
  ...fields,
});
const result = (after?: string | null): Partial<PastChange> => ({
  result: {
    id: '1',
    at: '2026-11-21T14:32:11.000Z',
    outcome: 'written',
    ...(after === undefined ? {} : { after }),
  },
});

/** The retries before and after, of each job. */
const made = (...changes: PastChange[]) =>
  reversalsOf(changes).map(({ name, before, after }) => [
    name,
    before?.retries ?? null,
    after?.retries ?? null,
  ]);

test('what an operation made of a job is what was there afterwards, or else what was sent', () => {
  expect(made(change())).toEqual([['a', 1, 2]]);
  expect(made(change(result()))).toEqual([['a', 1, 2]]);
  expect(made(change(result(job(3))))).toEqual([['a', 1, 3]]);
  expect(made(change({ before: null }))).toEqual([['a', null, 2]]);
  expect(made(change({ action: 'delete', sent: null, ...result(null) }))).toEqual([['a', 1, null]]);
});

test('of several changes of one job the first tells what was there before, the last what came of it', () => {
  const second = { before: job(5), sent: job(6) };
  const b = change({ job: 'b', before: null });
  expect(made(change(), b, change(second))).toEqual([
    ['a', 1, 6],
    ['b', null, 2],
  ]);
  expect(made(change({ before: null }), change(second))).toEqual([['a', null, 6]]);
});

const deep = `{"name":"a","x":${'['.repeat(2000)}${']'.repeat(2000)}}`;
test.each([
  ['cut off', '{"name":'],
  ['a number', '7'],
  ['without a name', '{"retries":1}'],
  ['with a wrong field', '{"name":"a","retries":"x"}'],
  ['too deep', deep],
])('a definition that is not a whole job cannot be taken back: %s', (_what, text) => {
  for (const fields of [{ before: text }, { sent: text }, result(text)]) {
    expect(isWhole(change(fields))).toBe(false);
    expect(() => reversalsOf([change(fields)])).toThrow(CorruptFile);
  }
  expect(isWhole(change({ sent: text, ...result(job(1)) }))).toBe(true);
});
