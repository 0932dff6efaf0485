import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { coverageOf, ttlOf } from '../../../src/job/ttl/match.ts';
import { readTable, type TtlTable } from '../../../src/job/ttl/table.ts';
import { aJob } from '../../support/jobs.ts';

function tableOf(where: string, ...cells: readonly string[]): TtlTable {
  const columns = { match: { key: where }, soft: 'soft', hard: null, unit: 's' } as const;
  const table = readTable(['key,soft', ...cells.map((cell) => `"${cell}",9`)].join('\n'), columns);
  if ('problem' in table) throw new Error(table.problem);
  return table;
}

const http = (config: Record<string, string>, more: Partial<Job> = {}): Job =>
  aJob({ executor: 'http', executor_config: config, ...more });

describe('a job has a row', () => {
  it.each([
    ['path', '/v1/zones', http({ url: 'http://a:8080/v1/zones/?b=c#d' }), true],
    ['path', '/v1/zones', http({ url: 'http://a/v1/zones/2' }), false],
    ['path', '/v1/gare de lyon', http({ url: 'http://a/v1/gare%20de%20lyon' }), true],
    ['path', '/', http({ url: 'http://a' }), true],
    ['path', '/', http({}), false],
    ['query.msp', 'keolis', http({ url: 'http://a/b?x=1&msp=keolis' }), true],
    ['query.msp', '', http({ url: 'http://a/b?x=1' }), false],
    ['body.data.kind', 'zones', http({ body: '{"data":{"kind":"zones"}}' }), true],
    ['body.data.id', '7', http({ body: '{"data":{"id":7}}' }), true],
    ['body.data.kind', 'zones', http({ body: 'kind=zones' }), false],
    ['body.list[1]', 'b', http({ body: '["a"]' }), false],
    ['metadata.partner', 'tier', http({}, { metadata: { partner: 'tier' } }), true],
    ['metadata.partner', 'tier', http({}, { metadata: null }), false],
    ['name', 'refresh', aJob(), true],
  ])('by %s %s: %#', (where, cell, job, has) => {
    expect(ttlOf(tableOf(where, cell), job) !== undefined).toBe(has);
  });
});

it('what of table and jobs is about each other is counted', () => {
  const table = tableOf('query.msp', 'a', 'b', 'c', 'c');
  const at = (msp: string, more: Partial<Job> = {}) => http({ url: `http://x/?msp=${msp}` }, more);
  const jobs = [at('a'), at('a'), at('b', { disabled: true }), at('z'), aJob()];
  expect(coverageOf(table, jobs)).toEqual({
    rows: 3,
    jobs: 3,
    without: 1,
    unfilled: 2,
    shared: 1,
    doubled: 1,
    unread: 0,
  });
});
