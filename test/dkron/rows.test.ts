import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { UnreadableJob } from '../../src/base/errors.ts';
import { parseJob, textOf } from '../../src/dkron/list.ts';
import { rowAmong, rowReader } from '../../src/dkron/rows.ts';
import type { Job, JobText } from '../../src/job/job.ts';
import { readLate } from '../../src/job/read-late.ts';
import { JobRow } from '../../src/job/row.ts';
import { JobTable } from '../../src/job/table.ts';
import { stringifyJson } from '../../src/json/numbers.ts';
import { aJob } from '../support/jobs.ts';

function read(list: readonly Uint8Array[], before = JobTable.empty) {
  const unreadable: string[] = [];
  const reader = rowReader('http://d', before, (error, name) => {
    unreadable.push(`${name}: ${error.message}`);
  });
  const came = list.map((bytes) => reader.read(bytes));
  return { table: reader.end(), came, unreadable };
}

/** What the list is when it is read plainly: by name, the later of two. */
function plainly(list: readonly Uint8Array[]): Map<string, JobText> {
  const jobs = new Map<string, JobText>();
  for (const bytes of list) {
    try {
      const entry = parseJob('http://d', textOf(bytes));
      jobs.set(entry.job.name, entry);
    } catch (error) {
      if (!(error instanceof UnreadableJob)) throw error;
    }
  }
  return jobs;
}

const written = fc.constantFrom(
  '"a":1e400',
  '"b":1.0',
  '"c":9007199254740993',
  '"d":{"deep":[1,{"e":null}]}',
  '"name":"again"',
  '"tags":{"r\\u003ele":"w\\u0026b"}',
  '"tags":{"__proto__":"x","constructor":"y"}',
  '"metadata":null',
  '"success_count":12',
  '"retries":"many"',
  '"executor_config":{"body":"{\\"lat\\":48.1113,\\"n\\":[1.5,-0]}"}',
  '"starts_at":"2026-11-21T15:00:00Z"',
  '"displayname":"日本 \\ud83d\\ude00 \\ud800"',
  '"last_error":"0000-12-31T19:03:58-04:56"',
  '"__proto__":{"x":1}',
);
/** Bytes that are no UTF-8, in a text. */
const foreign = Buffer.concat([
  Buffer.from(',"owner":"'),
  Buffer.from([0xc3, 0x28, 0xff]),
  Buffer.from('"'),
]);

const hostile = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c', 'é', '日本', 'x\\u0079', '"', ''),
    fields: fc.array(written, { maxLength: 4 }),
    isForeign: fc.boolean(),
    isUsual: fc.boolean(),
    padding: fc.constantFrom(0, 0, 0, 30_000, 300_000),
    first: fc.boolean(),
  })
  .map(({ name, fields, isForeign, isUsual, padding, first }): Uint8Array => {
    const usual = isUsual ? `${JSON.stringify(aJob({})).slice(1, -1)},` : '';
    const quoted = `${usual}"name":"${name === '"' ? '\\"' : name}"`;
    const body = padding > 0 ? [`"owner_email":"${'p'.repeat(padding)}"`] : [];
    const all = first ? [quoted, ...fields, ...body] : [...fields, quoted, ...body];
    return Buffer.concat([
      Buffer.from(`{${all.join(',')}`),
      isForeign ? foreign : Buffer.from(''),
      Buffer.from('}'),
    ]);
  });

const factsOf = (row: JobRow) => ({ ...row });
const factsIn = (job: Job, row: JobRow) =>
  Object.fromEntries(Object.keys(row).map((name) => [name, job[name]]));

