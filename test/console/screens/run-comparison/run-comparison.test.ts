import { describe, expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { stepsOf } from '../../../../src/journal/history/steps.ts';
import type { ReadRuns } from '../../../../src/runs/compare.ts';
import { aJob, anExecution, textOf } from '../../../support/jobs.ts';
import { effectsOf, linesOf, now, press, showing, told } from '../../states.ts';

const job = aJob({ name: 'a' });
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString();
const aRun = (id: string, minutes: number, success: boolean) =>
  anExecution({ ...{ id, success, job_name: 'a' }, started_at: ago(minutes) });

const list = [aRun('4', 1, false), aRun('3', 2, false), aRun('2', 3, true), aRun('1', 4, false)];
const withRuns = (runs = list): State =>
  told(showing([job]), { type: 'runs', name: 'a', runs: { list: runs, at: now } });

const reads = (older: string, newer: string) => [{ type: 'read-runs', job: 'a', older, newer }];

const numbered = Array.from({ length: 300 }, (_, at) => `12:00:0${at % 10} line ${at}`);
const without = { name: 'a', steps: [], snapshots: 0, changes: 0, passedOver: [], unreadable: [] };

function arrived(
  newer: readonly string[],
  { state = withRuns(), ...more }: { state?: State } & Partial<ReadRuns> = {},
): State {
  const runs: ReadRuns = {
    older: { ...list[2]!, output: numbered.join('\n') },
    newer: { ...list[0]!, output: newer.join('\n'), node_name: 'n2' },
    history: without,
    ...more,
  };
  const which = { job: 'a', older: '2', newer: '4' };
  return told(press(state, 'x', 'D'), { type: 'runs-read', ...which, runs });
}

describe('comparing runs', () => {
  it('takes the run under the cursor, or of a job the newest that failed', () => {
    expect(effectsOf(withRuns(), 'D')).toEqual(reads('2', '4'));
    expect(effectsOf(press(withRuns(), 'enter'), 'D')).toEqual(reads('2', '4'));
    expect(effectsOf(press(withRuns(), 'x', 'j'), 'D')).toEqual(reads('2', '3'));
    expect(effectsOf(press(withRuns(), 'x', 'j', 'j'), 'D')).toEqual(reads('1', '2'));
    expect(effectsOf(press(withRuns(), 'x', 'j', 'enter'), 'D')).toEqual(reads('2', '3'));
  });

  it.each([
    ['of a body', press(withRuns(), 'y'), 'this is no output of a run'],
    ['none failed', withRuns([list[2]!]), 'none of the 1 runs that Dkron keeps failed'],
    ['none is there', withRuns([]), 'there is no run'],
    ['they are not read', showing([job]), 'its runs are being read'],
  ])('says why it cannot: %s', (_, state, why) => {
    expect(effectsOf(state, 'D').filter(({ type }) => type === 'read-runs')).toEqual([]);
    expect(press(state, 'D').flash?.text).toContain(why);
  });

  it('has the first line that truly differs in sight, also far down and behind a long definition', () => {
    const body = JSON.stringify(Array.from({ length: 60 }, (_, at) => `value ${at}`));
    const saw = (minutes: number, text: string) => ({
      at: now - minutes * 60_000,
      state: textOf(aJob({ name: 'a', executor_config: { body: text } })),
      source: { kind: 'snapshot', id: `${minutes}` } as const,
    });
    const steps = stepsOf([saw(9, body), saw(2.5, body), saw(2, '[]')], []);
    const state = arrived(numbered.with(250, '12:00:09 boom'), { history: { ...without, steps } });
    const lines = linesOf(state, { columns: 80, rows: 24 });
    expect(lines).toContainEqual(expect.stringMatching(/^− 12:00:00 line 250/));
    expect(lines).toContainEqual(expect.stringMatching(/^\+ 12:00:09 boom/));
    expect(lines).toContainEqual(expect.stringMatching(/more lines; L has them all/));
  });

  it('tells of both runs where they ran and how the definition changed between them', () => {
    const saw = (minutes: number, owner: string) => ({
      at: now - minutes * 60_000,
      state: textOf(aJob({ name: 'a', owner })),
      source: { kind: 'snapshot', id: `${minutes}` } as const,
    });
    const steps = stepsOf([saw(9, 'ann'), saw(2.5, 'ann'), saw(2, 'bob')], []);
    const text = linesOf(arrived(numbered, { history: { ...without, steps } })).join('\n');
    expect(text).toMatch(/older: ✓ success +newer: ✗ failed/);
    expect(text).toMatch(/node +n1 +n2/);
    expect(text).toContain('was changed between them:');
    expect(text).toMatch(/owner +− ann\n.*\+ bob/);
    expect(text).toContain('the same in both');
  });

  it('goes with n and N from one difference to the next, round the end', () => {
    const newer = numbered.with(50, 'one').with(150, 'two').with(250, 'three');
    const seen = (state: State): string | undefined =>
      linesOf(state, { columns: 80, rows: 24 })[1]?.match(/difference \d of \d/)?.[0];
    const state = { ...arrived(newer), columns: 80, rows: 24 };
    expect(seen(state)).toBe('difference 1 of 3');
    const third = press(state, 'n', 'n');
    expect(seen(third)).toBe('difference 3 of 3');
    expect(linesOf(third).join('\n')).toContain('+ three');
    expect(seen(press(third, 'n'))).toBe('difference 1 of 3');
    expect(seen(press(state, 'N'))).toBe('difference 3 of 3');
    // From where one has scrolled to.
    expect(seen(press(third, 'g', 'n'))).toBe('difference 1 of 3');
  });

  it('shows of a long line the part that differs', () => {
    const long = (word: string): string => `${'x'.repeat(900)} ${word} ${'y'.repeat(90)}`;
    const older = { ...list[2]!, output: long('good') };
    const state = arrived([long('bad')], { older });
    expect(linesOf(state, { columns: 80 }).join('\n')).toContain(' bad ');
    expect(linesOf(press(state, '0'), { columns: 80 }).join('\n')).not.toContain(' bad ');
  });

  it('says of outputs that differ by times only that they do not truly differ', () => {
    const state = arrived(numbered.map((line) => line.replace('12:', '13:')));
    expect(linesOf(state).join('\n')).toContain(
      'the same but for times, ids or numbers in 300 lines',
    );
    expect(press(state, 'n').flash?.text).toContain('do not truly differ');
  });

  it('says why they could not be read, and takes no answer for other runs', () => {
    const asked = press(withRuns(), 'x', 'D');
    const answer = { type: 'runs-read', job: 'a', older: '2', newer: '4', runs: null } as const;
    expect(linesOf(told(asked, { ...answer, problem: 'gone by now' })).join()).toContain('gone by');
    expect(topScreen(told(asked, { ...answer, newer: '9' }))).toEqual(topScreen(asked));
  });
});
