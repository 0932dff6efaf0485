import { describe, expect, it } from 'vitest';
import { pushPlan } from '../../../../src/console/state/changes.ts';
import type { PlanScreen, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { planItem } from '../../../support/plan-items.ts';
import { linesOf, press, showing, type } from '../../states.ts';

const plan = pushPlan(showing([]), {
  id: 'x',
  title: 'A plan',
  plan: {
    items: [
      planItem('m', 'blocked', { why: 'c' }),
      planItem('z', 'new', { why: 'b' }),
      planItem('a', 'new', { parent: 'z', why: 'a' }),
    ],
  },
});
const cursor = (state: State) => (topScreen(state) as PlanScreen).cursor.key;
const names = (state: State): string[] =>
  linesOf(state)
    .slice(3, 6)
    .map((line) => line.replace('▌', ' ').trim().split('  ')[0]!);
const head = (state: State): string => linesOf(state)[2]!.trim().replace(/ +/g, ' ');

describe('the order of a plan', () => {
  it('steps through the columns with < and >, which say by what the rows are sorted', () => {
    expect([names(plan), head(plan)]).toEqual([['m', 'z', '└ a'], 'JOB PLAN WHY']);
    const job = press(plan, '>');
    expect([names(job), head(job)]).toEqual([['m', 'z', '└ a'], 'JOB ▲ PLAN WHY']);
    const kind = press(job, '>');
    expect([names(kind), head(kind)]).toEqual([['z', 'a', 'm'], 'JOB PLAN ▲ WHY']);
    const why = press(kind, '>');
    expect([names(why), head(why)]).toEqual([['a', 'z', 'm'], 'JOB PLAN WHY ▲']);
    expect(names(press(why, '>'))).toEqual(names(plan));
    expect(names(press(plan, '<'))).toEqual(names(why));
    expect(names(press(plan, 'shift-right', 'shift-right', 'shift-left'))).toEqual(names(job));
  });

  it('is reversed with r, and is said by name', () => {
    const down = press(plan, ':', ...type('sort why desc'), 'enter');
    expect([names(down), head(down)]).toEqual([['m', 'z', 'a'], 'JOB PLAN WHY ▼']);
    expect(names(press(down, 'r'))).toEqual(['a', 'z', 'm']);
    expect(press(plan, ':', ...type('sort size'), 'enter').flash?.text).toBe(
      ':sort takes one of order, job, plan, why',
    );
  });

  it('leaves the cursor on its job', () => {
    const on = press(plan, 'G');
    expect(cursor(on)).toBe('a');
    expect(cursor(press(on, '>', '>', '>'))).toBe('a');
  });
});
