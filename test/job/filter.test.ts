import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJob } from '../../src/dkron/list.ts';
import { filterKeys, jobFilter, parseFilter } from '../../src/job/filter.ts';
import { filterProblem, type Language } from '../../src/job/filter-language.ts';
import type { Job } from '../../src/job/job.ts';
import { idle, standingOf, standingsOf } from '../../src/job/status.ts';
import { aJob } from '../support/jobs.ts';

const ok = { status: 'success', last_success: '2026-11-21T14:00:00Z' };
const jobs: readonly Partial<Job>[] = [
  {
    name: 'keolis-zones',
    displayname: 'Zones of Keolis',
    owner: 'Mobility Team',
    owner_email: 'mob@example.org',
    executor: 'http',
    executor_config: {
      method: 'POST',
      url: 'http://cache:8086/v1?partnerId=71ec',
      body: '{"A":1}',
    },
    tags: { role: 'web', Zone: 'eu=1' },
    metadata: { partner: 'Keolis' },
    ...ok,
  },
  { name: 'keolis-index', parent_job: 'keolis-zones', executor: 'http', status: 'failed' },
  {
    name: 'nightly',
    schedule: '0 30 2 * * *',
    timezone: 'Europe/Paris',
    status: 'partially_failed',
  },
  { name: 'switched-off', disabled: true, ...ok },
  { name: 'now', ...ok },
  { name: 'fresh' },
];
const standings = standingsOf(['now']);
const shown = (filter: string): string[] => {
  const holds = parseFilter(filter);
  return jobs
    .map((fields) => aJob({ schedule: '@every 1h', ...fields }))
    .filter((job) => holds(job, standingOf(standings, job.name)))
    .map(({ name }) => name);
};
const all = shown('');

it.each<[string, string[]]>([
  ['keolis', ['keolis-zones', 'keolis-index']],
  ['KEOLIS', ['keolis-zones', 'keolis-index']],
  ['zones of', ['keolis-zones']],
  ['"zones of"', ['keolis-zones']],
  ['"of zones"', []],
  ['keolis !index', ['keolis-zones']],
  ['status:success', ['keolis-zones']],
  ['status:ok', ['keolis-zones']],
  ['status:failed', ['keolis-index', 'nightly']],
  ['status:partial', ['nightly']],
  ['status:partially_failed', ['nightly']],
  ['status:running', ['now']],
  ['status:disabled', ['switched-off']],
  ['status:never', ['fresh']],
  ['status:failed !status:partial', ['keolis-index']],
  ['!status:success', ['keolis-index', 'nightly', 'switched-off', 'now', 'fresh']],
  ['!status:failed !keolis', ['switched-off', 'now', 'fresh']],
  ['disabled:true', ['switched-off']],
  ['disabled:false !keolis', ['nightly', 'now', 'fresh']],
  ['executor:HTTP', ['keolis-zones', 'keolis-index']],
  ['executor:ttp', []],
  ['owner:mobility', ['keolis-zones']],
  ['owner:"mobility team"', ['keolis-zones']],
  ['"owner:mobility team"', ['keolis-zones']],
  ['owner:example.org', ['keolis-zones']],
  ['schedule:"30 2"', ['nightly']],
  ['schedule:@every', ['keolis-zones', 'keolis-index', 'switched-off', 'now', 'fresh']],
  ['zone:paris', ['nightly']],
  ['parent:keolis-zones', ['keolis-index']],
  ['parent:zones', []],
  ['tag:role=web', ['keolis-zones']],
  ['tag:role', ['keolis-zones']],
  ['tag:zone=eu=1', ['keolis-zones']],
  ['tag:role=eb', []],
  ['tag:rol=web', []],
  ['meta:partner=keolis', ['keolis-zones']],
  ['meta:partner', ['keolis-zones']],
  ['body:partnerid=71ec', ['keolis-zones']],
  ["body:'a\":1'", []],
  ['http://cache', []],
  ['constructor:x', []],
  ['executor:http status:failed', ['keolis-index']],
  ['schedule:@every !executor:shell', ['keolis-zones', 'keolis-index']],
])('%s', (filter, expected) => {
  expect(shown(filter)).toEqual(expected);
});

