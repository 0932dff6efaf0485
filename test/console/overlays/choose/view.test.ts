import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import { groupsOf } from '../../../../src/console/overlays/choose/groups.ts';
import { actions } from '../../../../src/console/registry.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { lineText } from '../../../../src/view/line.ts';
import { linesOf, press, showing, type } from '../../states.ts';

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

/** On a server, where what is done inside a snapshot is not listed. */
const listed = actions.filter(({ inside }) => inside !== true);

it.each(
  listed
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
    ...listed.filter(({ scope }) => scope.includes('jobs')),
    ...listed.filter(({ scope }) => scope.includes('everywhere')),
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

describe('the list', () => {
  const lines = (shown: State, size = {}): string[] => linesOf(shown, size).slice(2, -1);

  it('has keys, title and help of each action, or why it cannot run', () => {
    const found = (shown: State, wanted: string): string | undefined => {
      const { help } = actions.find(({ id }) => id === wanted)!;
      return lines(press(shown, '?', '/', ...type(help.slice(0, 30).toLowerCase())))[1];
    };
    const { help } = actions.find(({ id }) => id === 'job.schedule')!;
    expect(lines(press(state, '?'))[0]).toBe(' The job');
    expect(found(state, 'job.schedule')).toMatch(/^ {2}i {12}schedule {19}\S/);
    expect(found(state, 'job.schedule')).toContain(help.slice(0, 20));
    expect(found(showing([]), 'job.schedule')).toMatch(/schedule +not now: no job/);
    expect(found(state, 'job.rename')).toMatch(/^ {2}:rename +rename /);
  });

  it('has commands with their help, and arguments alone', () => {
    expect(lines(press(state, ':', ...type('executions')))[0]).toMatch(/^ :executions +\S/);
    expect(lines(press(state, ':', ...type('job ')))[0]).toBe(' :job a');
    const none = lines(press(state, ':', ...type('qqqq'))).filter((line) => line !== '');
    expect(none).toEqual([expect.stringMatching(/^ {2}\w/), expect.stringMatching(/^─+$/)]);
    const name = 'n'.repeat(60);
    const long = lines(press(showing([{ name }]), ':', ...type('job ')));
    expect(long[0]).toMatch(/^ :job n+…$/);
  });

  it('keeps the chosen one in sight with two after it, and says what is above and below', () => {
    const many = showing(Array.from({ length: 60 }, (_, at) => ({ name: `job-${at + 10}` })));
    const palette = press(many, ':', ...type('job '));
    const at = (downs: number) =>
      lines(press(palette, ...Array<string>(downs).fill('down'))).filter((line) => line !== '');
    expect(at(0)[16]).toMatch(/^─ ↓ 44 more ─/);
    expect(at(14)[13]).toMatch(/^▌:job job-23/);
    expect(at(14)[16]).toMatch(/^─ ↓ 44 more ─/);
    expect(at(15)[13]).toMatch(/^▌:job job-24/);
    expect(at(15)[16]).toMatch(/^─ ↑ 1 more · ↓ 43 more ─/);
    expect(at(60)[16]).toMatch(/^─ ↑ 44 more ─/);
    expect(at(60)[15]).toMatch(/^▌:job job-69/);
  });

  it('leaves out what is said of the chosen one where it has less than twelve rows', () => {
    const rule = (rows: number): boolean =>
      lines(press(state, '?'), { rows }).some((line) => line.startsWith('─'));
    expect([rule(14), rule(15)]).toEqual([false, true]);
  });
});
