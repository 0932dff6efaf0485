import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { diffJobs } from '../../../src/job/compare.ts';
import { neatYaml } from '../../../src/job/file/neat.ts';
import type { Job } from '../../../src/job/job.ts';
import { definedJob, serverJob } from '../../../src/job/job-value.ts';
import { spacedLike } from '../../../src/job/spaced-like.ts';
import { parseJson } from '../../../src/json/numbers.ts';
import { isJob } from '../../../src/snapshot/file/found.ts';
import { startOfFile } from '../../../src/snapshot/file/position.ts';
import { yamlJobs } from '../../../src/snapshot/file/yaml-jobs.ts';
import { aJob } from '../../support/jobs.ts';
import { anOddJob } from '../../support/odd-jobs.ts';
import { anyJson, anyText } from '../json.ts';

function read(text: string): Job {
  const reader = yamlJobs('f', startOfFile);
  const [only, ...more] = [...reader.push(Buffer.from(text)), ...reader.end()];
  if (!only || !isJob(only) || more.length > 0) throw new Error(JSON.stringify([only, more]));
  return only.job;
}

/** What is left of a job after it went through a file and onto a server that has it, or has it not. */
function expectKept(job: Job): void {
  const text = neatYaml(job);
  const back = read(text);
  expect(diffJobs(spacedLike(back, job), job)).toEqual([]);
  expect(neatYaml(back)).toBe(text);
  expect(neatYaml(spacedLike(back, job))).toBe(text);
}

describe('neatYaml', () => {
  it('tells what says something, in the order of the fields, and nothing of Dkron', () => {
    const job = aJob({
      retries: 2,
      executor: 'http',
      executor_config: { url: 'http://a', body: '{"a":[1.0]}', method: 'POST', debug: '' },
      success_count: 7,
      dependent_jobs: ['child'],
      concurrency: '',
      processors: {},
      tags: { role: 'web:1', no: 'no', n: '007' },
    });
    expect(neatYaml(job)).toBe(`name: refresh
schedule: 0 */5 * * * *
executor: http
executor_config:
  body: |-
    {
      "a": [
        1.0
      ]
    }
  debug: ""
  method: POST
  url: http://a
retries: 2
tags:
  n: "007"
  no: no
  role: web:1
`);
  });

  it('keeps all that an operator defines, whatever it is', () => {
    const text = fc.oneof(
      anyText,
      anyJson,
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '~',
        'null',
        'yes',
        '0x1F',
        '1e400',
        '- a',
        'a: b',
        '# a',
        '*a',
        '<<',
        '=',
        '\t',
        ' a\n b',
        '\n',
      ),
    );
    const map = fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', '', '1')), text, {
      maxKeys: 3,
    });
    const anyJob = fc
      .record({
        displayname: text,
        schedule: text,
        disabled: fc.boolean(),
        retries: fc.nat(),
        tags: fc.option(map),
        executor_config: fc.option(map),
        processors: fc.dictionary(text, map, { maxKeys: 2 }),
        expires_at: fc.constantFrom(null, '2026-11-23T07:00:00+01:00', '0001-01-01T00:00:00Z'),
        from_the_future: anyJson.map(parseJson),
      })
      .map(aJob);
    fc.assert(fc.property(anyJob, expectKept), { numRuns: 300 });
    fc.assert(
      fc.property(
        anOddJob.filter((job) => 'job' in definedJob(job)),
        expectKept,
      ),
      { numRuns: 300 },
    );
  });
});

/** Every job that a real Dkron ever answered with in the recordings. */
function recorded(): Job[] {
  const jobs: Job[] = [];
  const visit = (value: unknown): void => {
    const job = serverJob(value);
    // An echo of what no Dkron could show again is no job.
    const isWhole = Object.hasOwn(Object(value), 'executor_config') && 'job' in definedJob(value);
    if ('job' in job && isWhole) jobs.push(job.job);
    else if (Array.isArray(value)) value.forEach(visit);
  };
  for (const version of ['dkron-3.2.7', 'dkron-4.0.9', 'dkron-4.1.2', 'more-4.1.2']) {
    const file = new URL(`../../data/contract/${version}.json`, import.meta.url);
    for (const { answer } of JSON.parse(readFileSync(file, 'utf8')) as {
      answer: { body: string };
    }[])
      try {
        visit(parseJson(answer.body));
      } catch {
        // Most answers are no JSON, or say what was wrong.
      }
  }
  return jobs;
}

test('every job of the recorded answers comes back whole', () => {
  const jobs = recorded();
  expect(jobs.length).toBeGreaterThan(500);
  for (const job of jobs) expectKept(job);
});
