import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { effectsOf, press, refreshed, showing, told, type } from '../states.ts';

const state = showing([
  { name: 'a', schedule: '@daily' },
  { name: 'b', schedule: '@manually' },
]);
const say = (words: string): string[] => [':', ...type(words), 'enter'];
const planned = (shown: State) => {
  const screen = topScreen(shown);
  if (screen.kind !== 'plan') throw new Error(`no plan: ${shown.flash?.text}`);
  return screen;
};

describe(':create', () => {
  it.each([
    ['create new', 'http'],
    ['create new http', 'http'],
    ['create new shell', 'shell'],
  ])('%s opens the editor on a template', (words, executor) => {
    expect(effectsOf(state, ...say(words))).toMatchObject([
      { type: 'edit-outside', isNew: true, seen: { name: 'new', executor } },
    ]);
  });

  it.each([
    ['create', ':create needs the new name'],
    ['create new soap', 'the second word is one of '],
    ['create a shell', 'a already exists'],
    ['create New', 'message of Dkron'],
  ])('%s opens nothing and says why', (words, why) => {
    expect(effectsOf(state, ...say(words))).toEqual([]);
    expect(press(state, ...say(words)).flash).toEqual({
      level: 'error',
      text: expect.stringContaining(why),
    });
  });
});

describe(':clone', () => {
  it('makes a plan with one new job, the same but for its name', () => {
    const { title, plan, marks } = planned(press(state, ...say('clone copy')));
    expect(title).toBe('Clone a as copy');
    expect(plan?.items).toMatchObject([
      { name: 'copy', kind: 'new', job: { name: 'copy', schedule: '@daily' } },
    ]);
    expect([...marks]).toEqual(['copy']);
  });

  it.each([
    ['clone', ':clone needs the new name'],
    ['clone b', 'b already exists'],
  ])('%s makes none and says why', (words, why) => {
    const after = press(state, ...say(words));
    expect([topScreen(after).kind, after.flash?.text]).toEqual(['jobs', why]);
  });
});

describe(':rename', () => {
  it('makes a plan with a copy and the old job disabled, which keeps its history', () => {
    const after = press(state, ...say('rename copy'));
    const { title, plan, marks } = planned(after);
    expect(title).toBe('Rename a to copy');
    expect(plan?.items).toMatchObject([
      { name: 'copy', kind: 'new', job: { schedule: '@daily', disabled: false } },
      { name: 'a', kind: 'change', job: { disabled: true } },
    ]);
    expect([...marks]).toEqual(['copy', 'a']);
    expect(after.flash).toEqual({
      level: 'info',
      text: 'a stays, disabled, with its history; delete it when it is not needed',
    });
  });

  it('offers a name to begin with', () => {
    const offered = press(state, ':', ...type('rename '), 'tab');
    expect(offered.overlay).toMatchObject({ kind: 'palette', line: { lines: ['rename a-copy '] } });
  });
});

it('a name that a job has which cannot be read is taken too', () => {
  const unreadable = [{ name: 'broken', why: 'why' }];
  const shown = told(state, refreshed([{ name: 'a' }], { unreadable }));
  for (const words of ['clone broken', 'rename broken', 'create broken'])
    expect(press(shown, ...say(words)).flash).toMatchObject({
      level: 'error',
      text: expect.stringContaining('broken already exists'),
    });
});

it('without a job there is nothing to copy, and no name to begin with', () => {
  for (const words of ['clone x', 'rename x'])
    expect(press(showing([]), ...say(words)).flash?.text).toContain('no job');
  const offered = press(showing([]), ':', ...type('rename '), 'tab');
  expect(offered.overlay).toMatchObject({ line: { lines: ['rename  '] } });
});
