import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/model.ts';
import { topScreen } from '../../../src/console/screens.ts';
import { effectsOf, press, refreshed, showing, told, type } from '../states.ts';

const jobs = [{ name: 'etl' }, { name: 'etl-import' }, { name: 'zones' }];
const state = showing(jobs);
const command = (text: string, ...keys: string[]): State =>
  press(state, ':', ...type(text), ...keys, 'enter');

describe('the palette', () => {
  it.each(['executions', 'execut', ' executions '])('runs a command by %j', (text) => {
    expect(topScreen(command(text)).kind).toBe('executions');
  });

  it.each([
    ['q', { type: 'quit' }],
    ['backup', { type: 'snapshot' }],
    ['refresh', { type: 'refresh' }],
  ])('knows :%s', (text, effect) => {
    expect(effectsOf(state, ':', ...type(text), 'enter')).toContainEqual(effect);
  });

  it('opens a job by name', () => {
    expect(topScreen(command('job zones'))).toMatchObject({ kind: 'job', name: 'zones' });
    expect(topScreen(command(' job   zones '))).toMatchObject({ kind: 'job', name: 'zones' });
    expect(command('job nobody').flash).toMatchObject({ level: 'error' });
  });

  it('completes with tab, and takes what the arrows chose', () => {
    expect(topScreen(command('jo', 'tab', ...type('zon'), 'tab'))).toMatchObject({ name: 'zones' });
    expect(topScreen(command('job etl', 'down'))).toMatchObject({ name: 'etl-import' });
    expect(topScreen(command('job etl'))).toMatchObject({ name: 'etl' });
  });

  it('takes the first that is offered for a part of a name, and only where names are taken', () => {
    expect(topScreen(command('job zo'))).toMatchObject({ kind: 'job', name: 'zones' });
    expect(topScreen(command('job et'))).toMatchObject({ kind: 'job', name: 'etl' });
    expect(topScreen(command('job imp'))).toMatchObject({ kind: 'job', name: 'etl-import' });
    expect(command('sort own').screens[0].sort.column).toBe('owner');
    expect(command('filter stat').screens[0].filter).toBe('stat');
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
      expect({ ...after, flash: null }).toEqual({ ...state, flash: null });
      expect(after.flash?.text).toContain(`no command :${text}`);
    },
  );

  it('sorts and filters by words', () => {
    expect(command('sort status desc').screens[0].sort).toEqual({
      column: 'status',
      descending: true,
    });
    expect(command('sort owner:d').screens[0].sort).toEqual({ column: 'owner', descending: true });
    expect(command('sort by luck').flash?.text).toContain(':sort takes one of name');
    expect(command('filter status:failed !etl').screens[0].filter).toBe('status:failed !etl');
  });

  it('opens a plan from a file that is named', () => {
    const keys = [':', ...type('restore /tmp/a b'), 'enter'];
    expect(effectsOf(state, ...keys)).toEqual([{ type: 'plan-restore', file: '/tmp/a b' }]);
  });

  it('closes on esc, and on backspace where nothing is typed', () => {
    expect(press(state, ':', 'esc')).toEqual(state);
    expect(press(state, ':', 'a', 'backspace', 'backspace').overlay).toBeNull();
  });
});

describe('help', () => {
  it('lists what works here, finds by words, and runs what is chosen', () => {
    expect(topScreen(press(state, '?', ...type('executions that'), 'enter')).kind).toBe(
      'executions',
    );
    expect(press(state, '?', ...type('no such thing'), 'enter').overlay).toBeNull();
  });

  it('says why it did not run', () => {
    const after = press(showing([]), '?', ...type('edits schedule'), 'enter');
    expect(after.flash?.text).toBe('schedule: no job under the cursor');
  });

  it('goes round with the arrows', () => {
    const up = press(state, '?', 'up');
    expect(up.overlay).not.toMatchObject({ cursor: 0 });
    expect(press(up, 'down').overlay).toMatchObject({ cursor: 0 });
  });

  it('stays while the data changes', () => {
    const open = press(state, '?', 'down');
    expect(told(open, refreshed([])).overlay).toBe(open.overlay);
  });
});
