import { describe, expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { damage } from '../../../../src/snapshot/verify/damage.ts';
import { aSnapshot } from '../../../support/snapshots.ts';
import { effectsOf, linesOf, press, showing, told, type } from '../../states.ts';

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

describe('verifying snapshots', () => {
  const good = { file: '/s/one', verdict: 'proven', jobs: 3, why: null, damages: [] } as const;
  const bad = {
    file: '/s/two',
    verdict: 'damaged',
    jobs: 2,
    why: null,
    damages: [damage('edited', 'line 2 (job b) was edited', { line: 2, jobs: ['b'] })],
  } as const;

  it('asks for the one under the cursor, or the marked ones', () => {
    expect(effectsOf(listed('one', 'two'), 'v')).toEqual([
      { type: 'verify-snapshots', files: ['/s/one'] },
    ]);
    expect(effectsOf(listed('one', 'two', 'three'), 'space', 'space', 'j', 'v')).toEqual([
      { type: 'verify-snapshots', files: ['/s/one', '/s/two'] },
    ]);
    expect(press(listed('one'), 'v').waiting).toBe('verifying one');
  });

  it('says what is proven in a line, and keeps it in the row', () => {
    const state = told(listed('one', 'two'), { type: 'verified', verdicts: [good] });
    expect(state.flash).toMatchObject({
      level: 'ok',
      text: 'proven: 3 jobs, each as it came from the server',
    });
    expect(topScreen(state).kind).toBe('snapshots');
    expect(linesOf(state).join('\n')).toContain('proven');
  });

  it('opens what is wrong as a text', () => {
    const state = told(listed('one', 'two'), { type: 'verified', verdicts: [good, bad] });
    expect(state.flash).toMatchObject({ level: 'error', text: '1 damaged, 1 proven' });
    expect(topScreen(state)).toMatchObject({
      kind: 'text',
      text: '/s/two  damaged: 1 damage; 2 jobs unharmed\n  line 2 (job b) was edited',
    });
    expect(linesOf(press(state, 'esc')).join('\n')).toContain('damaged');
  });

  it('says it in a line where another screen was opened meanwhile', () => {
    const state = told(press(listed('one', 'two'), 'esc'), { type: 'verified', verdicts: [bad] });
    expect(topScreen(state).kind).toBe('jobs');
    expect(state.flash?.text).toBe('damaged: 1 damage; 2 jobs unharmed');
  });
});
