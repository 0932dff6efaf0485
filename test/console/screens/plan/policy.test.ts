import { describe, expect, it } from 'vitest';
import { pushPlan } from '../../../../src/console/state/changes.ts';
import type { PlanScreen, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import type { Replaced } from '../../../../src/plan/policy/policy.ts';
import { type Policy, plainPolicy } from '../../../../src/plan/policy/policy.ts';
import { aJob } from '../../../support/jobs.ts';
import { planItem } from '../../../support/plan-items.ts';
import { effectsOf, linesOf, press, showing, told, type } from '../../states.ts';

const items = [
  planItem('fresh', 'new'),
  planItem('other', 'change', { seen: aJob({ name: 'other' }) }),
  planItem('same', 'same', { seen: aJob({ name: 'same' }) }),
];
const words = (line: string): string[] => [':', ...type(line), 'enter'];
const screen = (state: State): PlanScreen => topScreen(state) as PlanScreen;
const marks = (state: State): string[] => [...screen(state).marks].sort();
/** The plan of what was asked for comes back from the server. */
const answered = (state: State, more: { readonly replaced?: readonly Replaced[] } = {}): State => {
  const { id, source } = screen(state);
  const all = items.map((item) => ({ ...item, ...more }));
  return told(state, { type: 'plan', id, plan: { items: all, policy: source?.policy } });
};
const opened = (line = 'restore /tmp/jobs'): State => answered(press(showing([]), ...words(line)));
const policyOf = (state: State): Policy | undefined => screen(state).plan?.policy;
const titleOf = (state: State): string => linesOf(state, { columns: 160 })[1]!;

describe('options behind the file', () => {
  it('make the plan', () => {
    const line = String.raw`restore /tmp/a b --existing skip --replace 'x y\=1=z' --replace=a=b --rename-prefix p- --disabled --keep-enabled`;
    const policy: Policy = {
      existing: 'skip',
      disabled: true,
      keepEnabled: true,
      prefix: 'p-',
      replacements: [
        { pattern: 'x y=1', text: 'z' },
        { pattern: 'a', text: 'b' },
      ],
    };
    expect(effectsOf(showing([]), ...words(line))).toEqual([
      { type: 'plan-restore', file: '/tmp/a b', policy },
    ]);
    const state = opened(line);
    expect(policyOf(state)).toEqual(policy);
    expect(titleOf(state)).toContain(
      'existing skipped · new disabled · enabled as there · as p-… · 2 replacements',
    );
  });

  it.each([
    ['restore /tmp/a --new-only', '--new-only is no option here: --existing, --disabled'],
    ['restore /tmp/a --replace', '--replace needs its REGEX=TEXT'],
    ['restore /tmp/a --replace x', '--replace x: it has no ='],
    ["restore /tmp/a --replace 'x=y", 'a quotation is never closed'],
    ['restore /tmp/a --existing keep', '--existing keep: it is overwrite, skip or ask'],
  ])('%s is refused', (line, said) => {
    const state = press(showing([]), ...words(line));
    expect(state.flash?.text).toContain(said);
    expect(topScreen(state).kind).toBe('jobs');
  });
});

describe('e', () => {
  it('leaves alone what the server has, and back with its marks, without asking the server', () => {
    const marked = press(opened(), 'a');
    expect(marks(marked)).toEqual(['fresh', 'other']);
    expect(effectsOf(marked, 'e')).toEqual([]);
    const skipping = press(marked, 'e');
    expect(marks(skipping)).toEqual(['fresh']);
    expect(linesOf(skipping, { columns: 120 }).join('\n')).toMatch(/other +skip/);
    expect(titleOf(skipping)).toContain('existing skipped');
    expect(marks(press(skipping, 'a', 'a'))).toEqual(['fresh']);
    const back = press(skipping, 'e');
    expect(marks(back)).toEqual(['fresh', 'other']);
    expect(policyOf(back)).toBeUndefined();
    expect(screen(back).cursor).toEqual(screen(marked).cursor);
  });

  it('says why such a job cannot be marked, and how', () => {
    const skipping = press(opened(), 'e', '/', ...type('other'), 'enter', 'space');
    expect(marks(skipping)).toEqual([]);
    expect(skipping.flash?.text).toContain('jobs that it has are left as they are (e)');
  });
});

describe('s', () => {
  it('goes through all ways to be enabled, each a plan made anew with marks and cursor', () => {
    let state = press(opened(), 'j', 'space');
    const before = screen(state);
    const seen: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const [effect, ...more] = effectsOf(state, 's');
      expect([effect?.type, more]).toEqual(['plan-restore', []]);
      state = answered(press(state, 's'));
      const { disabled, keepEnabled } = policyOf(state) ?? plainPolicy;
      seen.push([disabled, keepEnabled]);
    }
    expect(seen).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [false, false],
    ]);
    expect(marks(state)).toEqual([...before.marks]);
    expect(screen(state).cursor).toEqual(before.cursor);
  });

  it('asks another cluster again where the jobs come from there', () => {
    const source = { context: 'prod' };
    const from = answered(
      pushPlan(showing([]), { id: 'prod', title: 'From prod', plan: null, source }),
    );
    const policy = { ...plainPolicy, disabled: true };
    expect(effectsOf(from, 's')).toEqual([{ type: 'plan-from', ...source, policy }]);
  });

  it('lets nothing be written until the plan is there', () => {
    const pending = press(opened(), 'a', 's');
    expect(press(pending, 'enter').overlay).toBeNull();
    expect(press(pending, 'enter').flash?.text).toContain('the comparison is not finished');
    expect(press(answered(pending), 'enter').overlay).not.toBeNull();
  });

  it('leaves the plan as it was where it cannot be made anew', () => {
    const before = press(opened(), 'a');
    const failed = told(press(before, 's'), { type: 'no-plan', id: '/tmp/jobs' });
    expect(screen(failed)).toMatchObject({ kind: 'plan', plan: screen(before).plan });
    expect(marks(failed)).toEqual(['fresh', 'other']);
    expect(press(failed, 'enter').overlay).not.toBeNull();
  });
});

describe(':policy', () => {
  it('makes the plan anew, and says what came of each replacement', () => {
    const state = press(opened(), ...words(`policy --replace 'staging=prod' --replace typo=x`));
    const replaced = [{ path: 'executor_config.url', by: 0, count: 2 }];
    const plan = answered(state, { replaced });
    expect(plan.flash?.text).toBe(
      'replace staging with prod: 6 places in 3 jobs · replace typo with x: found nowhere; is it written right?',
    );
    expect(linesOf(plan, { columns: 120 }).join('\n')).toContain(
      'replaced in executor_config.url 2×',
    );
    expect(press(plan, ...words('policy')).flash?.text).toContain('replace staging with prod');
  });

  it('takes options alone', () => {
    expect(press(opened(), ...words('policy skip')).flash?.text).toContain('and not skip');
    expect(press(opened(), ...words('policy')).flash?.text).toContain(
      'as they are where they come',
    );
  });

  it('is for what comes from elsewhere', () => {
    const state = press(
      showing([{ name: 'a' }, { name: 'b' }]),
      ...['space', 'space', ...words('set retries 3')],
    );
    expect(topScreen(state).kind).toBe('plan');
    for (const key of ['e', 's']) {
      expect(effectsOf(state, key)).toEqual([]);
      expect(press(state, key).flash?.text).toContain('of a change made here');
    }
  });
});
