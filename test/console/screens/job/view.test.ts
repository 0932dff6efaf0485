import { expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import type { Execution } from '../../../../src/dkron/shapes.ts';
import { anExecution } from '../../../support/jobs.ts';
import { linesOf, now, press, refreshed, showing, told, tonesOf, type } from '../../states.ts';

const config = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`key-${at}`, 'x']));
const job = { name: 'ant', executor_config: config };
const run = (at: number, fields: Partial<Execution> = {}) =>
  anExecution({
    id: `${at}`,
    job_name: 'ant',
    started_at: new Date(now - at).toISOString(),
    ...fields,
  });
const withRuns = (count: number): State =>
  told(press(showing([job]), 'enter'), {
    type: 'runs',
    name: 'ant',
    runs: { list: Array.from({ length: count }, (_, at) => run(at)), at: now },
  });
const rule = (state: State, rows = 24): string =>
  linesOf(state, { rows }).find((line) => line.startsWith('─ Runs')) ?? '';

it('is titled by its name, its status and what runs it', () => {
  expect(linesOf(withRuns(1))[1]).toMatch(/^ ant {2}· never ran +shell$|^ ant {2}\S.* +shell$/);
  const busy = showing([job], [run(0)]);
  expect(linesOf(press(busy, 'enter'))[1]).toContain('running');
});

it('that is gone says so, and keeps its runs in sight', () => {
  const gone = told(withRuns(2), refreshed([]));
  expect(linesOf(gone)[1]).toMatch(/^ ant {2}is not on this server/);
  expect(rule(gone)).toMatch(/^─ Runs ─ 2 ─/);
});

it('says how many runs there are, and how many newer ones are above the window', () => {
  expect(rule(press(showing([job]), 'enter'))).toMatch(/^─ Runs ─ times/);
  expect(rule(withRuns(3))).toMatch(/^─ Runs ─ 3 ─ times/);
  const end = press(withRuns(30), 'G');
  const shown = linesOf(end).filter((line) => /✓ success/.test(line)).length;
  expect(rule(end)).toContain(`─ Runs ─ 30, ${30 - shown} newer above ─`);
});

it('says how much of its details is out of sight, and that the keys are in them', () => {
  const more = /(\d+) more lines? of the job: tab/;
  expect(rule(withRuns(1))).toMatch(more);
  expect(rule(withRuns(1), 80)).not.toMatch(more);
  const inside = press(withRuns(1), 'tab');
  expect(frameOf(inside).lines[2]?.[0]?.text).toBe('▌');
  expect(frameOf(withRuns(1)).lines[2]?.[0]?.text).toBe(' ');
  const [first, next] = [inside, press(inside, 'j')].map((state) =>
    Number(more.exec(rule(state))?.[1]),
  );
  expect(next).toBe(first! - 1);
  expect(rule(press(inside, 'G'))).not.toMatch(more);
});

it('shows the editor of its schedule below its first line, from the top', () => {
  const state = press(press(withRuns(1), 'tab', 'G'), 'esc', 'i', ...type(' '));
  expect(linesOf(state)[3]).toMatch(/^ {4}schedule {2}0 \*\/5/);
});

it('has a run in a row: when, how long, a bar as long, how it ended, where, its last words', () => {
  const list = [
    run(600_000, { finished_at: new Date(now - 592_000).toISOString(), output: 'a\nb\n' }),
    run(700_000, {
      finished_at: new Date(now - 696_000).toISOString(),
      success: false,
      attempt: 2,
      output: 'boom',
    }),
  ];
  const state = told(press(showing([job]), 'enter'), {
    type: 'runs',
    name: 'ant',
    runs: { list, at: now },
  });
  const rows = linesOf(state, { rows: 40 }).filter((line) => /[✓✗] (success|failed) /.test(line));
  expect(rows.slice(-2)).toEqual([
    '▌      14:21:29     8.0s  ██████████  ✓ success  n1        b',
    '       14:19:49     4.0s  █████       ✗ failed   n1        try 2  boom',
  ]);
  const toned = frameOf({ ...state, rows: 40 }).lines.filter((line) =>
    line.some(({ text }) => text.startsWith('█')),
  );
  expect(toned.map(tonesOf)).toEqual([
    ['ok: ██████████', 'ok: ✓ success', 'quiet: n1', 'quiet: b'],
    ['bad: █████', 'bad: ✗ failed', 'quiet: n1', 'quiet: try 2  boom'],
  ]);
});

it('says that runs are loading, that there are none, or why there are none', () => {
  const opened = press(showing([job]), 'enter');
  const answered = (error?: string): State =>
    told(opened, {
      type: 'runs',
      name: 'ant',
      runs: { list: [], at: now, ...(error === undefined ? {} : { error }) },
    });
  const row = (state: State): string => linesOf(state).at(linesOf(state).indexOf(rule(state)) + 1)!;
  expect(row(opened)).toContain('loading');
  expect(row(answered())).toContain('No runs yet');
  expect(row(answered('no answer'))).toBe('   no answer');
});
