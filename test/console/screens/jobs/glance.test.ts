import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import { sparkline } from '../../../../src/console/screens/jobs/glance.ts';
import type { State } from '../../../../src/console/state/model.ts';
import type { Execution } from '../../../../src/dkron/shapes.ts';
import type { Job } from '../../../../src/job/job.ts';
import type { Verdict } from '../../../../src/oversight/verdict.ts';
import { lineText } from '../../../../src/view/line.ts';
import { anExecution } from '../../../support/jobs.ts';
import { linesOf, now, showing, told, tonesOf } from '../../states.ts';

const never = '0001-01-01T00:00:00Z';
const ran = { last_success: '2026-11-21T14:00:00Z', success_count: 3, error_count: 2 };
const at = (ms: number): string => new Date(now - 600_000 + ms).toISOString();
const run = (seconds: number | null, fields: Partial<Execution> = {}) =>
  anExecution({
    job_name: 'ant',
    started_at: at(0),
    finished_at: seconds === null ? never : at(seconds * 1_000),
    success: seconds !== null,
    ...fields,
  });
const withRuns = (job: Partial<Job>, list?: readonly Execution[], error?: string): State => {
  const state = showing([{ name: 'ant', ...job }]);
  if (list === undefined) return state;
  const runs = { list, at: now, ...(error === undefined ? {} : { error }) };
  return told(state, { type: 'runs', name: 'ant', runs });
};
/** What stands below the name and the target. */
const strip = (state: State): string[] => linesOf(state).slice(-3, -1);

describe('the strip', () => {
  it('tells of a job whose runs are not read by its status', () => {
    expect(strip(withRuns(ran))).toEqual([' ✓ success  0 */5 * * * *', ' ok 3  failed 2']);
    expect(strip(withRuns({}))[1]).toBe(' never ran   ok 0  failed 0');
  });

  it.each<[string, Execution, string, string[]]>([
    ['succeeded', run(2, { output: 'one\ntwo\n' }), ' two', ['quiet: two']],
    ['failed', run(2, { success: false, output: 'boom' }), ' boom', ['bad: boom']],
    ['runs', run(null, { output: 'busy' }), ' busy', ['attention: busy']],
  ])('says the last words of a run that %s', (_, last, words, tones) => {
    const state = withRuns(ran, [last]);
    expect(strip(state)[0]).toBe(words);
    expect(tonesOf(frameOf(state).lines.at(-3)!)).toEqual(tones);
  });

  it('says that there are none where one expects some', () => {
    expect(strip(withRuns(ran, [run(2, { success: false, output: '' })]))[0]).toContain('failed');
    expect(strip(withRuns(ran, [run(null, { output: '' })]))[0]).toContain(
      'it has no end yet; l shows what it prints',
    );
    expect(strip(withRuns(ran, [run(2, { output: '' })]))[0]).toBe('');
  });

  it.each<[string, Verdict, Partial<Job>, string]>([
    [
      'its cause',
      { state: 'stuck', at: now, cause: { kind: 'orphan', since: now - 60_000, node: 'n1' } },
      ran,
      ' ! stuck  the run of 2026-11-21T14:30:29Z on n1 was never ended; with forbid it…',
    ],
    [
      'its firing where no cause is known',
      { state: 'late', at: now - 90_000, cause: { kind: 'unknown' } },
      ran,
      ' ! late  it was due 2026-11-21T14:29:59Z, 1m ago, and did not run',
    ],
    [
      'what its last run said where it failed since',
      { state: 'missed', at: now - 90_000, cause: { kind: 'unknown' } },
      { ...ran, status: 'failed' },
      ' busy',
    ],
  ])('tells of a job that should have run %s', (_, verdict, job, words) => {
    const state = told(withRuns(job, [run(null, { output: 'busy' })]), {
      type: 'overseen',
      troubles: new Map([['ant', verdict]]),
      missed: [],
    });
    expect(strip(state)[0]).toBe(words);
  });

  it('says why the runs could not be read', () => {
    const state = withRuns(ran, [run(2)], 'no answer');
    expect(tonesOf(frameOf(state).lines.at(-3)!)).toEqual(['bad: no answer']);
  });

  it('shows how the last runs have been, and how long the newest took', () => {
    expect(strip(withRuns(ran, [run(1), run(8)]))[1]).toBe(' last 2  █▁  1.0s   ok 3  failed 2');
    const many = Array.from({ length: 25 }, () => run(4));
    expect(strip(withRuns(ran, many))[1]).toMatch(/^ last 20 {2}█{20} {2}4\.0s/);
    expect(strip(withRuns(ran, [run(null), run(8)]))[1]).toMatch(/^ last 2 {2}█. {5}ok 3/);
    expect(strip(withRuns(ran, []))[1]).toBe(' ok 3  failed 2');
  });
});

describe('the bars', () => {
  it('are as long as the runs were, the oldest first, and say which did not end well', () => {
    const line = sparkline([run(8), run(4), run(2, { success: false }), run(0)], 20);
    expect(lineText(line)).toBe('▁╳▄█');
    expect(tonesOf(line)).toEqual(['bad: ╳']);
    expect(tonesOf(sparkline([run(null)], 20))).toEqual(['attention: ░']);
  });

  it('are of the newest runs only', () => {
    expect(lineText(sparkline([run(4), run(2), run(8)], 2))).toBe('▄█');
    expect(lineText(sparkline([], 2))).toBe('');
  });
});
