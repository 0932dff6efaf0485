import { describe, expect, it } from 'vitest';
import { visibleOf } from '../../../src/console/screens/jobs/visible.ts';
import type { State } from '../../../src/console/state/model.ts';
import { press, showing, type } from '../states.ts';

const jobs: State = (() => {
  const state = showing([
    { name: 'a', owner: 'night' },
    { name: 'b', owner: 'day' },
  ]);
  const views = { night: 'owner:night', day: 'owner:day' };
  return { ...state, setting: { ...state.setting, views } };
})();
const shown = (state: State) => [...visibleOf(state).keys];

describe('views', () => {
  it('come one after the other, and after the last all jobs', () => {
    const first = press(jobs, 'v');
    expect(shown(first)).toEqual(['a']);
    expect(first.flash?.text).toBe('view night');
    const second = press(first, 'v');
    expect(shown(second)).toEqual(['b']);
    expect(shown(press(second, 'v'))).toEqual(['a', 'b']);
    expect(press(second, 'v').flash?.text).toBe('all jobs');
  });

  it('come by their name', () => {
    expect(shown(press(jobs, ':', ...type('view day'), 'enter'))).toEqual(['b']);
    expect(press(jobs, ':', ...type('view dusk'), 'enter').flash?.text).toBe(
      'there is no view dusk; there is night, day',
    );
  });

  it('are none where the context has none', () => {
    expect(press(showing([{ name: 'a' }]), 'v').flash?.text).toContain('has no views');
  });
});
