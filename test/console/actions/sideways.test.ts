import { expect, it } from 'vitest';
import { cellsPast } from '../../../src/console/screens/sideways.ts';
import type { State } from '../../../src/console/state/model.ts';
import { push, topScreen } from '../../../src/console/state/stack.ts';
import { press, showing } from '../states.ts';

const reading = (text: string): State =>
  push(showing([{ name: 'a' }]), {
    kind: 'text',
    what: 'raw',
    title: 'a',
    job: 'a',
    text,
    truncated: false,
    wrap: false,
    top: 0,
    left: 0,
    search: '',
  });
const left = (state: State): number => {
  const screen = topScreen(state);
  return 'left' in screen ? (screen.left ?? 0) : Number.NaN;
};

it('a text goes half a screen at a time, between its ends', () => {
  const wide = reading('x'.repeat(178));
  // 78 cells show, and one at the left says that something is left out: 101 are past.
  const steps: [string, number][] = [
    ['l', 40],
    ['right', 80],
    ['l', 101],
    ['l', 101],
    ['h', 61],
    ['left', 21],
    ['h', 0],
    ['h', 0],
    ['$', 101],
    ['0', 0],
  ];
  let state = wide;
  for (const [key, expected] of steps) {
    state = press(state, key);
    expect(left(state), key).toBe(expected);
  }
});

it('what fits goes nowhere, and stays the state that it was', () => {
  for (const key of ['l', 'h', '$', '0']) {
    const state = reading('x'.repeat(78));
    expect(press(state, key).screens, key).toEqual(state.screens);
    expect(left(press(state, key))).toBe(0);
  }
  expect(left(press(reading('x'.repeat(79)), 'l'))).toBe(2);
});

it('is measured anew in a window that grew', () => {
  const end = press(reading('x'.repeat(178)), '$');
  expect(left(press({ ...end, columns: 160 }, 'h'))).toBe(0);
});

it.each([
  [-1, 0],
  [0, 0],
  [1, 2],
  [20, 21],
])('of %i cells too many, %i can be scrolled', (overhang, most) => {
  expect(cellsPast(overhang, 5)).toEqual({ most, step: 5 });
});
