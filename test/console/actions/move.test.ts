import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { effectsOf, linesOf, press, showing } from '../states.ts';

const many = showing(Array.from({ length: 60 }, (_, at) => ({ name: `job-${at + 10}` })));
const at = (state: State): number => Number(state.screens[0].cursor.key?.slice(4)) - 10;
/** The jobs in sight, by number. */
const shown = (state: State): number[] =>
  linesOf(state).flatMap((line) => {
    const found = /^[▌ ]{2} job-(\d+)/.exec(line)?.[1];
    return found === undefined ? [] : [Number(found) - 10];
  });

describe('in a list', () => {
  // 24 rows: 16 of jobs, above the strip.
  it.each<[string[], number]>([
    [['j'], 1],
    [['down', 'down'], 2],
    [['k'], 0],
    [['j', 'j', 'k'], 1],
    [['j', 'up'], 0],
    [['ctrl-f'], 16],
    [['pagedown', 'pagedown'], 32],
    [['G', 'ctrl-b'], 43],
    [['ctrl-f', 'pageup'], 0],
    [['G'], 59],
    [['end', 'j'], 59],
    [['G', 'g'], 0],
    [['G', 'home'], 0],
  ])('%j goes to row %i', (keys, row) => {
    expect(at(press(many, ...keys))).toBe(row);
    expect(shown(press(many, ...keys))).toContain(row);
    expect(shown(press(many, ...keys))).toHaveLength(16);
  });

  it('asks for the runs of the job that it comes to', () => {
    expect(effectsOf(many, 'j')).toEqual([{ type: 'load-runs', name: 'job-11', soon: true }]);
    expect(effectsOf(showing([]), 'j')).toEqual([]);
  });
});

describe('in the pane beside it', () => {
  const config = Object.fromEntries(Array.from({ length: 60 }, (_, row) => [`key-${row}`, 'x']));
  const wide: State = {
    ...showing([{ name: 'ant', executor_config: config }, { name: 'bee' }]),
    columns: 160,
  };
  const top = (state: State): number => state.screens[0].top ?? 0;

  it('the keys scroll as far as it has lines, by lines, pages, to the ends', () => {
    const inside = press(wide, 'tab');
    expect(top(press(inside, 'j'))).toBe(1);
    expect(top(press(inside, 'j', 'j', 'k'))).toBe(1);
    expect(top(press(inside, 'k'))).toBe(0);
    expect(top(press(inside, 'ctrl-f'))).toBe(21);
    expect(top(press(inside, 'ctrl-f', 'ctrl-b'))).toBe(0);
    const end = top(press(inside, 'G'));
    expect(end).toBeGreaterThan(40);
    expect(top(press(inside, 'G', 'j'))).toBe(end);
    expect(top(press(inside, 'G', 'g'))).toBe(0);
    expect(press(inside, 'j').screens[0].cursor.key).toBe('ant');
  });

  it('J and K scroll it from the list', () => {
    expect(top(press(wide, 'J', 'J', 'K'))).toBe(1);
    expect(top(press(wide, 'shift-down', 'shift-up', 'shift-up'))).toBe(0);
    expect(press(wide, 'J').screens[0].inPane).toBeUndefined();
  });

  it('another row is read from its top', () => {
    expect(top(press(wide, 'J', 'J', 'j'))).toBe(0);
    expect(top(press(wide, 'J', 'J', 'k'))).toBe(2);
  });

  it('is where shift-tab goes too, and has no place in a narrow window', () => {
    expect(press(wide, 'shift-tab').screens[0].inPane).toBe(true);
    for (const key of ['tab', 'J', 'K'])
      expect(press({ ...wide, columns: 80 }, key).flash?.text).toContain('too small');
  });
});

describe('in a text', () => {
  const text = press(showing([{ name: 'a' }]), 'y');
  const top = (state: State): number => {
    const screen = topScreen(state);
    return screen.kind === 'text' ? screen.top : Number.NaN;
  };

  it('the keys scroll, by half a page too', () => {
    const low: State = { ...text, rows: 12 };
    expect(top(press(low, 'j', 'j', 'k'))).toBe(1);
    expect(top(press(low, 'ctrl-d'))).toBe(5);
    expect(top(press(low, 'ctrl-d', 'ctrl-d', 'ctrl-u'))).toBe(5);
    expect(top(press(low, 'ctrl-f'))).toBe(9);
  });
});

describe('back', () => {
  it('goes one screen back by esc, which never quits', () => {
    expect(topScreen(press(many, 'enter', 'esc')).kind).toBe('jobs');
    expect(effectsOf(many, 'esc')).toEqual([]);
    expect(effectsOf(many, 'q')).toEqual([{ type: 'quit' }]);
  });
});