describe('while a filter is typed', () => {
  const keys = Object.keys(filterKeys);

  it.each([
    '',
    ' ',
    '!',
    '"',
    '""',
    '!"',
    ...keys.flatMap((key) => [`${key}:`, `!${key}:`, `${key}:"`]),
  ])('%j hides nothing yet', (unfinished) => {
    expect(shown(unfinished)).toEqual(all);
    expect(shown(`keolis ${unfinished}`)).toEqual(shown('keolis'));
  });

  it.each([
    ['keolis-zones', 'status:success'],
    ['keolis-zones', 'disabled:false'],
    ['keolis-zones', 'executor:http'],
    ['keolis-zones', 'owner:mobility'],
    ['keolis-zones', 'schedule:@every'],
    ['nightly', 'zone:europe/paris'],
    ['nightly', 'status:failed'],
    ['nightly', 'status:partial'],
    ['keolis-index', 'parent:keolis-zones'],
    ['keolis-zones', 'tag:role=web'],
    ['keolis-zones', 'meta:partner=keolis'],
    ['keolis-zones', 'body:partnerid'],
  ])('%s is there from the first letter of the value of %s to its last', (name, filter) => {
    for (let length = filter.indexOf(':') + 1; length <= filter.length; length++)
      expect(shown(filter.slice(0, length)), filter.slice(0, length)).toContain(name);
  });

  it('the key itself is a word of the name until its colon', () => {
    expect(shown('now')).toEqual(['now']);
    expect(shown('status')).toEqual([]);
  });
});

describe('the language', () => {
  const word = fc.oneof(
    fc.string({ minLength: 1, unit: fc.constantFrom('a', 'e', 'i', 'k', 'l', 'o', '-', 'Z') }),
    fc
      .tuple(
        fc.constantFrom(...Object.keys(filterKeys)),
        fc.constantFrom('http', 'true', 'x', 'we'),
      )
      .map(([key, value]) => `${key}:${value}`),
  );

  it('inverts with !: every job stands on one side', () => {
    fc.assert(
      fc.property(word, (text) => {
        expect([...shown(text), ...shown(`!${text}`)].sort()).toEqual([...all].sort());
      }),
    );
  });

  it('joins words with and, in any order', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const both = shown(one).filter((name) => shown(other).includes(name));
        expect(shown(`${one} ${other}`)).toEqual(both);
        expect(shown(`${other}  ${one} `)).toEqual(both);
      }),
    );
  });

  it('takes any text and a job that lacks everything', () => {
    const bare = parseJob('', '{"name":"bare"}').job;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof parseFilter(text)(bare, idle)).toBe('boolean');
      }),
    );
    for (const key of Object.keys(filterKeys))
      expect(parseFilter(`${key}:x`)(bare, idle)).toBe(false);
  });
});

it('finds who is late, or may be', () => {
  const job = aJob();
  const shown = (filter: string) =>
    (['late', 'overdue', 'missed', null] as const).filter((trouble) =>
      parseFilter(filter)(job, { running: false, trouble }),
    );
  expect(shown('status:late')).toEqual(['late', 'overdue']);
  expect(shown('status:overdue')).toEqual(['overdue']);
  expect(shown('status:missed')).toEqual(['missed']);
  expect(shown('status:never')).toEqual([null]);
});

