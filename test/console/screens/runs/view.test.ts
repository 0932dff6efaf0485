import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import { sparkline } from '../../../../src/console/screens/jobs/glance.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { lastWords } from '../../../../src/dkron/execution.ts';
import type { Execution } from '../../../../src/dkron/shapes.ts';
import { type Line, lineText } from '../../../../src/view/line.ts';
import { anExecution } from '../../../support/jobs.ts';
import { effectsOf, linesOf, now, press, showing, told } from '../../states.ts';

const never = '0001-01-01T00:00:00Z';
const at = (seconds: number): string => new Date(now + seconds * 1_000).toISOString();
const run = (id: string, from: number, to: number | null, fields: Partial<Execution> = {}) =>
  anExecution({
    id,
    started_at: at(from),
    finished_at: to === null ? never : at(to),
    success: to !== null,
    ...fields,
  });

/** The jobs with these runs of the first loaded. */
const withRuns = (list: readonly Execution[], busy: readonly Execution[] = []): State =>
  told(showing([{ name: 'a-job', last_success: at(-60) }], busy), {
    type: 'runs',
    name: 'a-job',
    runs: { list, at: now },
  });
const text = (state: State): string => frameOf(state).lines.map(lineText).join('\n');
const rowOf = (state: State, words: string): Line =>
  frameOf(state).lines.find((line) => lineText(line).includes(words)) ?? [];

describe('a run under way', () => {
  const under = run('2', -12, null, { output: '' });

  it('is no failure in the strip below the jobs', () => {
    const shown = text(withRuns([under]));
    expect(shown).not.toContain('✗');
    expect(shown).toContain('failed 0');
    expect(shown).toContain('it has no end yet; l shows what it prints');
    expect(sparkline([under], 20)[0]?.tone).toBe('attention');
  });

  it('runs by our clock as long as a node says so', () => {
    const state = press(withRuns([under], [under]), 'x');
    expect(lineText(rowOf(state, 'running'))).toMatch(/12\.0s\s+▸ running/);
  });

  it('has no end where no node knows of it any more', () => {
    expect(text(press(withRuns([under]), 'x'))).toContain('? no end');
  });

  it('that started in our future, by a clock ahead of ours, lasts no time yet', () => {
    const early = run('3', 2, null);
    for (const screen of ['enter', 'x'])
      expect(text(press(withRuns([early], [early]), screen))).toContain('0.0s');
  });
});

describe('how many runs there are', () => {
  const words = (state: State): string[] => [
    lineText(rowOf(press(state, 'enter'), '─ Runs')).slice(0, 12),
    lineText(rowOf(press(state, 'x'), 'executions'))
      .trimEnd()
      .split('  ')[1] ?? '',
  ];
  const error = 'http://localhost:8080 cannot be reached: connection refused';
  const failed = (list: readonly Execution[]): State =>
    told(withRuns(list), { type: 'runs', name: 'a-job', runs: { list, at: now, error } });

  it('is told when they were read', () => {
    expect(words(withRuns([run('1', -9, -8)]))).toEqual(['─ Runs ─ 1 ─', 'executions, the last 1']);
    expect(words(withRuns([]))).toEqual(['─ Runs ─ 0 ─', 'executions, the last 0']);
    expect(words(failed([run('1', -9, -8)]))).toEqual(['─ Runs ─ 1 ─', 'executions, the last 1']);
  });

  it('is left out before that, and where they could not be read', () => {
    const unread = showing([{ name: 'a-job' }]);
    for (const state of [unread, failed([])])
      expect(words(state)).toEqual(['─ Runs ─ tim', 'executions']);
  });
});

it('a run whose end stands before its start, by clocks that disagree, lasted no time', () => {
  const skewed = run('1', -10, -11);
  for (const screen of ['enter', 'x'])
    expect(text(press(withRuns([skewed]), screen))).toContain('0.0s');
});

it('bars say how long, or that it failed, oldest first', () => {
  const line = sparkline(
    [run('3', -9, -1), run('2', -20, -16, { success: false }), run('1', -30, -30)],
    20,
  );
  expect(lineText(line)).toBe('▁╳█');
  expect(line.map(({ tone }) => tone)).toEqual([undefined, 'bad', undefined]);
});

it.each([
  ['one\ntwo\n\n  \n', 'two'],
  ['50 %\r100 %\r', '100 %'],
  ['\x1b[31mboom\x1b[0m', 'boom'],
  ['', ''],
  ['\n\n', ''],
])('the last words of %j are %j', (output, words) => {
  expect(lastWords(output)).toBe(words);
});

