import { describe, expect, it } from 'vitest';
import { listingOf } from '../../../../src/console/screens/table.ts';
import { pushPlan } from '../../../../src/console/state/changes.ts';
import type { PlanScreen, State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import type { CheckedItem, RestoreOutcome } from '../../../../src/plan/model.ts';
import { aJob } from '../../../support/jobs.ts';
import { planItem } from '../../../support/plan-items.ts';
import { effectsOf, linesOf, press, showing, told, type } from '../../states.ts';

const items = [
  planItem('root', 'new'),
  planItem('child', 'new', { parent: 'root' }),
  planItem('below', 'new', { parent: 'child' }),
  planItem('changed', 'change', { seen: aJob({ name: 'changed' }) }),
  planItem('lost', 'blocked', { why: 'its parent is nowhere' }),
  planItem('here', 'only-here'),
];
const going = (name: string, parent = ''): CheckedItem =>
  planItem(name, 'delete', { parent, seen: aJob({ name, parent_job: parent }) });

const open = (some: readonly CheckedItem[] = items): State =>
  pushPlan(showing([]), { id: 'x', title: 'A plan', plan: { items: some } });
const screen = (state: State): PlanScreen => topScreen(state) as PlanScreen;
const marks = (state: State): string[] => [...screen(state).marks].sort();
const at = (state: State, name: string, ...keys: string[]): State => {
  const found = press(state, '/', ...type(name), 'enter', 'esc');
  expect(screen(found).cursor.key).toBe(name);
  return press(found, ...keys);
};
const lastLine = (state: State): string => linesOf(state, { columns: 120 }).at(-2)!;

describe('a mark', () => {
  it('brings what the job needs and says so, and takes along what needs it', () => {
    const below = at(open(), 'below', 'space');
    expect(marks(below)).toEqual(['below', 'child', 'root']);
    expect(below.flash?.text).toBe('also marked: child, root, which must be done first');
    const without = at(below, 'child', 'space');
    expect(marks(without)).toEqual(['root']);
    expect(without.flash?.text).toBe('also unmarked: below, which need it');
    expect(marks(at(below, 'root', 'space'))).toEqual([]);
  });

  it('of a job that goes brings its children, for Dkron keeps a parent while it has some', () => {
    const deleting = open([going('leaf', 'top'), going('top')]);
    expect(marks(at(deleting, 'top', 'space'))).toEqual(['leaf', 'top']);
    expect(marks(at(press(deleting, 'a'), 'leaf', 'space'))).toEqual([]);
  });

  it.each(['a', '*', 'ctrl-a'])('of all that shows is made with %s, and taken away', (key) => {
    expect(marks(press(open(), key))).toEqual(['below', 'changed', 'child', 'root']);
    expect(marks(press(open(), key, key))).toEqual([]);
    expect(press(open([planItem('here', 'only-here')]), key).flash?.text).toBe(
      'there is nothing to mark here',
    );
  });

  it('of what others changed since is made by itself only, with all that it needs', () => {
    const left = planItem('root', 'new', { left: 'deleted since' });
    const undo = open([
      left,
      planItem('below', 'new', { parent: 'root', left: 'its parent' }),
      items[3]!,
    ]);
    expect(lastLine(undo)).toBe(' nothing marked: space marks one, a all');
    expect(linesOf(undo)[3]).toMatch(/root +new +! deleted since$/);
    expect(linesOf(undo).join(' ')).toContain('! deleted since: left as it is unless you mark it');
    for (const key of ['a', 'f', 'i']) expect(marks(press(undo, key))).not.toContain('root');
    expect(marks(press(undo, 'a'))).toEqual(['changed']);
    expect(marks(at(undo, 'below', 'space'))).toEqual(['below', 'root']);
    const shown = press(undo, '/', ...type('plan:left'), 'enter', 'a');
    expect(marks(shown)).toEqual([]);
  });

  it('of a family is of the job under the cursor and all below it', () => {
    const family = at(open(), 'child', 'f');
    expect(marks(family)).toEqual(['below', 'child', 'root']);
    expect(marks(press(family, 'f'))).toEqual(['root']);
    expect(marks(at(open(), 'changed', 'f'))).toEqual(['changed']);
    expect(marks(at(open(), 'lost', 'f'))).toEqual([]);
  });

  it('is turned round among what shows', () => {
    const one = at(open(), 'changed', 'space');
    expect(marks(press(one, 'i'))).toEqual(['below', 'child', 'root']);
    expect(marks(press(one, 'i', 'i'))).toEqual(['changed']);
    const filtered = press(one, '/', ...type('plan:new'), 'enter', 'i');
    expect(marks(filtered)).toEqual(['below', 'changed', 'child', 'root']);
    const inner = press(at(open(), 'root', 'space'), 'i');
    expect(marks(inner)).toEqual(['below', 'changed', 'child', 'root']);
    expect(inner.flash?.text).toBe('also marked: root, which must be done first');
  });
});

describe('what is marked is counted', () => {
  it('by each kind there is', () => {
    const many = Array.from({ length: 41 }, (_, one) => going(`job-${one}`));
    expect(lastLine(press(open(many), 'a'))).toBe(
      ' 41 marked: 41 to delete · safety snapshot first',
    );
    const mixed = open([...many, ...items]);
    expect(lastLine(press(mixed, 'a'))).toBe(
      ' 45 marked: 1 changed, 3 new, 41 to delete · safety snapshot first',
    );
    expect(lastLine(at(open(), 'root', 'f'))).toBe(' 3 marked: 3 new');
  });

  it('also where the filter hides it, which the question says once more', () => {
    const some = press(press(open(), 'a'), '/', ...type('changed'), 'enter');
    expect(lastLine(some)).toBe(
      ' 4 marked: 1 changed, 3 new · 3 hidden by the filter · safety snapshot first',
    );
    expect(press(some, 'enter').overlay).toMatchObject({
      question:
        'Write 4 jobs to localhost:8080, replacing 1 definition there? The filter hides 3 of them.',
    });
  });
});

describe('once it was written', () => {
  const came = (name: string, outcome: RestoreOutcome) =>
    ({
      type: 'progress',
      results: [{ name, outcome, message: `${name} ${outcome}` }],
      total: 4,
    }) as const;
  const ended = told(
    press(open(), 'a', 'enter', 'y'),
    came('root', 'written'),
    came('child', 'refused'),
    came('below', 'skipped'),
    came('changed', 'unknown'),
    { type: 'applied', text: 'done', ok: false },
  );

  it('what is done is marked no more, and what failed can be', () => {
    expect(marks(ended)).toEqual([]);
    expect(marks(press(ended, 'a'))).toEqual(['below', 'changed', 'child']);
    const done = at(ended, 'root', 'space');
    expect(marks(done)).toEqual([]);
    expect(done.flash?.text).toBe('root: root written; nothing to write');
  });

  it('what failed is found by its result, and stays where it is while it is tried again', () => {
    const rows = (state: State) => listingOf(state)?.list.keys;
    const failed = press(ended, '/', ...type('!result:written !plan:blocked !plan:only'), 'enter');
    expect(rows(failed)).toEqual(['child', 'below', 'changed']);
    const only = press(ended, '/', ...type('result:failed'), 'enter');
    expect(rows(only)).toEqual(['child']);
    const trying = told(press(only, 'a', 'enter', 'y'), came('child', 'written'));
    expect(rows(trying)).toEqual(['child']);
    expect(linesOf(trying)[3]).toMatch(/^▌\* child +✓ written/);
    const done = told(trying, { type: 'applied', text: 'done', ok: true });
    expect([rows(done), screen(done).cursor.key]).toEqual([[], null]);
    expect(marks(press(done, 'esc', 'a'))).toEqual(['below', 'changed']);
  });

  it('results stay while one marks again, and count all of them', () => {
    const again = at(ended, 'child', 'space');
    expect([...screen(again).results.keys()]).toEqual(['root', 'child', 'below', 'changed']);
    expect(linesOf(again)[3]).toMatch(/^ {3}root +✓ written +root written$/);
    const keys = ['enter', 'y'];
    expect(effectsOf(again, ...keys)).toMatchObject([{ type: 'apply-plan', names: ['child'] }]);
    const twice = told(press(again, ...keys), came('child', 'written'), {
      type: 'applied',
      text: 'done',
      ok: true,
    });
    const outcomes = [...screen(twice).results.values()].map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['skipped', 'unknown', 'written', 'written']);
  });

  it('what comes first is written with whatever is tried again', () => {
    const renaming = pushPlan(showing([]), {
      id: 'x',
      title: 'Rename',
      plan: { items: items.slice(0, 3), first: 'root' },
    });
    const half = told(press(renaming, 'a', 'enter', 'y'), came('root', 'written'), {
      type: 'applied',
      text: '',
      ok: false,
    });
    expect(marks(at(half, 'child', 'space'))).toEqual(['child', 'root']);
  });
});
