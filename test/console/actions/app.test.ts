import { expect, it } from 'vitest';
import { topScreen } from '../../../src/console/state/stack.ts';
import { effectsOf, press, showing, type } from '../states.ts';

const state = showing([{ name: 'a' }, { name: 'b' }]);
const say = (words: string): string[] => [':', ...type(words), 'enter'];

it.each([
  ['ctrl-r', 'refresh'],
  ['ctrl-l', 'redraw'],
  ['ctrl-z', 'suspend'],
  ['ctrl-c', 'quit'],
])('%s asks for %s, on every screen', (key, effect) => {
  for (const shown of [state, press(state, 'enter'), press(state, 'y')])
    expect(effectsOf(shown, key)).toEqual([{ type: effect }]);
});

it('ctrl-l and ctrl-z work over what is asked, ctrl-z not where one types', () => {
  const asked = press(state, 's');
  expect(effectsOf(asked, 'ctrl-l')).toEqual([{ type: 'redraw' }]);
  expect(effectsOf(asked, 'ctrl-z')).toEqual([{ type: 'suspend' }]);
  const picking = press(state, ...say('edit concurrency'));
  expect(effectsOf(picking, 'ctrl-z')).toEqual([{ type: 'suspend' }]);
  for (const keys of [['/', 'x'], [':', 'x'], ['i'], ['ctrl-d', 'x'], ['?', '/']]) {
    expect(effectsOf(press(state, ...keys), 'ctrl-l')).toEqual([{ type: 'redraw' }]);
    expect(effectsOf(press(state, ...keys), 'ctrl-z')).not.toContainEqual({ type: 'suspend' });
  }
});

it('help and the palette open with nothing chosen, nothing typed', () => {
  const line = { lines: [''] };
  expect(press(state, '?').overlay).toMatchObject({
    kind: 'help',
    line,
    searching: false,
    cursor: null,
  });
  expect(press(state, ':').overlay).toMatchObject({ kind: 'palette', line, cursor: null });
});

it(':w and :wq say what waits to be written, and where nothing does', () => {
  const plan = press(state, '*', 's');
  expect(topScreen(plan).kind).toBe('plan');
  const [waiting, none] = [plan, state].map((shown) => press(shown, ...say('w')).flash?.text);
  expect(waiting).toContain('enter writes');
  expect(none).not.toContain('enter writes');
  // Without a mark there is nothing left to write.
  expect(press(press(plan, 'a'), ...say('w')).flash?.text).toBe(none);
  expect(effectsOf(plan, ...say('wq'))).toEqual([]);
  expect(effectsOf(press(plan, 'a'), ...say('wq'))).toEqual([{ type: 'quit' }]);
  expect(effectsOf(state, ...say('wq'))).toEqual([{ type: 'quit' }]);
});
