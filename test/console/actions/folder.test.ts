import { describe, expect, it } from 'vitest';
import { topScreen } from '../../../src/console/state/stack.ts';
import { effectsOf, press, showing, type } from '../states.ts';

describe('a folder under git', () => {
  const state = showing([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  const line = (words: string) => [':', ...type(words), 'enter'];

  it('gets all jobs, or the marked ones', () => {
    expect(effectsOf(state, ...line('export /j'))).toEqual([
      { type: 'export', folder: '/j', names: [] },
    ]);
    expect(effectsOf(press(state, 'space', 'space'), ...line('export /j x'))).toEqual([
      { type: 'export', folder: '/j x', names: ['a', 'b'] },
    ]);
    expect(press(state, ...line('export /j')).waiting).toBe('exporting all jobs');
  });

  it('is compared with the server in a plan that can be written', () => {
    expect(effectsOf(state, ...line('drift /j'))).toEqual([
      { type: 'plan-restore', file: '/j', spaced: true },
    ]);
    expect(topScreen(press(state, ...line('drift /j')))).toMatchObject({
      kind: 'plan',
      title: 'Drift  /j',
    });
  });

  it.each(['export', 'drift'])('has to be named: %s', (command) => {
    expect(effectsOf(state, ...line(command))).toEqual([]);
    expect(press(state, ...line(command)).flash?.text).toContain(`name a folder: :${command}`);
  });
});
