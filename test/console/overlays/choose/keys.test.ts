import { describe, expect, it } from 'vitest';
import { aliases } from '../../../../src/console/overlays/choose/aliases.ts';
import { groupOf } from '../../../../src/console/overlays/choose/groups.ts';
import { actions, actionsHere } from '../../../../src/console/registry.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { effectsOf, press, pressing, refreshed, showing, told, type } from '../../states.ts';

const jobs = [{ name: 'etl' }, { name: 'etl-import' }, { name: 'zones' }];
const state = showing(jobs);
const command = (text: string, ...keys: string[]): State =>
  press(state, ':', ...type(text), ...keys, 'enter');

describe('the palette', () => {
  it.each(['executions', ' executions ', 'runs'])('runs a command by %j', (text) => {
    expect(topScreen(command(text)).kind).toBe('executions');
  });

  const quits = ['q', 'q!', 'qa', 'wq', 'x', 'exit', 'quit'];
  it.each<readonly [string, object]>([
    ...quits.map((text) => [text, { type: 'quit' }] as const),
    ['backup', { type: 'snapshot' }],
    ['refresh', { type: 'refresh' }],
  ])('knows :%s', (text, effect) => {
    expect(effectsOf(state, ':', ...type(text), 'enter')).toContainEqual(effect);
  });

  it('opens a job by name', () => {
    expect(topScreen(command('job zones'))).toMatchObject({ kind: 'job', job: 'zones' });
    expect(topScreen(command(' job   zones '))).toMatchObject({ kind: 'job', job: 'zones' });
    expect(command('job nobody').flash).toMatchObject({ level: 'error' });
  });

  it('completes with tab, and takes what the arrows chose', () => {
    expect(topScreen(command('jo', 'tab', ...type('zon'), 'tab'))).toMatchObject({ job: 'zones' });
    expect(topScreen(command('job etl', 'down', 'down'))).toMatchObject({ job: 'etl-import' });
    expect(topScreen(command('job etl'))).toMatchObject({ job: 'etl' });
  });

  it.each(['', 'c', 'cl', 'del', 'dele', 'execut', 'job zo', 'sort own'])(
    'runs nothing for :%s and Enter',
    (text) => {
      const after = command(text === 'del' ? 'dels' : text);
      expect(after.screens).toEqual(state.screens);
      expect(after.overlay === null || after.overlay.kind === 'palette').toBe(true);
      expect(effectsOf(state, ':', ...type(text), 'enter')).toEqual([]);
    },
  );

  it('stays open where nothing is meant, to go on', () => {
    const after = command('execut');
    expect(after.overlay).toMatchObject({ kind: 'palette' });
    expect(after.flash?.text).toBe('no command :execut; ↓ or tab chooses one from the list');
    expect(topScreen(press(after, 'down', 'enter')).kind).toBe('executions');
  });

  it('goes back to the jobs from anywhere', () => {
    const deep = press(state, 'enter', ':', ...type('executions'), 'enter');
    expect(press(deep, ':', ...type('jobs'), 'enter').screens).toHaveLength(1);
  });

  it('never takes :w for more than it is', () => {
    expect(effectsOf(state, ':', 'w', 'enter')).toEqual([]);
    const plan = press(state, '*', 's');
    for (const text of ['w', 'wq', 'x']) {
      expect(effectsOf(plan, ':', ...type(text), 'enter')).toEqual([]);
      expect(press(plan, ':', ...type(text), 'enter').flash?.text).toContain('enter writes');
    }
  });

  it('names the screen of a command that is of another', () => {
    expect(press(state, '*', 's', ':', ...type('clear'), 'enter').flash?.text).toBe(
      ':clear works on: jobs, job, executions',
    );
  });

  it('means by another name a command that there is', () => {
    const commands = new Set(actions.map((action) => action.command));
    for (const [name, command] of aliases) {
      expect(commands, name).toContain(command);
      expect(commands, name).not.toContain(name);
    }
  });

  it.each(['run etl-import', 'exec zones', 'delete zones', 'schedule zones', 'enable zones'])(
    'asks nothing about another job when a name is typed behind :%s',
    (text) => {
      const after = command(text);
      expect(after.overlay).toBeNull();
      expect(after.flash).toMatchObject({
        level: 'error',
        text: expect.stringContaining('takes no words'),
      });
    },
  );

  it.each(['rnu etl', 'wipe everything', 'constructor', '__proto__'])(
    'guesses nothing for :%s',
    (text) => {
      const after = command(text);
      expect(after.screens).toEqual(state.screens);
      expect(after.flash?.text).toContain(`no command :${text}`);
    },
  );

  it('sorts and filters by words', () => {
    expect(command('sort status desc').screens[0].sort).toEqual({
      column: 'status',
      descending: true,
    });
    expect(command('sort owner:dsc').flash?.text).toContain('takes asc or desc');
    expect(command('sort owner:d').screens[0].sort).toEqual({ column: 'owner', descending: true });
    expect(command('sort by luck').flash?.text).toContain(':sort takes one of name');
    expect(command('filter status:failed !etl').screens[0].filter).toBe('status:failed !etl');
  });

  it('opens a plan from a file that is named', () => {
    const keys = [':', ...type('restore /tmp/a b'), 'enter'];
    expect(effectsOf(state, ...keys)).toEqual([{ type: 'plan-restore', file: '/tmp/a b' }]);
  });

  it('closes on esc, and on backspace where nothing is typed', () => {
    expect(press(state, ':', 'esc')).toEqual({ ...state, usedAt: state.now });
    expect(press(state, ':', 'a', 'backspace', 'backspace').overlay).toBeNull();
  });
});

