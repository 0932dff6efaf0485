import { describe, expect, it } from 'vitest';
import { visibleOf } from '../../../../src/console/screens/jobs/visible.ts';
import { tableColumns } from '../../../../src/console/state/layout.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { columns } from '../../../../src/view/job-columns.ts';
import { effectsOf, press, showing, type } from '../../states.ts';

const state = showing(['a', 'b', 'c', 'ab'].map((name) => ({ name })));
const cursor = (shown: State): string | null => shown.screens[0].cursor.key;
const marks = (shown: State): string[] => [...shown.screens[0].marks].sort();
const rows = (shown: State): readonly string[] => [...visibleOf(shown).keys];

describe('marks', () => {
  it('mark and go on; what is shown next is looked at', () => {
    const after = press(state, 'space', 'space');
    expect([marks(after), cursor(after)]).toEqual([['a', 'ab'], 'b']);
    expect(effectsOf(state, 'space')).toEqual([{ type: 'load-runs', name: 'ab', soon: true }]);
    expect(marks(press(after, 'k', 'space'))).toEqual(['a']);
  });

  it('mark all that is shown, and leave the others as they are', () => {
    const filtered = press(state, 'G', 'space', '/', 'a', 'enter');
    expect(marks(press(filtered, '*'))).toEqual(['a', 'ab', 'c']);
    expect(marks(press(filtered, '*', '*'))).toEqual(['c']);
    const none = press(filtered, '/', ...type('zz'), 'enter');
    expect(marks(press(none, '*'))).toEqual(['c']);
  });
});

describe('the filter', () => {
  it('filters while one types, the cursor on its job as long as it shows', () => {
    const typed = press(state, 'j', '/', 'a');
    expect([rows(typed), cursor(typed)]).toEqual([['a', 'ab'], 'ab']);
    expect(rows(press(typed, 'backspace', 'c'))).toEqual(['c']);
  });

  it('lets the arrows move meanwhile', () => {
    expect(cursor(press(state, '/', 'a', 'down'))).toBe('ab');
  });
});

describe('sorting', () => {
  it('goes round the columns that are shown, either way', () => {
    const shown = columns.filter(({ from }) => from <= tableColumns(state)).map(({ id }) => id);
    const steps = (key: string) =>
      shown.map((_, at) => press(state, ...Array(at + 1).fill(key)).screens[0].sort.column);
    expect(steps('>')).toEqual([...shown.slice(1), 'name']);
    expect(steps('<')).toEqual([...shown.slice(1).reverse(), 'name']);
  });

  it('comes back from a column that is no longer shown', () => {
    const sorted = press(state, ':', ...type('sort tags'), 'enter');
    expect(press(sorted, '>').screens[0].sort.column).toBe('name');
    expect(columns.map(({ id }) => id)).toContain(press(sorted, '<').screens[0].sort.column);
  });

  it('turns round and back, the cursor on its job', () => {
    const turned = press(state, 'j', 'r');
    expect([rows(turned), cursor(turned)]).toEqual([['c', 'b', 'ab', 'a'], 'ab']);
    expect(rows(press(turned, 'r'))).toEqual(rows(state));
  });
});
