import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { effectsOf, press, showing, told, type } from '../states.ts';

const state = showing(['ant', 'bee', 'cow', 'bat'].map((name) => ({ name })));
const cursor = (shown: State): string | null => shown.screens[0].cursor.key;

describe('the words of a filter', () => {
  it('begin as they were left, and their ends ask for what is looked at', () => {
    const kept = press(state, '/', 'b', 'enter');
    expect(press(kept, '/').overlay).toMatchObject({ kind: 'filter', line: { lines: ['b'] } });
    expect(effectsOf(state, '/', 'b', 'enter')).toEqual([
      { type: 'load-runs', name: cursor(kept), soon: true },
    ]);
    expect(effectsOf(state, '/', 'b', 'esc')).toEqual([
      { type: 'load-runs', name: 'ant', soon: true },
    ]);
  });

  it('leave the arrows to the list, and other keys to themselves', () => {
    const typed = press(state, '/', 'b');
    for (const keys of [['down'], ['pagedown'], ['down', 'up', 'down']])
      expect(cursor(press(typed, ...keys))).toBe('bee');
    expect(cursor(press(typed, 'down', 'pageup'))).toBe('bat');
    expect(press(typed, 'home', 'x').screens[0].filter).toBe('xb');
  });

  it('by esc go back to those of before, with the cursor on its row unless that is gone', () => {
    const down = press(state, 'G');
    expect(cursor(press(down, '/', 'b', 'esc'))).toBe('cow');
    expect(press(down, '/', 'b', 'esc').screens).toEqual(down.screens);
    const kept = press(state, '/', 'b', 'enter', '/', ...type('ee'), 'esc');
    expect(kept.screens[0].filter).toBe('b');
  });

  it('are pasted as one change', () => {
    const pasted = told(press(state, '/'), { type: 'paste', text: 'co' });
    expect([pasted.screens[0].filter, cursor(pasted)]).toEqual(['co', 'cow']);
  });
});

describe(':filter', () => {
  const say = (words: string): State => press(state, ':', ...type(words), 'enter');

  it('filters by its words at once, and opens the line without', () => {
    expect(say('filter be')).toMatchObject({ overlay: null });
    expect(say('filter be').screens[0].filter).toBe('be');
    expect(say('filter').overlay).toMatchObject({ kind: 'filter' });
  });

  it('takes no filter that there is not', () => {
    const after = say('filter stauts:failed');
    expect(after.screens[0].filter).toBe('');
    expect(after.flash).toMatchObject({ level: 'error', text: expect.stringContaining('status:') });
  });

  it('is of a list only, as :search is of a text', () => {
    const text = press(state, 'y');
    expect(press(text, ':', ...type('filter x'), 'enter').flash?.text).toContain(
      ':filter works on',
    );
    const searched = press(text, ':', ...type('search ant'), 'enter');
    expect(topScreen(searched)).toMatchObject({ kind: 'text', search: 'ant' });
  });
});