describe('the rows of a list', () => {
  it('are the exact jobs that came, whatever is in them, and whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.array(hostile, { maxLength: 12 }), { maxLength: 5 }), (lists) => {
        let before = JobTable.empty;
        for (const list of lists) {
          const { table } = read(list, before);
          const plain = plainly(list);
          expect([...table.keys()]).toEqual([...plain.keys()]);
          for (const [name, { text, job }] of plain) {
            const row = table.get(name)!;
            expect(row.text).toBe(text);
            expect(row.job).toEqual(job);
            expect(factsOf(row)).toEqual(factsIn(job, row));
            expect(row.executor_config).toEqual(job.executor_config);
            expect(row.job).toBe(row.job);
            const late = readLate(row);
            expect({ ...late }).toEqual({ ...job });
            expect(Object.keys(late)).toEqual(Object.keys(job));
            expect(stringifyJson(late)).toBe(stringifyJson(job));
            expect(late).toEqual(job);
          }
          // Of two of one name the first is read anew each time.
          if (plain.size === list.length) expect(read(list, table).table).toBe(table);
          before = table;
        }
      }),
      { numRuns: 60 },
    );
  });

  const bytesOf = (fields: Parameters<typeof aJob>[0]) => Buffer.from(JSON.stringify(aJob(fields)));

  it('are not unpacked by who goes over all jobs for what is at hand', () => {
    const { table } = read([bytesOf({ name: 'a', parent_job: 'b' })]);
    const row = table.get('a')!;
    const late = readLate(row);
    const { job } = row;
    const looked = vi.spyOn(row, 'job', 'get');
    expect([late.name, late.parent_job, late.disabled]).toEqual(['a', 'b', false]);
    expect(looked).not.toHaveBeenCalled();
    expect(late.retries).toBe(job.retries);
    expect(looked).toHaveBeenCalledOnce();
    expect(() => {
      late.disabled = true;
    }).toThrow(TypeError);
  });

  it('stay the very same objects where their jobs did not change', () => {
    const list = [bytesOf({ name: 'a' }), bytesOf({ name: 'b' }), bytesOf({ name: 'c' })];
    const first = read(list).table;
    const changed = [
      bytesOf({ name: 'a', disabled: true }),
      list[1]!,
      bytesOf({ name: 'bb' }),
      list[2]!,
    ];
    const second = read(changed, first).table;
    expect([...second.keys()]).toEqual(['a', 'b', 'bb', 'c']);
    expect(second.get('a')).not.toBe(first.get('a'));
    expect(second.get('b')).toBe(first.get('b'));
    expect(second.get('c')).toBe(first.get('c'));
    const third = read([changed[0]!, list[1]!, list[2]!], second).table;
    expect([...third.values()]).toEqual([second.get('a'), second.get('b'), second.get('c')]);
  });

  it('keep no more pages than their jobs fill, however often some of them change', () => {
    const body = 'x'.repeat(20_000);
    const jobs = Array.from({ length: 100 }, (_, at) => bytesOf({ name: `j-${at}`, owner: body }));
    let { table } = read(jobs);
    const pagesOf = ({ rows }: JobTable) => new Set(rows.map(({ page }) => page)).size;
    const packed = pagesOf(table);
    for (let round = 0; round < 200; round++) {
      const at = (round * 7) % jobs.length;
      jobs[at] = bytesOf({ name: `j-${at}`, owner: body, success_count: round });
      table = read(jobs, table).table;
    }
    expect(plainly(jobs).get('j-7')?.text).toBe(table.get('j-7')?.text);
    expect(pagesOf(table)).toBeLessThan(packed + 60);
  });

  it('are let go of one by one: a job read on its own takes its place', () => {
    const { table } = read([bytesOf({ name: 'a' }), bytesOf({ name: 'b' })]);
    const entry = (fields: Parameters<typeof aJob>[0]) => {
      const job = aJob(fields);
      return { text: JSON.stringify(job), job };
    };
    const reread = (entries: readonly JobText[]) =>
      table.with(entries.map((one) => rowAmong(table, one)));
    expect(reread([entry({ name: 'a' })])).toBe(table);
    const later = reread([entry({ name: 'a' }), entry({ name: 'b', disabled: true })]);
    expect(later.places).toBe(table.places);
    expect(later.get('a')).toBe(table.get('a'));
    expect(later.get('b')?.job.disabled).toBe(true);
    const list = [bytesOf({ name: 'a' }), bytesOf({ name: 'b', disabled: true })];
    expect(read(list, later).table).toBe(later);
    expect(later.get('b')).toBeInstanceOf(JobRow);
  });
});
