import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { type JobStatus, jobStatus } from '../../src/job/status.ts';
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
    expect(jobStatus(aJob(job), running)).toBe(status);
  });
});
