import { describe, expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { press, showing, type } from '../../states.ts';

const state = showing([
  { name: 'a', schedule: '@daily', owner: 'ops' },
  { name: 'b', owner: 'ops' },
]);
const say = (words: string): string[] => [':', ...type(words), 'enter'];
const plan = (shown: State) => {
  const screen = topScreen(shown);
  if (screen.kind !== 'plan') throw new Error(`no plan: ${shown.flash?.text}`);
  const changes = screen.plan?.items.flatMap((item) =>
    item.changes.map(({ path, before, after }) => [item.name, path, before, after]),
  );
  return { title: screen.title, changes };
};

describe('the fields screen', () => {
  const fields = press(state, 'E');

  it('is of the job under the cursor, and enter edits the field under its own', () => {
    expect(topScreen(fields)).toMatchObject({ kind: 'fields', job: 'a' });
    expect(press(fields, 'enter').overlay).toMatchObject({
      kind: 'value',
      keys: ['displayname'],
    });
    expect(press(fields, 'j', 'j', 'j', 'enter').overlay).toMatchObject({
      kind: 'pick',
      keys: ['disabled'],
    });
  });

  it.each(['schedule', 'timezone'])('edits %s where its next runs show', (path) => {
    expect(press(state, ...say(`edit ${path}`)).overlay).toMatchObject({
      kind: 'schedule',
      seen: { name: 'a' },
    });
  });
});

describe(':set', () => {
  it('plans a value over the job under the cursor', () => {
    expect(plan(press(state, ...say('set owner night shift')))).toEqual({
      title: 'owner = night shift, a',
      changes: [['a', 'owner', 'ops', 'night shift']],
    });
  });

  it('plans it over all marked jobs', () => {
    expect(plan(press(state, 'space', 'space', ...say('set retries 3')))).toEqual({
      title: 'retries = 3, 2 jobs',
      changes: [
        ['a', 'retries', '0', '3'],
        ['b', 'retries', '0', '3'],
      ],
    });
  });

  it('without a value takes the value away', () => {
    expect(plan(press(state, ...say('set owner')))).toEqual({
      title: 'Without owner, a',
      changes: [['a', 'owner', 'ops', '']],
    });
  });

  it.each([
    ['set', ':set takes a path and a value'],
    ['set retries many', 'a: '],
  ])('%s plans nothing and says why', (words, why) => {
    const after = press(state, ...say(words));
    expect(topScreen(after).kind).toBe('jobs');
    expect(after.flash).toEqual({ level: 'error', text: expect.stringContaining(why) });
  });
});

describe(':edit', () => {
  it('opens the editor of the field that is named', () => {
    expect(press(state, ...say('edit retries')).overlay).toMatchObject({
      kind: 'value',
      keys: ['retries'],
    });
  });

  it.each([
    ['edit', ':edit needs the name of a field'],
    ['edit nothing', 'a job has no field nothing'],
  ])('%s opens none and says why', (words, text) => {
    const after = press(state, ...say(words));
    expect([after.overlay, after.flash]).toEqual([null, { level: 'error', text }]);
  });
});
