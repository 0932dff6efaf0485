import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { diffJobs, type Scope } from '../../../src/job/compare.ts';
import type { Job } from '../../../src/job/job.ts';
import { definedJob } from '../../../src/job/job-value.ts';
import { compareSides } from '../../../src/snapshot/diff/compare.ts';
import { sideOfFile } from '../../../src/snapshot/diff/side.ts';
import { hostileText } from '../../console/hostile.ts';
import { aJob } from '../../support/jobs.ts';

const folder = mkdtempSync(join(tmpdir(), 'snapshot-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nobody = (async function* () {})();
const side = (path: string, scope: Scope = 'definition') => sideOfFile(path, nobody, scope);

let files = 0;
function file(content: string | Uint8Array, name = `f${files++}`): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const lines = (...jobs: Partial<Job>[]): string =>
  jobs.map((job) => `${JSON.stringify(aJob(job))}\n`).join('');

async function compare(before: string, after: string, scope: Scope = 'definition') {
  const { differences, same } = await compareSides(
    await side(before, scope),
    await side(after, scope),
    scope,
  );
  return {
    same,
    jobs: differences.map(({ name, kind, changes, why }) => ({
      name,
      kind,
      fields: changes.map(({ path, before, after }) => `${path}: ${before} → ${after}`),
      why,
    })),
  };
}

describe('two files', () => {
  it('tell what was added, removed and changed, by name', async () => {
    const before = file(lines({ name: 'same' }, { name: 'old' }, { name: 'a', retries: 1 }));
    const after = file(lines({ name: 'new' }, { name: 'a', retries: 2 }, { name: 'same' }));
    const all = ['schedule', 'executor', 'executor_config.command'];
    const values = ['0 */5 * * * *', 'shell', 'true'];
    expect(await compare(before, after)).toEqual({
      same: 1,
      jobs: [
        { name: 'a', kind: 'changed', fields: ['retries: 1 → 2'], why: '' },
        {
          name: 'new',
          kind: 'added',
          fields: all.map((path, at) => `${path}:  → ${values[at]}`),
          why: '',
        },
        {
          name: 'old',
          kind: 'removed',
          fields: all.map((path, at) => `${path}: ${values[at]} → `),
          why: '',
        },
      ],
    });
  });

  it('differ in what Dkron counts only when that is asked for', async () => {
    const before = file(lines({ name: 'a', success_count: 1 }));
    const after = file(
      lines({ name: 'a', success_count: 2, last_success: '2026-11-21T00:00:00Z' }),
    );
    expect(await compare(before, after)).toEqual({ same: 1, jobs: [] });
    expect((await compare(before, after, 'everything')).jobs[0]!.fields).toEqual([
      'success_count: 1 → 2',
      'last_success:  → 2026-11-21T00:00:00Z',
    ]);
  });

  const job = { name: 'a', retries: 1, executor_config: { command: 'x{y}{z}' } };
  it.each([
    ['a list', JSON.stringify([aJob(job)])],
    ['a pretty list', JSON.stringify([aJob(job)], null, 2)],
    ['a list a line', `[\n${JSON.stringify(aJob(job))}\n]`],
    ['CRLF', `${JSON.stringify(aJob(job))}\r\n`],
    ['a BOM', `\ufeff${JSON.stringify(aJob(job))}`],
    ['blank lines', `\n\n${JSON.stringify(aJob(job))}\n\n`],
    ['a string that the script broke', JSON.stringify(aJob(job)).replace('}{', '}\n{')],
    ['no break at the end', JSON.stringify(aJob(job))],
    ['gzip', gzipSync(lines(job))],
  ])('that is %s is compared with a snapshot', async (_, content) => {
    expect(await compare(file(content), file(lines({ ...job, retries: 2 })))).toMatchObject({
      same: 0,
      jobs: [{ name: 'a', kind: 'changed', fields: ['retries: 1 → 2'] }],
    });
    expect(await compare(file(lines(job)), file(content))).toEqual({ same: 1, jobs: [] });
  });

  it('that are YAML, or a folder, are compared too', async () => {
    const body = { executor_config: { body: '{"a":[1,2]}' } };
    const laidOut =
      'name: b\nexecutor: http\nexecutor_config:\n  body: |-\n    {\n      "a": [1, 2]\n    }\n';
    const sent = file(lines({ name: 'b', schedule: '', executor: 'http', ...body }));
    const written = file(laidOut, 'b.yaml');
    expect(await compare(sent, written)).toEqual({ same: 1, jobs: [] });
    expect(await compare(written, sent)).toEqual({ same: 1, jobs: [] });
    const yaml = 'name: a\nschedule: "@hourly"\nretries: 2\n';
    const before = file(
      lines({ name: 'a', schedule: '@hourly', executor: '', executor_config: null }),
    );
    expect((await compare(before, file(yaml, 'a.yaml'))).jobs).toMatchObject([
      { name: 'a', fields: ['retries: 0 → 2'] },
    ]);
  });

  it('say of a job that cannot be read that nothing is known of it', async () => {
    const before = file(
      `${lines({ name: 'a' })}{"name":"b","retries":"many"}\n${lines({ name: 'c' })}`,
    );
    const after = file(lines({ name: 'a' }, { name: 'b' }, { name: 'd' }));
    const { same, jobs } = await compare(before, after);
    expect(same).toBe(1);
    expect(jobs.map(({ name, kind }) => [name, kind])).toEqual([
      ['b', 'unreadable'],
      ['c', 'removed'],
      ['d', 'added'],
    ]);
    expect(jobs[0]!.why).toMatch(/^in A: .*line 2, column 23: retries must be/);
  });

  it('say of a job that is there twice that nothing is known of it', async () => {
    const before = file(lines({ name: 'a' }, { name: 'a', retries: 1 }));
    const { jobs } = await compare(before, file(lines({ name: 'a' })));
    expect(jobs).toMatchObject([{ name: 'a', kind: 'unreadable' }]);
    expect(jobs[0]!.why).toContain('there 2 times');
  });

  it('of which one is written to meanwhile are an error', async () => {
    const path = file(lines({ name: 'a', retries: 1 }, { name: 'b' }));
    const [before, after] = [await side(path), await side(file(lines({ name: 'b' })))];
    writeFileSync(path, lines({ name: 'b' }, { name: 'a', retries: 1 }));
    await expect(compareSides(before, after, 'definition')).rejects.toThrow(
      'changed while it was read',
    );
  });
});

describe('any two sets of jobs', () => {
  const anyJob = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    retries: fc.nat({ max: 2 }),
    displayname: hostileText,
    metadata: fc.option(fc.dictionary(hostileText, hostileText, { maxKeys: 2 })),
    success_count: fc.nat({ max: 3 }),
  });
  const anySet = fc.uniqueArray(anyJob, { selector: ({ name }) => name, maxLength: 4 });
  /** As it is read: what cannot be written as UTF-8 does not come back. */
  const jobsOf = (set: readonly Partial<Job>[]): Map<string, Job> =>
    new Map(
      lines(...set)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => {
          const read = definedJob(JSON.parse(Buffer.from(line).toString()));
          if (!('job' in read)) throw new Error(line);
          return [read.job.name, read.job];
        }),
    );

  it('are alike when they are one, and the other way round each difference is the other', async () => {
    await fc.assert(
      fc.asyncProperty(anySet, anySet, async (one, two) => {
        const [a, b] = [file(lines(...one), 'a'), file(lines(...two), 'b')];
        if (one.length > 0) expect((await compare(a, a)).jobs).toEqual([]);
        fc.pre(one.length > 0 && two.length > 0);
        const [there, back] = [
          await compareSides(await side(a), await side(b), 'definition'),
          await compareSides(await side(b), await side(a), 'definition'),
        ];
        const turned = { added: 'removed', removed: 'added' } as const;
        expect(
          back.differences.map(({ name, kind, changes }) => ({
            name,
            kind: kind === 'added' || kind === 'removed' ? turned[kind] : kind,
            changes: changes.map(({ path, before, after }) => `${path} ${after} ${before}`).sort(),
          })),
        ).toEqual(
          there.differences.map(({ name, kind, changes }) => ({
            name,
            kind,
            changes: changes.map(({ path, before, after }) => `${path} ${before} ${after}`).sort(),
          })),
        );
        // What is found without parsing is what parsing finds.
        const [old, now] = [jobsOf(one), jobsOf(two)];
        const both = [...old.keys()].filter((name) => now.has(name));
        const changed = both.filter((name) => diffJobs(old.get(name)!, now.get(name)!).length > 0);
        expect(there.same).toBe(both.length - changed.length);
        expect(
          there.differences.filter(({ kind }) => kind === 'changed').map(({ name }) => name),
        ).toEqual(changed.sort());
      }),
      { numRuns: 60 },
    );
  });
});