describe('the output', () => {
  const runs = [
    run('2', -60, -50, { output: 'second' }),
    run('1', -600, -590, { output: 'first' }),
  ];
  const loaded = withRuns(runs);
  const arrived = { type: 'runs', name: 'a-job' } as const;

  it.each(['l', 'o'])('of the last run opens with %s from the list of jobs', (key) => {
    expect(text(press(loaded, key))).toContain('second');
  });

  it.each([
    ['the job', ['enter']],
    ['its runs', ['x']],
  ])('of the run under the cursor opens from %s', (_, keys) => {
    expect(topScreen(press(loaded, ...keys, 'j', 'l'))).toMatchObject({ text: 'first' });
  });

  it('that is asked for before the runs are loaded opens when they are', () => {
    const asked = press(showing([{ name: 'a-job' }, { name: 'b' }]), 'l');
    expect(text(asked)).toContain('loading…');
    expect(effectsOf(showing([{ name: 'a-job' }]), 'l')).toEqual([
      { type: 'load-runs', name: 'a-job' },
    ]);
    const other = told(asked, { ...arrived, name: 'b', runs: { list: runs, at: now } });
    expect(other.screens).toEqual(asked.screens);
    const opened = told(asked, { ...arrived, runs: { list: runs, at: now } });
    expect(topScreen(opened)).toMatchObject({ text: 'second', execution: '2' });
    expect(topScreen(press(opened, 'esc')).kind).toBe('jobs');
  });

  it.each([
    [{ list: [], at: now }, 'a-job has not run yet; t runs it now'],
    [{ list: [], at: now, error: 'no answer' }, 'no answer'],
  ])('says why there is none: %j', (list, words) => {
    const after = told(press(showing([{ name: 'a-job' }]), 'l'), { ...arrived, runs: list });
    expect(topScreen(after).kind).toBe('jobs');
    expect(after.flash?.text).toBe(words);
  });
});

describe('the parts of the job screen', () => {
  const config = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`key-${at}`, 'x']));
  const long = run('1', -60, -50, { output: `${'x'.repeat(200)}end` });
  const opened = press(
    told(showing([{ name: 'a-job', executor_config: config }]), {
      type: 'runs',
      name: 'a-job',
      runs: { list: [long, run('0', -600, -590)], at: now },
    }),
    'd',
  );

  it('take the keys that move in turn, with tab', () => {
    expect(text(opened)).toMatch(/more lines of the job: tab/);
    const inside = press(opened, 'tab', 'G');
    expect(text(inside)).toContain('Policy');
    expect(text(press(inside, 'tab', 'j'))).toContain('Policy');
    expect(topScreen(press(inside, 'tab', 'j'))).toMatchObject({ cursor: { key: '0' } });
  });

  it('stop at their ends', () => {
    const end = press(opened, 'tab', 'G', 'j', 'j', 'J');
    expect(text(press(end, 'k'))).not.toBe(text(end));
  });

  it('show the ends of what the runs said', () => {
    expect(text(opened)).not.toContain('xend');
    expect(text(press(opened, '$'))).toMatch(/…x+end/);
    expect(text(press(opened, '$', '0'))).toBe(text(opened));
  });
});

it('shows names of nodes as a cluster has them, whole', () => {
  const node_name = 'dkron-server-0';
  const state = withRuns([run('1', -60, -50, { node_name })]);
  for (const key of ['enter', 'x']) {
    expect(text(press(state, key))).toContain(`${node_name} `);
    expect(text({ ...press(state, key), columns: 200 })).toContain(`${node_name} `);
  }
});

