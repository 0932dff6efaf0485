import { expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { PastChange } from '../../../../src/journal/file.ts';
import { lineText } from '../../../../src/view/line.ts';
import { now, press, showing, told } from '../../states.ts';

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
const shown = (changes: readonly PastChange[], columns: number): string[] =>
  frameOf({ ...told(open, { type: 'journal', changes }), columns })
    .lines.slice(1, 4)
    .map((line) => lineText(line).trimEnd());

it('shows whole columns at 80, and who made the change where there is room', () => {
  const [title, head, row] = shown([change], 80);
  expect(title).toMatch(/ Journal {2}changes made from this machine {2,}times in UTC, yours$/);
  expect(shown([change], 120)[0]).toMatch(/ enter undoes one · times in UTC, yours$/);
  expect(head).toMatch(/ WHEN +AGO +JOB +WHAT +OUTCOME$/);
  expect(row).toMatch(/ 10m +keolis-realtime +changed +\? may have happened$/);
  expect(shown([change], 120)[1]).toMatch(/OUTCOME +WHO$/);
  expect(shown([change], 120)[2]).toMatch(/me@here$/);
});

it('offers nothing to take back where nothing was changed', () => {
  const [title, , row] = shown([], 120);
  expect(title).not.toContain('enter');
  expect(row).toBe('   No changes were made from this machine yet.');
});
