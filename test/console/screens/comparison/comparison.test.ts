import { expect, it } from 'vitest';
import type { MessageOf, State } from '../../../../src/console/state/model.ts';
import { aJob } from '../../../support/jobs.ts';
import { aSnapshot } from '../../../support/snapshots.ts';
import { effectsOf, linesOf, now, press, showing, told, type } from '../../states.ts';

const old = aSnapshot({ name: 'old', taken: 1 });
const late = aSnapshot({ name: 'late', taken: 2 });
const listed = told(press(showing([]), 'R'), { type: 'snapshots', files: [late, old] });

it('is of the snapshot under the cursor and the server', () => {
  expect(effectsOf(listed, 'd')).toEqual([{ type: 'compare', from: late.path, to: null }]);
  expect(effectsOf(press(listed, 'j'), 'd')).toEqual([
    { type: 'compare', from: old.path, to: null },
  ]);
});

it('is of two that are marked, from the older to the newer', () => {
  const marked = press(listed, 'space', 'space');
  expect(effectsOf(marked, 'd')).toEqual([{ type: 'compare', from: old.path, to: late.path }]);
});

it('is of no more than two', () => {
  const files = [late, old, aSnapshot({ name: 'third', taken: 3 })];
  const three = press(told(listed, { type: 'snapshots', files }), '*', 'd');
  expect(three.screens.at(-1)?.kind).toBe('snapshots');
  expect(three.flash?.text).toContain('mark two to compare them');
});

const job = aJob({ name: 'call' });
const token = (secret: string): string => `curl -H "Authorization: Bearer ${secret}" h`;
const found = (to: string | null = null): MessageOf<'compared'> => ({
  type: 'compared',
  from: late.path,
  to,
  comparison: {
    from: { name: 'late', file: late.path, at: now - 3_600_000, what: 'taken', jobs: 9 },
    to: { name: 'live http://h', file: null, at: now, what: 'read', jobs: 8 },
    same: 6,
    differences: [
      {
        name: 'call',
        kind: 'changed',
        changes: [
          {
            keys: ['executor_config', 'command'],
            path: 'executor_config.command',
            before: token('one'),
            after: token('two'),
          },
        ],
        before: job,
        after: job,
        why: '',
      },
      { name: 'came', kind: 'added', changes: [], before: null, after: job, why: '' },
      { name: 'gone', kind: 'removed', changes: [], before: job, after: null, why: '' },
      { name: 'odd', kind: 'unreadable', changes: [], before: null, after: null, why: 'no JSON' },
    ],
  },
});
const compared = told(press(listed, 'd'), found());
const text = (state: State): string => linesOf(state, { columns: 100, rows: 30 }).join('\n');

it('says what it compares, of when each is, and how many there are of each kind', () => {
  const lines = linesOf(compared, { columns: 100 });
  expect(lines[1]).toMatch(/^ Compare {2}\+1 −1 ~1 !1 · 6 the same/);
  expect(lines.slice(2, 8).map((line) => line.trimEnd())).toEqual([
    ' A late  taken 13:31:29  9 jobs',
    ' B live http://h  read 14:31:29  8 jobs',
    '▌  ~  call                executor_config.command',
    '   +  came                added',
    '   −  gone                removed',
    '   !  odd                 no JSON',
  ]);
});

it('shows credentials only when that is asked for, until it is asked again', () => {
  expect(text(compared)).toContain('+ curl -H "Authorization: Bearer •••• (changed)" h');
  expect(text(compared)).not.toMatch(/Bearer (one|two)/);
  const shown = press(compared, 'x');
  expect(text(shown)).toContain('+ curl -H "Authorization: Bearer two" h');
  expect(text(press(shown, 'enter'))).toContain('Bearer two');
  expect(text(press(shown, 'x'))).not.toContain('Bearer two');
  expect(text(press(compared, 'd'))).toContain('Bearer •••• (changed)');
});

it('leads to a restore of the job from the snapshot', () => {
  expect(effectsOf(compared, 'R')).toEqual([{ type: 'plan-restore', file: late.path }]);
  expect(press(compared, 'R').screens.at(-1)).toMatchObject({
    kind: 'plan',
    marks: new Set(['call']),
  });
});

it.each([
  ['j', 'the snapshot does not have this job'],
  ['G', 'no JSON'],
])('%s: says why a job cannot be restored from it', (key, why) => {
  const state = press(compared, key, 'R');
  expect(state.screens.at(-1)?.kind).toBe('comparison');
  expect(state.flash?.text).toContain(why);
});

it('restores nothing of two snapshots', () => {
  const two = told(press(listed, 'space', 'space', 'd'), { ...found(late.path), from: old.path });
  expect(press(two, 'R').flash?.text).toContain('both are snapshots');
});

it('is filtered by words and by kinds', () => {
  const filtered = press(compared, '/', ...type('kind:rem'), 'enter');
  expect(text(filtered)).toContain('−  gone');
  expect(text(filtered)).not.toContain('~  call');
});

it('says why there is none', () => {
  const failed = told(press(listed, 'd'), { ...found(), comparison: null, problem: 'a reason' });
  expect(text(failed)).toContain('   a reason');
});

it('takes no answer to another question', () => {
  const other = told(press(listed, 'j', 'd'), found());
  expect(other.screens.at(-1)).toMatchObject({ from: old.path, comparison: null });
});
