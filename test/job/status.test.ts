import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import {
  idle,
  type JobStatus,
  jobStatus,
  standingOf,
  standingsOf,
  type Trouble,
} from '../../src/job/status.ts';
import { aJob } from '../support/jobs.ts';

describe('jobStatus', () => {
  it.each<[JobStatus, Partial<Job>, boolean]>([
    ['running', { status: 'failed', disabled: true }, true],
    ['disabled', { status: 'failed', disabled: true }, false],
    ['success', { status: 'success' }, false],
    ['failed', { status: 'failed' }, false],
    ['partially_failed', { status: 'partially_failed' }, false],
    ['never', {}, false],
    ['never', { last_success: '0001-01-01T00:00:00Z' }, false],
    [
      'success',
      { last_success: '2026-01-02T00:00:00Z', last_error: '2026-01-01T00:00:00Z' },
      false,
    ],
    ['failed', { last_success: '2026-01-02T00:00:00Z', last_error: '2026-01-03T00:00:00Z' }, false],
    ['failed', { last_success: '2026-01-03T00:00:00Z', last_error: '2026-01-03T00:00:00Z' }, false],
    ['success', { status: 'odd', last_success: '2026-01-03T00:00:00Z' }, false],
    ['failed', { status: '', last_error: '2026-01-03T00:00:00Z' }, false],
  ])('%s: %o, running %s', (status, job, running) => {
    expect(jobStatus(aJob(job), { ...idle, running })).toBe(status);
  });

  /** What is wrong now comes before what runs, that before what was. */
  it.each<[JobStatus, Trouble, Partial<Job>, boolean]>([
    ['stuck', 'stuck', { status: 'failed' }, true],
    ['nowhere', 'nowhere', { status: 'success' }, false],
    ['late', 'late', { status: 'failed' }, true],
    ['running', 'missed', { status: 'success' }, true],
    ['running', 'overdue', { status: 'success' }, true],
    ['failed', 'missed', { status: 'failed' }, false],
    ['partially_failed', 'overdue', { status: 'partially_failed' }, false],
    ['missed', 'missed', { status: 'success' }, false],
    ['overdue', 'overdue', {}, false],
  ])('%s of one that is %s, %o, running %s', (status, trouble, job, running) => {
    expect(jobStatus(aJob(job), { running, trouble })).toBe(status);
  });

  it('stands for all of whom nothing is known as idle', () => {
    const standings = standingsOf(['a', 'b'], [['b', 'late'] as const, ['c', 'stuck'] as const]);
    expect(['a', 'b', 'c', 'd'].map((name) => standingOf(standings, name))).toEqual([
      { running: true, trouble: null },
      { running: true, trouble: 'late' },
      { running: false, trouble: 'stuck' },
      idle,
    ]);
  });
});
