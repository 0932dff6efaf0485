import { expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import { groupsOf } from '../../../../src/console/overlays/choose/groups.ts';
import { actions } from '../../../../src/console/registry.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { lineText } from '../../../../src/view/line.ts';
import { press, showing, type } from '../../states.ts';

const state = showing([{ name: 'a' }]);
/** What stands below the rule, as one line of words. */
const about = (shown: State): string => {
  const lines = frameOf(shown).lines.map((line) => lineText(line).trim());
  const start = lines.findLastIndex((line) => /^─.*──/.test(line));
  return lines
    .slice(start + 1, -1)
    .join(' ')
    .trim();
};

it.each(
  actions
    .filter(({ scope }) => scope.includes('jobs') || scope.includes('everywhere'))
    .map((action) => [action.id, action] as const),
)('says all there is to say of %s at 80 columns', (_, action) => {
  const at = actionsBefore(action.id) + 1;
  const help = about(press(state, '?', ...Array<string>(at).fill('down')));
  const expected = action.available?.(state) ?? null;
  expect(help).toBe(expected === null ? action.help : `not now: ${expected}`);
});

/** How far down the list of the jobs screen it stands. */
function actionsBefore(id: string): number {
  const here = [
    ...actions.filter(({ scope }) => scope.includes('jobs')),
    ...actions.filter(({ scope }) => scope.includes('everywhere')),
  ];
  return groupsOf(here)
    .flatMap((group) => group.actions)
    .findIndex((action) => action.id === id);
}

it('also of a command that is chosen', () => {
  const rename = actions.find(({ command }) => command === 'rename')!;
  expect(about(press(state, ':', ...type('renam')))).toBe('');
  expect(about(press(state, ':', ...type('renam'), 'down'))).toBe(rename.help);
  expect(about(press(state, ':', ...type('rename ')))).toBe(rename.help);
  expect(about(press(state, ':', ...type('rename to-another')))).toBe(rename.help);
});

it('groups the actions, and says that there are more', () => {
  const text = frameOf(press(state, '?')).lines.map(lineText).join('\n');
  expect(text).toContain('\n The job');
  expect(text).toMatch(/─ ↓ \d+ more ─/);
  const end = frameOf(press(state, '?', 'G'))
    .lines.map(lineText)
    .join('\n');
  expect(end).toMatch(/─ ↑ \d+ more ─/);
});

it('keeps the list where it is too low for both', () => {
  const low = { ...press(state, '?'), rows: 12 };
  expect(frameOf(low).lines.map(lineText).join('\n')).not.toContain('───');
});
