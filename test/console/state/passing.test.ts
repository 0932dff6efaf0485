import { expect, it } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import type { Effect, State } from '../../../src/console/state/model.ts';
import { update } from '../../../src/console/update/update.ts';
import { lineText } from '../../../src/view/line.ts';
import { keyOf } from '../../terminal/press.ts';
import { refreshed, showing, started, told } from '../states.ts';

const jobs = ['a', 'b', 'c'].map((name) => ({ name, owner: `owner-of-${name}` }));
const wide: State = { ...showing(jobs), columns: 200, rows: 50 };

/** Keys at these times, ms; what the last one asked for. */
function keys(start: State, ...times: readonly number[]): readonly [State, readonly Effect[]] {
  return times.reduce<readonly [State, readonly Effect[]]>(
    ([state], at) => update(state, { type: 'key', key: keyOf('j'), at }),
    [start, []],
  );
}

const shown = (state: State): string => frameOf(state).lines.map(lineText).join('\n');
const pane = (state: State): string =>
  frameOf(state)
    .lines.map((line) => lineText(line).split('│')[1] ?? '')
    .join('\n');

it('the first jobs show before the details of one', () => {
  const wider: State = { ...started(), columns: 200, rows: 50 };
  const [state, effects] = update(wider, refreshed(jobs));
  expect(pane(state)).toMatch(/^ a +$/m);
  expect(pane(state)).not.toContain('owner-of');
  expect(effects).toContainEqual({ type: 'rest-later' });
  expect(pane(told(state, { type: 'rested' }))).toContain('owner-of-a');
});

it('a key that comes alone shows all of the job at once', () => {
  const [state, effects] = keys(wide, 1_000);
  expect(pane(state)).toContain('owner-of-b');
  expect(effects).not.toContainEqual({ type: 'rest-later' });
});

it('keys in a row show the name of the job they are on, and nothing of another one', () => {
  const [state, effects] = keys(wide, 1_000, 1_033);
  expect(pane(state)).toMatch(/^ c +$/m);
  expect(pane(state)).not.toContain('owner-of');
  expect(effects).toContainEqual({ type: 'rest-later' });
});

it('all of it shows once they end, or with the next key that comes alone', () => {
  const [passed] = keys(wide, 1_000, 1_033);
  const [direct] = keys(wide, 1_000, 2_000);
  expect(shown(told(passed, { type: 'rested' }))).toBe(shown(direct));
  const back = update(passed, { type: 'key', key: keyOf('k'), at: 1_133 })[0];
  expect(pane(back)).toContain('owner-of-b');
});

it('a key that moves nothing does not hide what is there', () => {
  const [at] = keys(wide, 1_000, 2_000);
  const [end, effects] = keys(at, 2_033);
  expect(pane(end)).toContain('owner-of-c');
  expect(effects).not.toContainEqual({ type: 'rest-later' });
});
