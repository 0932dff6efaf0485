/** The hazards of families on what real Dkrons answered: what they had is what the tree tells. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { familyTree } from '../../src/job/family-tree.ts';
import type { Job } from '../../src/job/job.ts';
import { runsLost } from '../../src/plan/deletions.ts';
import { aJob } from '../support/jobs.ts';

interface Step {
  readonly group: string;
  readonly step: number;
  readonly request: { readonly method: string; readonly path: string };
  readonly answer: { readonly status: number; readonly body: string };
}

const recorded = (name: string): Step[] =>
  JSON.parse(readFileSync(new URL(`../data/contract/${name}.json`, import.meta.url), 'utf8'));

/** The jobs of a group as they were last seen up to that step; a whole list replaces all. */
function jobsAt(name: string, group: string, last: number): Map<string, Job> {
  let jobs = new Map<string, Job>();
  for (const { step, request, answer, ...one } of recorded(name)) {
    if (one.group !== group || step > last || request.method !== 'GET' || answer.status !== 200)
      continue;
    if (request.path === '/v1/jobs')
      jobs = new Map((JSON.parse(answer.body) as Job[]).map((job) => [job.name, job]));
    else if (/^\/v1\/jobs\/[^/?]+$/.test(request.path)) {
      const job = JSON.parse(answer.body) as Job;
      jobs.set(job.name, job);
    }
  }
  return jobs;
}

const faultsIn = (jobs: ReadonlyMap<string, Job>): string[] =>
  familyTree(jobs, Date.parse('2026-11-27T00:00:00Z')).flatMap(({ name, faults }) =>
    faults.map((fault) => `${name} ${fault}`),
  );

describe('what a real Dkron kept of a family', () => {
  it.each<[string, string, string, number, readonly string[]]>([
    ['a child that is listed twice after /v1/restore', 'dkron-4.1.2', 'restore', 2, ['r2 doubled']],
    ['the same', 'dkron-4.0.9', 'restore', 2, ['r2 doubled']],
    ['the same', 'dkron-3.2.7', 'restore', 2, ['r2 doubled']],
    ['a listed name that does not exist', 'more-4.1.2', 'families', 14, ['ghost phantom']],
    [
      'a child that an update without the list took off it (≤ 4.0.8)',
      'dkron-3.2.7',
      'family',
      8,
      ['k1 unlisted'],
    ],
    ['parents in a circle', 'dkron-4.1.2', 'family', 32, ['a circle']],
    [
      'a circle below a disabled job',
      'more-4.1.2',
      'families',
      40,
      ['a1 circle', 'a3 above-disabled'],
    ],
    ['a child that has expired', 'more-4.1.2', 'lives', 17, ['kexp expired']],
    ['a child with a schedule that never fires', 'more-4.1.2', 'lives', 17, ['kst mixed']],
  ])('is told: %s (%s, %s %i)', (_what, name, group, step, faults) => {
    expect(faultsIn(jobsAt(name, group, step))).toEqual(expect.arrayContaining([...faults]));
  });

  it('loses the runs of names that begin the same when a job is deleted, which is told before', () => {
    const lives = recorded('more-4.1.2').filter(({ group }) => group === 'lives');
    const runs = lives.find(
      ({ request, step }) => step > 29 && request.path === '/v1/jobs/re-2/executions',
    );
    expect(JSON.parse(runs!.answer.body)).toEqual([]);
    expect(runsLost(['re'], [aJob({ name: 're-2' }), aJob({ name: 'other' })])).toBe(
      'its runs are lost, and so are those of re-2, whose names begin the same',
    );
  });
});
