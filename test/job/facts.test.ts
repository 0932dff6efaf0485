import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableJob } from '../../src/base/errors.ts';
import { parseJob } from '../../src/dkron/list.ts';
import { usualFacts } from '../../src/job/facts.ts';
import type { Job } from '../../src/job/job.ts';
import { valueSharer } from '../../src/job/shared-values.ts';
import { aJob } from '../support/jobs.ts';

/** As a Dkron writes one, whose body is full of JSON. */
const usual = JSON.stringify(
  aJob({
    name: 'a',
    success_count: 12,
    tags: { role: 'web' },
    executor_config: { body: '{"retries":1.0,"n":[1.5,-0,1e400]}', url: 'http://h/?a=1&b=<2>' },
  }),
);

function wholly(text: string): Job | null {
  try {
    return parseJob('http://d', text).job;
  } catch (error) {
    if (!(error instanceof UnreadableJob)) throw error;
    return null;
  }
}

const odd = fc.constantFrom(
  ...['"a":1e400', '"retries":1.0', '"retries":-0', '"retries":9007199254740993', '"retries":7'],
  ...['"retries": 7', '"retries" :1e2', '"success_count":"12"', '"success_count":null'],
  ...[
    '"tags":{"a":1}',
    '"tags":[]',
    '"tags":{"__proto__":"x"}',
    '"tags":{"r\\u003ele":"w\\u0026b"}',
    '"tags":{"\\t":"b"}',
    '"tags":{"\\\\":"a","\\n":"b"}',
    '"tags":{"a\\"":"a"}',
    '"metadata":{"a\\\\":"a"}',
    '"processors":{"\\u0026":{"\\"":"a"}}',
    '"processors":{"\\\\":{"a":"a"}}',
    '"\\\\":1',
    '"na\\\\u":1',
  ],
  ...['"owner":null', '"owner":7', '"owner":"\\ud800 \\u0026"', '"next":null', '"last_error":7'],
  ...['"dependent_jobs":["b"]', '"dependent_jobs":["b",7]', '"dependent_jobs":{}'],
  ...['"processors":{"log":{"a":1}}', '"processors":{"log":null}', '"disabled":"true"'],
  ...['"starts_at":null', '"starts_at":7', '"expires_at":"2026-11-21T15:00:00Z"', '"newer":[1.0]'],
  ...['"name":"again"', '"name":null', '"na\\u006de":"x"', '"__proto__":{"x":1}', '"ephemeral":1'],
  ...[
    `"deep":${'['.repeat(1_200)}${']'.repeat(1_200)}`,
    `"owner":"${'x'.repeat(5_000)}"`,
    '"cut":',
  ],
);

describe('the facts of a usual job', () => {
  it('are there at once', () => {
    expect(usualFacts(usual)).toMatchObject({
      name: 'a',
      success_count: 12,
      tags: { role: 'web' },
    });
    expect(usualFacts(`[${usual}]`)).toBeNull();
  });

  it('are those of the whole job wherever they are told, whatever is written in it', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 3 }), fc.boolean(), (more, isFirst) => {
        const inner = usual.slice(1, -1);
        const text = `{${(isFirst ? [...more, inner] : [inner, ...more]).join(',')}}`;
        const facts = usualFacts(text);
        if (facts === null) return;
        told += 1;
        const job = wholly(text);
        expect(job).not.toBeNull();
        for (const [name, value] of Object.entries(valueSharer()(facts)))
          expect([name, value]).toEqual([name, job![name]]);
      }),
      { numRuns: 500 },
    );
    expect(told).toBeGreaterThan(50);
  });
});
