import { describe, expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { aSnapshot } from '../../../support/snapshots.ts';
import { effectsOf, press, showing, told, type } from '../../states.ts';

const file = (name: string) => aSnapshot({ name });
const looking = press(showing([{ name: 'a' }]), 'R');
const listed = (...names: string[]): State =>
  told(looking, { type: 'snapshots', files: names.map(file) });

describe('the snapshots', () => {
  it('are looked for when one asks', () => {
    expect(effectsOf(showing([]), 'R')).toEqual([{ type: 'list-snapshots' }]);
    expect(topScreen(looking)).toMatchObject({ kind: 'snapshots', files: null });
  });

  it('are compared with the server, the one under the cursor', () => {
    expect(effectsOf(listed('one', 'two'), 'j', 'R')).toEqual([
      { type: 'plan-restore', file: '/s/two' },
    ]);
    expect(topScreen(press(listed('one'), 'R'))).toMatchObject({
      kind: 'plan',
      id: '/s/one',
      title: 'Restore  one',
      plan: null,
    });
  });

  it.each([
    ['being looked for', looking],
    ['none', listed()],
  ])('cannot be compared while they are %s', (_, state) => {
    expect(effectsOf(state, 'R')).toEqual([]);
    expect(press(state, 'R').flash?.text).toContain('there is no snapshot');
  });

  it('can be named at once', () => {
    expect(effectsOf(showing([]), ':', ...type('restore /tmp/x'), 'enter')).toEqual([
      { type: 'plan-restore', file: '/tmp/x' },
    ]);
  });
});

it('a snapshot is taken of the marked jobs, which is said, and gets a label by words', () => {
  const state = press(showing([{ name: 'a' }, { name: 'b' }, { name: 'c' }]), 'space', 'space');
  expect(effectsOf(state, 'S')).toEqual([{ type: 'snapshot', names: ['a', 'b'] }]);
  expect(press(state, 'S').waiting).toBe('taking a snapshot of 2 marked jobs');
  const labelled = [':', ...type('snapshot before 2.0'), 'enter'];
  expect(effectsOf(state, ...labelled)).toEqual([
    { type: 'snapshot', label: 'before 2.0', names: ['a', 'b'] },
  ]);
  expect(effectsOf(showing([]), ...labelled)).toEqual([{ type: 'snapshot', label: 'before 2.0' }]);
});

it('a snapshot is taken on request, and that is said', () => {
  const state = showing([]);
  expect(effectsOf(state, 'S')).toEqual([{ type: 'snapshot' }]);
  expect(press(state, 'S').waiting).toContain('snapshot');
});