describe('help', () => {
  const open = press(state, '?');

  it('finds by words, and runs what is chosen', () => {
    const found = press(open, '/', ...type('executions that'));
    expect(press(found, 'enter').overlay).toMatchObject({ kind: 'help', searching: false });
    expect(topScreen(press(found, 'enter', 'down', 'enter')).kind).toBe('executions');
    expect(topScreen(press(found, 'down', 'enter')).kind).toBe('executions');
  });

  it.each(['?', 'q', 'esc'])('closes with %s', (key) => {
    expect(press(open, key)).toEqual({ ...state, usedAt: state.now });
  });

  it('runs nothing that was not chosen', () => {
    const after = press(open, 'enter');
    expect(after.overlay).toEqual(open.overlay);
    expect(after.flash?.text).toBe('↓ chooses, enter runs what is chosen');
  });

  it.each(actionsHere(state).flatMap(({ id, keys }) => keys.map((key) => [key, id] as const)))(
    'shows %s of %s, and there it works',
    (key) => {
      const own = [
        '?',
        '/',
        'q',
        'esc',
        'enter',
        'j',
        'k',
        'g',
        'G',
        'ctrl-f',
        'ctrl-b',
        'up',
        'down',
        'home',
        'end',
        'pageup',
        'pagedown',
      ];
      if (own.includes(key)) return;
      const [there, effects] = pressing(open, [key]);
      const [here, expected] = pressing(state, [key]);
      expect(effects).toEqual(expected);
      expect(there.screens).toEqual(here.screens);
      expect(there.flash).toEqual(here.flash);
      if (!['ctrl-l', 'ctrl-c'].includes(key)) expect(there.overlay?.kind).toBe(here.overlay?.kind);
    },
  );

  it('says of a key that does nothing here where it means something', () => {
    expect(press(open, 'a').flash?.text).toBe('a does nothing here: it is mark all shown on plan');
  });

  it('says why it did not run', () => {
    const after = press(showing([]), '?', '/', ...type('edits schedule'), 'down', 'enter');
    expect(after.flash?.text).toBe('schedule: no job under the cursor');
  });

  it('goes round with the arrows', () => {
    const up = press(open, 'up');
    expect(up.overlay).not.toMatchObject({ cursor: 0 });
    expect(press(up, 'down').overlay).toMatchObject({ cursor: 0 });
  });

  it('stays while the data changes', () => {
    const chosen = press(open, 'down');
    expect(told(chosen, refreshed([])).overlay).toBe(chosen.overlay);
  });

  it('has a group for every action', () => {
    expect(actions.filter((action) => groupOf(action) === 'More')).toEqual([]);
  });
});

