import { describe, expect, it } from 'vitest';
import type { Effect, Message, State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { update } from '../../../src/console/update/update.ts';
import { stateOf } from '../../../src/plan/again/state.ts';
import { keyOf } from '../../terminal/press.ts';
import { linesOf, press, showing, told, type } from '../states.ts';

const kin = [
  { name: 'bad', status: 'failed' },
  { name: 'child', parent_job: 'root', schedule: '', status: 'failed' },
  { name: 'fine', status: 'success' },
  { name: 'off', disabled: true, status: 'failed' },
  { name: 'root', dependent_jobs: ['child', 'other'], status: 'failed' },
  { name: 'other', parent_job: 'root', schedule: '', status: 'success' },
];
const jobs = showing(kin);
const opened = press(jobs, ':', ...type('run-again'), 'enter');
const rows = (state: State): string[] =>
  linesOf(state)
    .slice(3, 9)
    .filter((line) => line !== '');

/** The effects of the last key. */
function pressed(state: State, ...keys: readonly string[]): readonly Effect[] {
  const before = press(state, ...keys.slice(0, -1));
  return update(before, { type: 'key', key: keyOf(keys.at(-1)!), at: 1e12 })[1];
}

const going = (
  stage: 'going' | 'left' | 'over',
  ...states: ReturnType<typeof stateOf>[]
): Message => ({
  type: 'again',
  run: {
    items: [
      { name: 'bad', how: 'ask', after: '', why: '' },
      { name: 'root', how: 'ask', after: '', why: '' },
      { name: 'child', how: 'with', after: 'root', why: '' },
    ],
    states: new Map(states.map((one) => [one.name, one])),
    stage,
  },
});

describe('the list of jobs to run again', () => {
  it('has what failed, parents first, and says who is not asked for', () => {
    const [first, second, third] = rows(opened);
    expect(first).toMatch(/\* bad +run/);
    expect(second).toMatch(/\* root +run +its success runs other, too/);
    expect(third).toMatch(/\* child +with root +the success of root starts it/);
    expect(linesOf(opened).join('\n')).toContain('2 to run, 1 by their parents');
  });

  it('has the marked jobs as they are, also disabled ones, which are left out', () => {
    const marked = press(jobs, '*', 't');
    expect(linesOf(marked).join('\n')).toMatch(/off +left out +it is disabled/);
    expect(linesOf(marked).join('\n')).toContain('3 to run, 2 by their parents, 1 left out');
  });

  it('a child whose parent is unmarked is asked for itself', () => {
    const without = press(opened, 'j', 'space');
    expect(rows(without)[1]).toMatch(/ {2}root +– +not marked: it is not run/);
    expect(rows(without)[2]).toMatch(/\* child +run/);
  });

  it('begins once one has typed how many', () => {
    const effects = pressed(opened, 't', '2', 'enter');
    expect(effects).toMatchObject([{ type: 'run-again', count: 2, resumes: false }]);
  });

  it('stands on top while it goes on or was interrupted, and is told once', () => {
    const left = told(jobs, going('left', stateOf('bad', 'failed', '')));
    expect(linesOf(left)[0]).toContain('not all of 3 ran again: :run-again');
    expect(left.flash?.text).toContain(':run-again goes on, and runs none twice');
    expect(told({ ...left, flash: null }, going('left')).flash).toBeNull();
    expect(told(opened, going('left')).flash).toBeNull();
    const on = told(jobs, going('going', stateOf('bad', 'failed', '')));
    expect(linesOf(on)[0]).toContain('running again, 2 of 3 left');
    expect(linesOf(told(on, going('over')))[0]).not.toContain('again');
  });

  it('shows what becomes of each, and can be stopped and left', () => {
    const running = told(opened, going('going', stateOf('bad', 'failed', 'on n1: exit status 1')), {
      type: 'again-states',
      states: [stateOf('root', 'running', 'row 3 of 9', 'r-1')],
    });
    expect(rows(running)[0]).toMatch(/bad +failed +on n1: exit status 1/);
    expect(rows(running)[1]).toMatch(/root +running +row 3 of 9/);
    expect(linesOf(running).join('\n')).toContain('1 waiting, 1 running, 1 failed');
    expect(pressed(running, 'x')).toEqual([{ type: 'stop-again' }]);
    const back = press(running, 'esc');
    expect(topScreen(back).kind).toBe('jobs');
    expect(rows(press(back, ':', ...type('run-again'), 'enter'))[1]).toMatch(/root +running/);
    expect(pressed(running, 'j', 'enter')).toMatchObject([{ type: 'load-runs', name: 'root' }]);
  });

  it('goes on with what was interrupted, and asks only for what was not started', () => {
    const left = told(opened, going('left', stateOf('bad', 'succeeded')));
    expect(linesOf(left)[1]).toContain('interrupted: t goes on');
    const effects = pressed(left, 't', 'y');
    expect(effects).toMatchObject([{ type: 'run-again', count: 1, resumes: true }]);
    expect(pressed(left, 'D', 'y')).toMatchObject([{ type: 'discard-again' }]);
  });

  it('looks for what was interrupted where nothing failed', () => {
    const fine = showing([{ name: 'fine', status: 'success' }]);
    const effects = pressed(fine, ':', ...type('run-again'), 'enter');
    expect(effects).toContainEqual({ type: 'find-again' });
  });
});