describe('the list of executions', () => {
  const list = [
    run('2', -600, -592, { output: 'one\ntwo', node_name: 'n2', group: '17' }),
    run('1', -90_000, -89_000, { success: false, attempt: 3, output: 'boom' }),
  ];
  const lines = (state: State, columns = 100): string[] =>
    linesOf(press(state, 'x'), { columns }).slice(1, 5);

  it('has when, how long ago, how long, the result, the node, the try, the group, the last words', () => {
    expect(lines(withRuns(list))).toEqual([
      expect.stringMatching(/^ a-job {2}executions, the last 2 +1 failed {2}times in UTC, yours$/),
      '        STARTED     AGO      TOOK  RESULT     NODE        TRY  GROUP                LAST OUTPUT',
      '       14:21:29     10m      8.0s  ✓ success  n2            1  17                   two',
      '   20 Nov 13:31     25h   16m 40s  ✗ failed   n1            3  1795269600000000000  boom',
    ]);
  });

  it('leaves the group out where there is little room', () => {
    expect(lines(withRuns(list), 90)[1]).toContain('GROUP');
    expect(lines(withRuns(list), 89)[1]).toMatch(/TRY {2}LAST OUTPUT$/);
    expect(lines(withRuns(list), 89)[2]).toMatch(/ 1 {2}two$/);
  });

  it('counts as failed what ended so', () => {
    const mixed = [run('3', -5, null), ...list, run('0', -9, -8, { success: false })];
    expect(lines(withRuns(mixed))[0]).toMatch(/ 2 failed {2}times/);
    expect(lines(withRuns([list[0]!]))[0]).not.toContain('failed');
  });

  it('gives runs of other years and long names of nodes more room', () => {
    const old = run('0', -40_000_000, -39_999_000);
    expect(lines(withRuns([old]))[2]).toMatch(/^ {3}2025-08-15 15:24 {2}/);
    const named = (columns: number): string =>
      lines(withRuns([run('1', -9, -8, { node_name: 'n'.repeat(40) })]), columns)[2]!;
    expect(named(119)).toMatch(/ n{13}… /);
    expect(named(120)).toMatch(/ n{31}… /);
  });

  it('scrolls to the end of the last words', () => {
    const long = withRuns([run('1', -9, -8, { output: `${'x'.repeat(60)}end` })]);
    const row = (...keys: string[]): string => linesOf(press(long, 'x', ...keys))[3]!;
    expect(row()).toMatch(/ x+…$/);
    expect(row('$')).toMatch(/ …x+end$/);
    expect(row('$', '0')).toBe(row());
  });

  it('says of a try that it was not the first, where it can fail again', () => {
    const tries = press(withRuns(list), 'enter');
    expect(linesOf(tries).join('\n')).toMatch(/n1 +try 3 {2}boom/);
    expect(linesOf(tries).join('\n')).not.toContain('try 1');
  });
});

describe('the bars of a job', () => {
  it('are in eighths of a cell, as long as the column for the longest', () => {
    const of = (...seconds: number[]) =>
      withRuns(seconds.map((took, at) => run(`${at}`, -1_000, took - 1_000)));
    const bars = (state: State, columns = 80): (string | undefined)[] =>
      linesOf(press(state, 'enter'), { columns }).flatMap(
        (line) => /\d\.\ds {2}([█▏▎▍▌▋▊▉]*)/.exec(line)?.[1] ?? [],
      );
    expect(bars(of(8, 4, 1, 0))).toEqual(['█'.repeat(10), '█'.repeat(5), '█▎', '']);
    expect(bars(of(8, 7), 40)).toEqual(['█'.repeat(5), '████▍']);
    expect(bars(of(8), 160)).toEqual(['█'.repeat(20)]);
    expect(bars(of(8), 200)).toEqual(['█'.repeat(20)]);
    expect(bars(of(0))).toEqual(['']);
  });
});

describe('the title of an output', () => {
  const title = (one: Execution, busy: readonly Execution[] = []): string =>
    linesOf(press(withRuns([one], busy), 'l'))[1]!;

  it('has when the run began, where it ran, and how it ended', () => {
    expect(title(run('1', -9, -8))).toMatch(/^ a-job {2}2026-11-21T14:31:20Z {2}n1 {2}✓ /);
    expect(title(run('1', -9, -8, { success: false }))).toMatch(/ n1 {2}✗ /);
    const under = run('1', -9, null);
    expect(title(under, [under])).toMatch(/ n1 {2}▸ running /);
    expect(title({ ...under, started_at: never }, [under])).toMatch(/^ a-job {2}n1 {2}▸ running /);
  });

  it('a run that has no beginning has none in the lists, and took no time', () => {
    const odd = run('1', -9, null, { started_at: never });
    expect(linesOf(press(withRuns([odd]), 'x'))[3]).toMatch(/^ +– +0s +0\.0s {2}\? no end/);
  });

  it('of which only the end is there asks for more', () => {
    const cut = run('1', -9, -8, { output: 'end', output_truncated: true });
    expect(effectsOf(withRuns([cut]), 'l')).toEqual([
      { type: 'load-output', name: 'a-job', execution: '1', whole: false },
    ]);
    expect(effectsOf(withRuns([run('1', -9, -8)]), 'l')).toEqual([]);
  });
});