describe('a key that does nothing here', () => {
  it('says so for a moment', () => {
    const [after, effects] = pressing(state, ['Q']);
    expect(after.flash?.text).toBe('Q does nothing here; ? lists the keys');
    expect(effects).toEqual([{ type: 'forget-later', flash: after.flash }]);
    expect(told(after, { type: 'forget', flash: after.flash! }).flash).toBeNull();
    const other = told(after, { type: 'flash', flash: { level: 'ok', text: 'done' } });
    expect(told(other, { type: 'forget', flash: after.flash! }).flash?.text).toBe('done');
  });
});

describe('moving in a list to choose from', () => {
  const cursor = ({ overlay }: State): number | null =>
    overlay?.kind === 'help' || overlay?.kind === 'palette' ? overlay.cursor : Number.NaN;
  const help = press(state, '?');
  const last = actionsHere(state).length - 1;
  // 24 rows have a body of 21: a page is 15.
  const page = 15;

  it.each<[string[], number | null]>([
    [[], null],
    [['down'], 0],
    [['down', 'down', 'up'], 0],
    [['up'], last],
    [['up', 'up'], last - 1],
    [['up', 'down'], 0],
    [['pagedown'], page],
    [['down', 'pagedown', 'pageup'], 0],
    [['end', 'pageup'], last - page],
    [['end', 'pagedown'], last],
    [['pageup'], 0],
    [['end', 'home'], 0],
    [['j', 'j', 'k'], 0],
    [['ctrl-f', 'ctrl-b'], 0],
    [['G'], last],
    [['G', 'g'], 0],
  ])('%j in help comes to %s', (keys, at) => {
    expect(cursor(press(help, ...keys))).toBe(at);
  });

  it('letters of what is searched for move nothing, nor do home and end there', () => {
    const typed = press(help, '/', ...type('jk'), 'home', 'g');
    expect(typed.overlay).toMatchObject({ cursor: null, line: { lines: ['gjk'] } });
    expect(cursor(press(help, '/', 'r', 'down'))).toBe(0);
    expect(cursor(press(help, '/', 'r', 'down', 'u'))).toBeNull();
  });

  it('esc ends the search first, and shows all again', () => {
    const searching = press(help, '/', ...type('executions that'));
    expect(press(searching, 'esc').overlay).toEqual(help.overlay);
    expect(press(searching, 'down', 'esc').overlay).toEqual(help.overlay);
  });

  it('moves nothing where nothing is found', () => {
    const none = press(help, '/', ...type('no such thing'));
    for (const key of ['down', 'up', 'pagedown', 'pageup'])
      expect(cursor(press(none, key))).toBeNull();
    expect(press(none, 'enter').overlay).toMatchObject({ searching: false });
  });

  it('in the palette home and end are of the line', () => {
    const open = press(state, ':', ...type('ob'), 'home', 'j');
    expect(open.overlay).toMatchObject({ cursor: null, line: { lines: ['job'] } });
    expect(cursor(press(open, 'down'))).toBe(0);
    expect(cursor(press(open, 'down', 's'))).toBeNull();
  });

  it('a paste is of what is typed, in help only while one searches', () => {
    const paste = { type: 'paste', text: 'x' } as const;
    expect(told(help, paste).overlay).toEqual(help.overlay);
    expect(told(press(help, '/', 'a'), paste).overlay).toMatchObject({ line: { lines: ['ax'] } });
    expect(told(press(state, ':', 'a'), paste).overlay).toMatchObject({ line: { lines: ['ax'] } });
  });
});

describe('tab in the palette', () => {
  const typed = ({ overlay }: State): string | undefined =>
    overlay?.kind === 'palette' ? overlay.line.lines[0] : undefined;

  it('takes what is chosen, else the best, else leaves what is typed', () => {
    expect(typed(press(state, ':', ...type('executio'), 'tab'))).toBe('executions ');
    expect(typed(press(state, ':', ...type('job etl'), 'down', 'down', 'tab'))).toBe(
      'job etl-import ',
    );
    expect(typed(press(state, ':', ...type('qqqq'), 'tab'))).toBe('qqqq ');
  });
});