describe('what is wrong with a filter', () => {
  const problem = (text: string, finished = false) => filterProblem(text, jobFilter, finished);
  const all = 'status: disabled: executor: owner: schedule: zone: parent: tag: meta: body:';

  it.each([
    ['stauts:failed', `stauts: is not a filter. Did you mean status: ? Filters are ${all}`],
    ['keolis !exec:http', `exec: is not a filter. Filters are ${all}`],
    ['foo:bar', `foo: is not a filter. Filters are ${all}`],
    ['http://cache', `http: is not a filter. Filters are ${all}`],
    ['constructor:x', `constructor: is not a filter. Filters are ${all}`],
    ['__proto__:x', `__proto__: is not a filter. Filters are ${all}`],
    [
      'Status:foo',
      'status: takes one of success, ok, failed, partially_failed, running, disabled, never, stuck, nowhere, late, overdue, missed, slow, overrun, long, not foo',
    ],
    ['disabled:yes', 'disabled: takes one of true, false, not yes'],
    [
      'status=failed',
      'status=failed is not a filter: a colon follows its key, for example status:failed',
    ],
  ])('%s', (text, sentence) => {
    expect(problem(text)).toContain(sentence);
    expect(problem(text, true)).toContain(sentence);
    expect(shown(text.startsWith('keolis') ? text : `a ${text}`)).toEqual([]);
  });

  it.each([
    '',
    'keolis',
    '"foo:bar"',
    '"http://cache"',
    'body:http://cache',
    'status:f',
    'tag:a=b',
  ])('nothing with %s', (text) => {
    expect(problem(text, true)).toBeNull();
  });

  it.each([
    ['status:', 'status: needs a value'],
    ['!tag:', 'tag: needs a value'],
    ['!', 'a word must follow !'],
  ])('%s is wrong once nobody types on', (text, sentence) => {
    expect(problem(text)).toBeNull();
    expect(problem(text, true)).toBe(sentence);
  });

  it.each([
    ['onwer', 'owner'],
    ['shedule', 'schedule'],
    ['tags', 'tag'],
    ['timezone', undefined],
  ])('%s: is taken for %s', (typed, meant) => {
    const hint = /Did you mean (\w+): \?/.exec(problem(`${typed}:x`) ?? '')?.[1];
    expect(hint).toBe(meant);
  });
});

describe('the key that was meant', () => {
  const language = (...keys: string[]): Language<string> => ({
    keys: Object.fromEntries(keys.map((key) => [key, { help: '', test: () => () => true }])),
    word: () => true,
  });
  const meant = (typed: string, ...keys: string[]) =>
    /Did you mean (\S+):/.exec(filterProblem(`${typed}:x`, language(...keys)) ?? '')?.[1];

  /** The least number of slips from one word to another, by trying all of them. */
  const slips = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length;
    const swapped = a.length > 1 && a[0] === b[1] && a[1] === b[0];
    return Math.min(
      slips(a.slice(1), b) + 1,
      slips(a, b.slice(1)) + 1,
      slips(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1),
      swapped ? slips(a.slice(2), b.slice(2)) + 1 : Number.POSITIVE_INFINITY,
    );
  };

  it('is the one with the fewest slips, when these are few', () => {
    const word = (max: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: max });
    fc.assert(
      fc.property(
        word(6),
        fc.uniqueArray(word(6), { minLength: 1, maxLength: 3 }),
        (typed, keys) => {
          fc.pre(!keys.includes(typed));
          const [best] = keys
            .map((key) => ({ key, count: slips(typed, key) }))
            .sort((a, b) => a.count - b.count);
          const few = best!.count <= Math.max(1, Math.floor(best!.key.length / 3));
          expect(meant(typed, ...keys)).toBe(few ? best!.key : undefined);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('may have a slip in every three letters', () => {
    expect(meant('xbxdxfghi', 'abcdefghi')).toBe('abcdefghi');
    expect(meant('xbxdxfxhi', 'abcdefghi')).toBeUndefined();
  });
});

describe('what is typed', () => {
  const problem = (text: string, finished = false) => filterProblem(text, jobFilter, finished);

  it.each<[text: string, typing: boolean, finished: boolean]>([
    ['!', true, false],
    ['""', true, true],
    ['status:', true, false],
    ['!status:', true, false],
    ['status:f', true, true],
    ['owner:x', true, true],
    ['owner=x', false, false],
    ['name=x', true, true],
    ['"http://x"', true, true],
    ['"status:foo"', false, false],
    [':x', true, true],
    ['a b owner: c', true, false],
  ])('%s is good on its way: %s, and in the end: %s', (text, typing, finished) => {
    expect([problem(text) === null, problem(text, true) === null]).toEqual([typing, finished]);
  });
});
