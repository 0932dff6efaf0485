import { expect, it } from 'vitest';
import { countSpans } from '../../../../src/console/screens/jobs/counts.ts';
import type { State } from '../../../../src/console/state/model.ts';
import type { Job } from '../../../../src/job/job.ts';
import { lineText } from '../../../../src/view/line.ts';
import { anExecution } from '../../../support/jobs.ts';
import { refreshed, showing, started, told, tonesOf } from '../../states.ts';

const counts = (state: State): string => lineText(countSpans(state));
const of = (name: string, fields: Partial<Job> = {}): Partial<Job> => ({
  name,
  status: 'success',
  last_success: '2026-11-21T14:00:00Z',
  ...fields,
});

it('are of what there is, and of nothing that is not', () => {
  expect(counts(started())).toBe('');
  expect(counts(showing([]))).toBe('0');
  expect(counts(showing([of('a'), of('b')]))).toBe('2');
  const jobs = [
    of('a'),
    of('b', { status: 'failed' }),
    of('c', { status: 'partially_failed' }),
    of('d', { disabled: true }),
    { name: 'e' },
    of('f'),
  ];
  const state = told(
    started(),
    refreshed(jobs, {
      busy: [anExecution({ job_name: 'f' })],
      unreadable: [{ name: 'g', why: 'broken' }],
    }),
  );
  expect(counts(state)).toBe('6 · 1 unreadable · 2 failed · 1 running · 1 never ran · 1 disabled');
  expect(tonesOf(countSpans(state)).filter((tone) => !tone.startsWith('quiet'))).toEqual([
    'bad: 1 unreadable',
    'bad: 2 failed',
    'attention: 1 running',
  ]);
});

it('grow while the first list comes, and say that they are not all', () => {
  const jobs = [...refreshed([of('a', { disabled: true })]).jobs.values()];
  expect(counts(told(started(), { type: 'arriving', jobs }))).toBe('1 so far');
  expect(counts(told(started(), { type: 'arriving', jobs, announced: 7 }))).toBe('1 of 7 so far');
});
