import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameDefinition } from '../../src/job/compare.ts';
import { type Field, fields } from '../../src/job/fields.ts';
import type { Job } from '../../src/job/job.ts';
import { definedJob } from '../../src/job/job-value.ts';
import { normalText, writtenOrder } from '../../src/job/normal.ts';
import { writtenJobs } from '../../src/job/written.ts';
import { parseJson } from '../../src/json/numbers.ts';

const names = fields.map(({ name }) => name);

/** As Go's encoding/json escapes for a page. */
const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Keys that look like fields of the server, inside maps of the operator. */
const tameKey = fc.constantFrom(...names, 'a');
const anyKey = fc.oneof(tameKey, fc.constantFrom('', '__proto__', 'é', 'a"'), fc.string());
const tricky = ['', '"status":"x"', ',"next":"', '}', '{"id":"a","status":""}', 'a\u2028<b>&\\\n'];
const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom(...tricky));
const time = fc.constantFrom(null, '2026-11-23T07:00:00Z', '2026-11-23T08:00:00+01:00');

function jobs(key: fc.Arbitrary<string>, when: fc.Arbitrary<string | null>): fc.Arbitrary<Job> {
  const map = fc.option(fc.dictionary(key, text, { maxKeys: 4 }));
  const values: Record<Field['type'], fc.Arbitrary<unknown>> = {
    text,
    flag: fc.boolean(),
    count: fc.oneof(fc.nat(3), fc.nat()),
    time: when,
    names: fc.option(fc.array(text, { maxLength: 3 })),
    map,
    maps: fc.option(
      fc.dictionary(
        key,
        map.map((inner) => inner ?? {}),
        { maxKeys: 3 },
      ),
    ),
  };
  const name = fc.oneof(fc.constantFrom('a', 'b'), fc.string({ minLength: 1 }));
  const all = Object.fromEntries(
    writtenOrder.map((field) => [field.name, field.name === 'name' ? name : values[field.type]]),
  );
  return fc.record(all) as unknown as fc.Arbitrary<Job>;
}

const job = fc.oneof(jobs(tameKey, fc.constant(null)), jobs(anyKey, time));

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** One line, in the words of a Dkron of 4.1.2. */
function line(of: Job): string {
  const members = writtenOrder.map(({ name }) => {
    const value = JSON.parse(JSON.stringify(of[name] ?? null, sorted));
    return `${goJson(name)}:${goJson(value)}`;
  });
  return `{${members.join(',')}}`;
}

const read = writtenJobs();
const fast = (text: string) => {
  const written = read(Buffer.from(text));
  return written && { name: written.name, normal: Buffer.from(written.normal).toString() };
};
const slow = (text: string) => {
  const defined = definedJob(parseJson(text));
  return 'job' in defined ? { name: defined.job.name, normal: normalText(defined.job) } : null;
};

test('the order of the fields has each of them once', () => {
  expect(writtenOrder.map(({ name }) => name).sort()).toEqual(names.toSorted());
});

const plainJob = {
  ...{ id: 'a', name: 'a', displayname: '', timezone: '', schedule: '@every 1h', owner: '' },
  ...{ owner_email: '', success_count: 3, error_count: 0, last_success: null, last_error: null },
  ...{ disabled: false, tags: null, metadata: { status: 'x', next: '', a: '<é>' }, retries: 2 },
  ...{ dependent_jobs: ['b'], parent_job: '', processors: { log: { forward: 'true' } } },
  ...{ concurrency: 'allow', executor: 'http', executor_config: { body: '{"a":"\\n"}' } },
  ...{ status: '', next: '2026-11-23T07:00:00Z', ephemeral: false, starts_at: null },
  expires_at: null,
} satisfies Job;

test('what says nothing and what Dkron counts is left out', () => {
  expect(fast(line(plainJob))).toEqual({
    name: 'a',
    normal:
      '"name":"a","schedule":"@every 1h","metadata":{"a":"\\u003cé\\u003e","next":"","status":"x"},' +
      '"retries":2,"processors":{"log":{"forward":"true"}},"executor":"http",' +
      '"executor_config":{"body":"{\\"a\\":\\"\\\\n\\"}"}',
  });
});

test('with its parser and without, a line gives the same', () => {
  let read = 0;
  fc.assert(
    fc.property(job, (of) => {
      const text = line(of);
      const quick = fast(text);
      if (quick === null) return;
      read++;
      expect(quick).toEqual(slow(text));
    }),
    { numRuns: 1_000 },
  );
  expect(read).toBeGreaterThan(300);
});

test('a line that was changed anywhere is read alike, or left to the parser', () => {
  const good = line(plainJob);
  fc.assert(
    fc.property(
      fc.nat(good.length - 1),
      fc.nat(2),
      fc.string({ unit: 'binary' }),
      (at, cut, put) => {
        const text = good.slice(0, at) + put + good.slice(at + cut);
        const quick = fast(text);
        if (quick !== null) expect(quick).toEqual(slow(text));
      },
    ),
    { numRuns: 5_000 },
  );
});

test('two jobs have the same text when they are defined alike, and only then', () => {
  const defined = (of: Job): Job => {
    const made = definedJob(parseJson(JSON.stringify(of)));
    if (!('job' in made)) throw new Error('no job');
    return made.job;
  };
  /** One that differs in one field, if at all. */
  const pair = fc
    .tuple(job, job, fc.constantFrom(...names))
    .map(([one, other, name]) => [one, { ...one, [name]: other[name] }] as const);
  fc.assert(
    fc.property(pair, ([one, other]) => {
      const [a, b] = [defined(one), defined(other)];
      expect(normalText(a) === normalText(b)).toBe(sameDefinition(a, b));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['counters', { success_count: 9, error_count: 1, last_success: '2026-01-01T00:00:00Z' }, true],
  [
    'next, status, children',
    { next: '2030-01-01T00:00:00Z', status: 'failed', dependent_jobs: null },
    true,
  ],
  [
    'a key named like a field of the server',
    { metadata: { ...plainJob.metadata, status: 'y' } },
    false,
  ],
  ['an empty text in a map', { tags: { status: '' } }, false],
  ['a field of a newer Dkron', { newer: 0 }, false],
  ['the policy that is meant without one', { concurrency: '' }, true],
  ['a time in another zone', { starts_at: '2026-11-23T08:00:00+01:00' }, false],
])('%s: the same definition is %s', (_what, change, same) => {
  expect(normalText({ ...plainJob, ...change }) === normalText(plainJob)).toBe(same);
});
