import { describe, expect, it } from 'vitest';
import { type Line, lineText } from '../../../src/console/line.ts';
import type { State } from '../../../src/console/model.ts';
import { frameOf } from '../../../src/console/views/frame.ts';
import { lastWords, sparkline } from '../../../src/console/views/glance.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import { anExecution } from '../../support/jobs.ts';
import { now, press, showing, told } from '../states.ts';

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
    expect(shown).not.toContain('failed');
    expect(shown).toContain('has not said anything yet');
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

it('a run whose end stands before its start, by clocks that disagree, lasted no time', () => {
  const skewed = run('1', -10, -11);
  for (const screen of ['enter', 'x'])
    expect(text(press(withRuns([skewed]), screen))).toContain('0.0s');
});

it('bars say how long, tones how it went, oldest first', () => {
  const line = sparkline(
    [run('3', -9, -1), run('2', -20, -16, { success: false }), run('1', -30, -30)],
    20,
  );
  expect(lineText(line)).toBe('▁▄█');
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
