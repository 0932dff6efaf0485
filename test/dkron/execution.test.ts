import { expect, it } from 'vitest';
import { durationOf, lastWords, runKey, unfinished } from '../../src/dkron/execution.ts';
import { anExecution } from '../support/jobs.ts';

const never = '0001-01-01T00:00:00Z';
const start = '2026-11-21T14:00:00Z';

it.each<[started_at: string, finished_at: string, ms: number]>([
  [start, '2026-11-21T14:00:02.5Z', 2500],
  [start, start, 0],
  [start, '2026-11-21T13:59:00Z', 0],
  [start, never, 0],
  [never, start, 0],
])('from %s to %s took %d ms', (started_at, finished_at, ms) => {
  const run = anExecution({ started_at, finished_at });
  expect(durationOf(run)).toBe(ms);
  expect(unfinished(run)).toBe(finished_at === never);
});

it.each<[finished_at: string, attempt: number, isUnder: boolean]>([
  ['2026-11-21T13:59:59Z', 2, true],
  ['2026-11-21T14:00:00.0001231Z', 2, true],
  ['2026-11-21T15:00:00.0001231+01:00', 2, true],
  ['2026-11-21T14:00:00.0001232Z', 2, false],
  ['2026-11-21T14:00:00.0001233Z', 2, false],
  [never, 2, true],
  // A clock that was put back: the first attempt has no end but its own.
  ['2026-11-21T13:59:59Z', 1, false],
])('a retry with an end at %s, attempt %d, runs: %s', (finished_at, attempt, isUnder) => {
  const started_at = '2026-11-21T14:00:00.0001232Z';
  expect(unfinished(anExecution({ started_at, finished_at, attempt }))).toBe(isUnder);
});

it('a run without an id is known by its time and node', () => {
  expect(runKey(anExecution({ id: 'x' }))).toBe('x');
  expect(runKey(anExecution({ id: '', started_at: start, node_name: 'n1' }))).toBe(`${start}-n1`);
});

it.each([
  ['', ''],
  ['one\ntwo\r\n \n', 'two'],
  ['50%\r100%\r', '100%'],
  ['\u001b[31mred', 'red'],
])('the last words of %j are %j', (output, words) => {
  expect(lastWords(output)).toMatch(new RegExp(`${words}$`));
});
