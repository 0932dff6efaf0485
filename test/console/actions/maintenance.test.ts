import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import type { State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import type { MaintenanceSeen } from '../../../src/plan/maintenance/store.ts';
import type { CheckedPlan } from '../../../src/plan/model.ts';
import { lineText } from '../../../src/view/line.ts';
import { press, pressing, showing, told, type } from '../states.ts';

const jobs = showing([
  { name: 'db-a' },
  { name: 'db-b' },
  { name: 'db-off', disabled: true },
  { name: 'other' },
]);
const filtered = press(jobs, '/', ...type('db'), 'enter');
const command = (state: State, text: string): State => press(state, ':', ...type(text), 'enter');

const goesOn = (more: Partial<MaintenanceSeen> = {}): State =>
  told(jobs, {
    type: 'maintenance',
    seen: {
      ...{ id: 'id', name: 'night', why: 'upgrade', operation: 'op', safety: null, jobs: 3 },
      ...{ at: new Date(jobs.now - 7_200_000).toISOString(), step: 'running', interrupted: false },
      ...more,
    },
  });

const planOf = (state: State): CheckedPlan => {
  const screen = topScreen(state);
  if (screen.kind !== 'plan' || screen.plan === null) throw new Error('no plan is shown');
  return screen.plan;
};

const top = (state: State): string => lineText(frameOf({ ...state, columns: 160 }).lines[0]!);

describe('a maintenance', () => {
  it.each([
    ['of what the filter shows', press(filtered, 'M'), 'db', ''],
    ['of what is marked', press(jobs, 'g', 'space', 'space', 'M'), 'of chosen jobs', ''],
    ['with a name', command(filtered, 'maintenance night'), 'night', ''],
    ['with a name and why', command(filtered, 'maintenance night: a: b'), 'night', 'a: b'],
  ])('is planned %s, without what is disabled already', (_, state, name, why) => {
    expect(topScreen(state)).toMatchObject({
      kind: 'plan',
      marks: new Set(['db-a', 'db-b']),
      plan: { maintenance: { step: 'start', name, why }, items: [{}, {}] },
      title: `Maintenance  ${name}: disable 2 jobs`,
    });
    expect(press(state, 'enter').overlay).toMatchObject({
      question: `Start the maintenance ${name} on localhost:8080: disable 2 jobs?`,
      effect: { type: 'apply-plan', names: ['db-a', 'db-b'] },
    });
  });

  it('asks for jobs where none are chosen, and has nothing to do where all are disabled', () => {
    expect(press(jobs, 'M').flash?.text).toContain('mark the jobs first, or filter them');
    const off = press(jobs, '/', ...type('off'), 'enter', 'M');
    expect(off.flash?.text).toBe('all of them are disabled already');
  });

  it('marks by itself what its end enables, and says of no marks that they are again there', () => {
    const shown = told(press(goesOn(), 'M'), {
      type: 'plan',
      id: 'maintenance end',
      plan: planOf(press(filtered, 'M')),
      marks: ['db-a', 'db-b'],
    });
    const again = press(shown, 'esc', 'M');
    expect(topScreen(again)).toMatchObject({ kind: 'plan', id: 'maintenance end', plan: null });
    expect(again.flash?.text ?? '').not.toContain('marked again');
  });

  it('is said on top, with its jobs and since when', () => {
    expect(top(goesOn())).toContain('maintenance night: 3 jobs, since 2h');
    expect(top(goesOn({ name: 'x'.repeat(60) }))).toContain(`maintenance ${'x'.repeat(24)}: 3`);
    expect(top(goesOn({ step: 'starting' }))).toContain('maintenance night: 3 jobs');
    const half = goesOn({ step: 'starting', interrupted: true });
    expect(top(half)).toContain('maintenance started half way: M');
    expect(half.flash?.text).toBe(
      'the maintenance night has started half way: M goes on, :maintenance-end takes it back',
    );
    expect(top(told(half, { type: 'maintenance', seen: null }))).not.toContain('maintenance');
  });

  it.each([
    ['M', goesOn(), ['M'], 'end', 'End  maintenance night: 3 jobs, since 2h · upgrade'],
    [
      ':maintenance',
      goesOn(),
      [':', ...type('maintenance'), 'enter'],
      'end',
      'End  maintenance night',
    ],
    ['M', goesOn({ step: 'ending', interrupted: true }), ['M'], 'end', 'End  '],
    ['M', goesOn({ step: 'starting', interrupted: true }), ['M'], 'start', 'Start  '],
    [
      ':maintenance-end',
      goesOn({ step: 'starting', interrupted: true }),
      [':', ...type('maintenance-end'), 'enter'],
      'end',
      'End  ',
    ],
  ])('goes on by %s', (_, state, keys, step, title) => {
    const [shown, effects] = pressing(state, keys);
    expect(topScreen(shown)).toMatchObject({ kind: 'plan', id: `maintenance ${step}` });
    expect(topScreen(shown)).toHaveProperty('title', expect.stringContaining(title));
    expect(effects).toContainEqual({ type: 'plan-maintenance', step });
  });

  it('is no plan to be kept as a text', () => {
    const state = command(press(filtered, 'M'), 'plan-out FILE');
    expect(state.flash?.text).toContain('a maintenance is kept by itself');
  });
});
