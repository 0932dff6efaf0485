import { expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { aSnapshot, headOf } from '../../../support/snapshots.ts';
import { effectsOf, linesOf, now, press, showing, told, type } from '../../states.ts';

const files = Array.from({ length: 40 }, (_, at) =>
  aSnapshot({ name: `night-${at}`, taken: now - at * 86_400_000, head: headOf() }),
);
const listed: State = told(press(showing([]), 'R'), { type: 'snapshots', files });
const asked = (words: string): State => press(listed, ':', ...type(`prune ${words}`), 'enter');
const groups = [
  {
    title: 'prod, hand',
    decisions: files.map((file, at) => ({ file, reasons: at < 2 ? ['last snapshot'] : [] })),
  },
];
const planned = told(asked('keep-last=2'), { type: 'prune-plan', groups });

it('takes its rules from the line, or from the context', () => {
  const effect = (words: object) => [{ type: 'plan-prune', words }];
  const keys = [':', ...type('prune keep-daily=7 keep-within 2y'), 'enter'];
  expect(effectsOf(listed, ...keys)).toEqual(effect({ daily: '7', within: '2y' }));
  const kept = { ...listed, setting: { ...listed.setting, keep: { weekly: 4 } } };
  expect(effectsOf(kept, 'D')).toEqual(effect({ weekly: 4 }));
});

it('begins the line where nobody said what to keep', () => {
  const line = press(listed, 'D');
  expect(line.overlay).toMatchObject({ kind: 'palette' });
  expect(line.flash?.text).toContain('no rule says what to keep');
  expect(effectsOf(line, 'enter')).toEqual([
    { type: 'plan-prune', words: { daily: '7', weekly: '4', monthly: '12' } },
  ]);
});

it.each([
  ['keep-last=0', 'these rules keep nothing'],
  ['keep-daily=x', 'keep-daily takes a number, or unlimited, not x'],
  ['keep', ':prune takes rules as in: keep-daily=7'],
  ['keep-often=3', ':prune takes rules as in'],
])('refuses %s', (words, why) => {
  const state = asked(words);
  expect(topScreen(state).kind).toBe('snapshots');
  expect(state.flash?.text).toContain(why);
});

it('shows the calendar and the reasons, and scrolls', () => {
  expect(linesOf(asked('keep-last=2'))[2]).toBe('   looking…');
  const lines = linesOf(planned);
  expect(lines[1]).toMatch(/^ Thin out {2}keep-last 2 +2 stay, 38 go$/);
  expect(lines[2]).toBe(' # stays  - goes  + some of that day stay  . none  (days in UTC)');
  expect(lines[6]).toMatch(/^ {3}Nov 2026 -{19}##\.{9} {2}2 stay, 19 go$/);
  expect(lines[8]).toMatch(/^ {3}stays {2}night-0 {3}last snapshot$/);
  expect(linesOf(press(planned, 'G')).at(-2)).toMatch(/goes {3}night-39$/);
  const failed = told(asked('keep-last=2'), { type: 'prune-plan', groups: [], problem: 'why' });
  expect(linesOf(failed)[2]).toBe('   why');
});

it('removes what goes once one typed how many, and only where something goes', () => {
  const question = press(planned, 'enter');
  expect(question.overlay).toMatchObject({ kind: 'typed', expected: '38' });
  const same = told(planned, {
    type: 'prune-plan',
    groups: [{ title: 'x', decisions: groups[0]!.decisions.slice(0, 2) }],
  });
  expect(press(same, 'enter').flash?.text).toContain('nothing goes');
});
