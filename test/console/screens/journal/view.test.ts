import { expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { Message, State } from '../../../../src/console/state/model.ts';
import type { PastChange } from '../../../../src/journal/file.ts';
import { operationOf } from '../../../../src/journal/operation.ts';
import { lineText } from '../../../../src/view/line.ts';
import { linesOf, now, press, showing, told, tonesOf } from '../../states.ts';

const change: PastChange = {
  id: 'one',
  operation: 'one',
  at: new Date(now - 600_000).toISOString(),
  server: 'http://localhost:8080',
  who: 'me@here',
  job: 'keolis-realtime',
  action: 'write',
  before: '{}',
  sent: '{}',
  result: null,
};
const open = press(showing([]), 'H');
const journal = (changes: readonly PastChange[]): Message => ({
  type: 'journal',
  operations: changes.map((one) => operationOf(one.id, [one])!),
  more: false,
});
const shown = (changes: readonly PastChange[], columns: number): string[] =>
  frameOf({ ...told(open, journal(changes)), columns })
    .lines.slice(1, 4)
    .map((line) => lineText(line).trimEnd());

it('shows whole columns at 80, and who made the change where there is room', () => {
  const [title, head, row] = shown([change], 80);
  expect(title).toMatch(/ Journal {2}what was done from this machine {2,}times in UTC, yours$/);
  expect(shown([change], 120)[0]).toMatch(/ enter undoes one · o opens it · times in UTC, yours$/);
  expect(head).toMatch(/ WHEN +AGO +WHAT +OUTCOME$/);
  expect(row).toMatch(/ 10m +▸ change of keolis-realtime +\? may have happened$/);
  expect(shown([change], 120)[1]).toMatch(/OUTCOME +WHO$/);
  expect(shown([change], 120)[2]).toMatch(/me@here$/);
});

it('offers nothing to take back where nothing was changed', () => {
  const [title, , row] = shown([], 120);
  expect(title).not.toContain('enter');
  expect(row).toBe('   Nothing was changed from this machine yet.');
});

it('reads, and says why it could not, in whole lines', () => {
  const body = (state: State): string[] => linesOf(state).slice(2, 7);
  expect(body(open)[1]).toContain('reading');
  const problem = `${'a reason '.repeat(12)}why`;
  const failed = told(open, { type: 'journal', operations: [], more: false, problem });
  const lines = body(failed).slice(1, 3);
  expect(lines.map((line) => line.trim()).join(' ')).toBe(problem);
  for (const line of lines) expect(line).toMatch(/^ {3}\S/);
  expect(tonesOf(frameOf(failed).lines[3]!)[0]).toMatch(/^bad: a reason/);
});

it('has the cursor on the newest, and moves it', () => {
  const changes = Array.from({ length: 40 }, (_, at) => ({
    ...change,
    id: `${at}`,
    job: `job-${at}`,
  }));
  const state = told(open, journal(changes));
  expect(linesOf(state)[3]).toMatch(/^▌ .* job-0 /);
  expect(linesOf(press(state, 'j'))[4]).toMatch(/^▌ .* job-1 /);
  expect(linesOf(press(state, 'G')).at(-2)).toMatch(/^▌ .* job-39 /);
});

it('gives what was done what the other columns leave, between twelve cells and a hundred', () => {
  const name = 'x'.repeat(150);
  const size = (columns: number): number =>
    /▸ [^…]+/.exec(shown([{ ...change, job: name }], columns)[2]!)![0].length + 1;
  expect([size(50), size(80), size(99), size(100), size(120), size(240)]).toEqual([
    12, 34, 53, 46, 40, 100,
  ]);
});

it('shows what became of the changes of an operation, its snapshot and, opened, each of them', () => {
  const three = ['a', 'b', 'c'].map((job, at): PastChange => {
    const outcome = at === 0 ? 'refused' : 'written';
    const result = { id: job, at: change.at, outcome } as const;
    return { ...change, id: job, job, what: 'restore', source: 'nightly', safety: 'safe', result };
  });
  const listed = told(open, {
    type: 'journal',
    operations: [operationOf('one', three)!],
    more: false,
  });
  const opened = told(press(listed, 'o'), { type: 'operation', key: 'one', changes: three });
  const rows = frameOf({ ...opened, columns: 120 })
    .lines.slice(3, 7)
    .map((line) => lineText(line).trim().replace(/ {2,}/g, '  '));
  expect(rows).toEqual([
    expect.stringMatching(/▾ restore of 3 jobs from nightly +✗ 1 refused, ✓ 2 written +me@here$/),
    'safety snapshot safe',
    'a  changed  ✗ refused',
    'b  changed  ✓ written',
  ]);
});
