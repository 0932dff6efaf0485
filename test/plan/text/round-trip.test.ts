import { expect, test } from 'vitest';
import { planRestore } from '../../../src/plan/compare.ts';
import { withDeletions } from '../../../src/plan/deletions.ts';
import type { PlanFile } from '../../../src/plan/text/plan-file.ts';
import { readPlan } from '../../../src/plan/text/read.ts';
import { planText } from '../../../src/plan/text/write.ts';
import { aJob } from '../../support/jobs.ts';

test('a plan is the same plan once it was a text', () => {
  const live = [aJob({ name: 'a', retries: 1 }), aJob({ name: 'gone' }), aJob({ name: 'rest' })];
  const wanted = [aJob({ name: 'a', retries: 2 }), aJob({ name: 'b', parent_job: 'a' })];
  const file: PlanFile = {
    at: '2026-11-26T23:40:00Z',
    cluster: { id: 'c1', name: 'staging' },
    url: 'http://localhost:8080',
    version: '4.1.2',
    source: 'backup-dkron_2026-11-21T0210Z',
    plan: withDeletions(planRestore(wanted, live), ['gone'], live),
    choices: new Map([
      ['a', 'do'],
      ['b', 'ask'],
      ['gone', 'skip'],
    ]),
  };
  expect(readPlan(planText(file), 'PLAN')).toEqual({ format: 1, ...file });
});
