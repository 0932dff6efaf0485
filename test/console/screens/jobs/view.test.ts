import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { lineText } from '../../../../src/view/line.ts';
import { now, press, refreshed, showing, started, told, type } from '../../states.ts';

const body = (state: State, size = { columns: 80, rows: 24 }): string[] =>
  frameOf({ ...state, ...size })
    .lines.slice(2, -1)
    .map((line) => lineText(line).trimEnd());
const three = showing([{ name: 'ant' }, { name: 'bee' }, { name: 'cow' }]);

describe('the table', () => {
  it.each<[string, State, string]>([
    ['before the first list', started(), 'loading the jobs…'],
    ['of a server without jobs', showing([]), 'This Dkron has no jobs.'],
    [
      'of a filter without match',
      press(three, '/', ...type('zz')),
      'No job matches; esc clears the filter.',
    ],
    [
      'of a filter that there is not',
      press(three, '/', ...type('stauts:failed')),
      'stauts: is not a filter. Did you mean status: ? Filters are status:',
    ],
    [
      'of a status that there is not',
      press(three, '/', ...type('status:foo')),
      'status: takes one of success, ok, failed, partially_failed, running,',
    ],
  ])('%s says so', (_, state, words) => {
    expect(body(state)[1]?.trim()).toBe(words);
  });

  it('parts what there is from what is shown of it', () => {
    const many = Array.from({ length: 9 }, (_, at) => ({ name: `job-${at}`, disabled: at > 5 }));
    const filter = 'a filter that takes some room, more than there is';
    const title = lineText(frameOf(press(showing(many), '/', ...type(filter))).lines[1]!);
    expect(title).toMatch(/^ Jobs {2}9 .*… {2}\/a filter.* 0 shown $/);
  });

  it('shows the cursor, marks and the order', () => {
    const lines = body(press(three, 'space'));
    expect(lines[0]).toContain('NAME ▲');
    expect(lines[1]).toMatch(/^ \* ant/);
    expect(lines[2]).toMatch(/^▌ {2}bee/);
    expect(body(press(three, '>'))[0]).toContain('STATUS ▲');
    expect(body(press(three, 'r'))[0]).toContain('NAME ▼');
  });

  it('scrolls to the columns that had no room, and says that there are more', () => {
    const state = showing([
      { name: 'ant', owner: 'mobility', tags: { role: 'web' }, error_count: 7 },
    ]);
    expect(body(state)[0]).toMatch(/^ {3}NAME ▲ .* SCHEDULE +›$/);
    const right = press(state, 'right', 'right', 'right');
    expect(body(right)[0]).toMatch(/^ ‹ NAME ▲ +OK\/FAILED +SCHEDULE/);
    expect(body(right)[1]).toMatch(/^▌ {2}ant +0\/7/);
    const end = press(state, '$');
    expect(body(end)[0]).toMatch(/^ ‹ NAME ▲ .*TAGS$/);
    expect(body(end)[1]).toMatch(/mobility +role=web$/);
    expect(body(press(end, 'right'))).toEqual(body(end));
    expect(body(press(end, '0'))).toEqual(body(state));
    expect(body(press(end, 'left'))[0]).not.toMatch(/TAGS$/);
  });

  it('says what it is sorted by where that column does not show', () => {
    const sorted = press(three, ':', ...type('sort counts'), 'enter');
    expect(lineText(frameOf(sorted).lines[1]!)).toMatch(/by OK\/FAILED ▲ *$/);
  });

  it('shows the job in a strip below it, or at its right where there is room', () => {
    expect(body(three).at(-3)).toMatch(/^ ant {2}true/);
    const wide = body(three, { columns: 160, rows: 24 });
    expect(wide[0]).toMatch(/│ ant$/);
    expect(body(three, { columns: 80, rows: 12 }).join('\n')).not.toContain('true');
  });
});

describe('the pane', () => {
  const wide = { columns: 200, rows: 14 };
  const config = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`key-${at}`, 'x']));
  const jobs = [
    { name: 'ant', executor_config: config },
    { name: 'bee', executor_config: config },
  ];
  const state: State = { ...showing(jobs), ...wide };
  const text = (shown: State) => body(shown, wide).join('\n');

  it('is scrolled after tab, and the list keeps its cursor', () => {
    const inside = press(state, 'tab', 'G');
    expect(text(inside)).toContain('Policy');
    expect(text(state)).not.toContain('Policy');
    expect(inside.screens[0].cursor.key).toBe('ant');
    const rows = frameOf(inside).lines.filter((line) => line.some(({ inverse }) => inverse));
    expect(rows).toEqual([]);
    expect(text(press(inside, 'tab', 'j', 'k'))).toBe(text(state));
    for (const key of ['esc', 'q']) expect(press(inside, key).screens[0].inPane).toBe(false);
  });

  it('has no place in a narrow window: tab says so', () => {
    const narrow = press({ ...state, columns: 80 }, 'tab');
    expect(narrow.flash?.text).toContain('enter opens the job');
  });
});

it('says why there are no jobs yet when there is no server', () => {
  const reason = 'http://localhost:8080 cannot be reached: connection refused';
  const state = told(started(), {
    type: 'lost',
    trouble: 'refused',
    reason,
    now,
    retryAt: now + 1_000,
  });
  expect(body(state).slice(1, 3)).toEqual([
    '   No jobs yet from http://localhost:8080: connection refused.',
    '   Is the port-forward up? The console tries again by itself; --url sets',
  ]);
  expect(body(started())[1]).toBe('   loading the jobs…');
});

it.each([
  [0, /ok 0 {2}failed 0$/],
  [1, / 1 retry each$/],
  [3, / 3 retries each$/],
])('counts %i retries in the strip', (retries, words) => {
  expect(body(showing([{ name: 'a', retries }])).at(-1)).toMatch(words);
});

describe('the editor in the table', () => {
  const edited = press(three, 'j', 'i', ...type('x'));
  const at = (lines: readonly string[], words: string): number =>
    lines.findIndex((line) => line.includes(words));

  it('stands below its job', () => {
    const lines = body(edited);
    expect(at(lines, 'schedule  ')).toBe(at(lines, 'bee') + 1);
  });

  it('never stands below another when its job is gone, and says so', () => {
    const lines = body(told(edited, refreshed([{ name: 'ant' }, { name: 'cow' }])));
    expect(lines[1]?.trim()).toBe('bee is not in the list any more');
    expect(lines[2]).toMatch(/^ {3}schedule {2}0 \*\/5 \* \* \* \*x/);
    expect(at(lines, 'cow')).toBeGreaterThan(2);
  });

  it('stays when nothing is left', () => {
    expect(body(told(edited, refreshed([]))).join('\n')).toContain('0 */5 * * * *x');
  });

  it('shows with its job however far down that is', () => {
    const many = showing(Array.from({ length: 300 }, (_, at) => ({ name: `job-${at + 100}` })));
    const lines = body(press(many, 'G', 'i', ...type('x')));
    expect(at(lines, 'schedule  ')).toBe(at(lines, 'job-399') + 1);
  });
});
