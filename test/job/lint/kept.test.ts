import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOf, diffJobs } from '../../../src/job/compare.ts';
import type { Job } from '../../../src/job/job.ts';
import { keptOf } from '../../../src/job/lint/kept.ts';
import { parseJson } from '../../../src/json/numbers.ts';
import { aJob } from '../../support/jobs.ts';
import { whatDkronsKeep } from '../../support/kept-cases.ts';
import { anOddJob } from '../../support/odd-jobs.ts';

const given = (fields: string): Job => parseJson(`{"name":"odd",${fields}}`) as Job;

describe('what a Dkron keeps', () => {
  it.each(whatDkronsKeep)('of %s', (_what, fields, keeps, says, version = '4.1.2') => {
    const { job, findings } = keptOf(given(fields), version);
    expect(job).toEqual({ name: 'odd', ...keeps });
    expect(findings.map(({ path, text }) => `${path} ${text}`)).toEqual(says);
    expect(new Set(findings.map(({ level }) => level))).toEqual(
      new Set(says.length > 0 ? ['warning'] : []),
    );
  });

  it('is the very same job where that is all of it', () => {
    const job = aJob({ starts_at: '2030-01-01T00:00:00Z' });
    expect(keptOf(job, '4.1.2').job).toBe(job);
  });

  it('is a count of 32 bits', () => {
    const retries = (count: string) => {
      const { job, findings } = keptOf(given(`"retries":${count}`), '4.1.2');
      return [job.retries, findings.length];
    };
    expect(retries('4294967295')).toEqual([4294967295, 0]);
    expect(retries('4294967296')).toEqual([0, 1]);
    expect(retries('4294967298')).toEqual([2, 1]);
    expect(retries('-1')).toEqual([-1, 0]);
  });

  it('is kept once more as it is', () => {
    fc.assert(
      fc.property(anOddJob, (odd) => {
        const { job } = keptOf(odd, '4.1.2');
        expect(keptOf(job, '4.1.2').findings).toEqual([]);
      }),
    );
  });

  it('is foretold of no server whose version is not known, nor of a newer one', () => {
    const job = given('"shell":true,"starts_at":"2030-01-01T00:00:00Z"');
    expect(keptOf(job)).toEqual({ job, findings: [] });
    expect(keptOf(job, '5.0.0').job).toEqual(job);
    expect(keptOf(job, '5.0.0').findings).toMatchObject([
      { path: 'shell', text: 'is not known here: Dkron 5.0.0 keeps it or drops it' },
    ]);
  });
});

describe('the changes that a write would make', () => {
  it('are none in a field that the server does not show', () => {
    const { starts_at, ...old } = aJob();
    const wanted = { ...aJob(), shell: true, starts_at: '2030-01-01T00:00:00Z', retries: 1 };
    expect(changesOf(old as Job, wanted).map(({ path }) => path)).toEqual(['retries']);
    expect(diffJobs(old as Job, wanted)).toHaveLength(3);
  });

  it('are there in a field of a newer Dkron that the server shows', () => {
    const changes = changesOf(aJob({ quota: 1 }), aJob({ quota: 2 }));
    expect(changes).toMatchObject([{ path: 'quota', before: '1', after: '2' }]);
  });

  it('are told of a key with a control character in it by its own name', () => {
    const [change] = changesOf(aJob(), aJob({ metadata: { 'a\u0000b': 'x' } }));
    expect(change?.keys).toEqual(['metadata', 'a\u0000b']);
  });
});
