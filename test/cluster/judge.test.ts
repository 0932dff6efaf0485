import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type Fingerprint,
  type JobMark,
  remember,
  type ServerNode,
  type Sighting,
} from '../../src/cluster/fingerprint.ts';
import { judge, type Verdict } from '../../src/cluster/judge.ts';

const now = Date.parse('2026-11-26T17:00:00Z');
const minute = 60_000;
const never: JobMark = { success_count: 0, error_count: 0, last_success: null, last_error: null };

/** Ran so often, last so many minutes before `now` and 123456789 nanoseconds after the second. */
const ran = (success_count: number, minutesAgo: number): JobMark => ({
  ...never,
  success_count,
  last_success: new Date(now - minutesAgo * minute).toISOString().replace('.000', '.123456789'),
});

const node = (name: string, address: string, version = '4.1.2'): ServerNode => ({
  name,
  address: `${address}:8946`,
  version,
});

/** Three named servers; eight jobs, of which two never ran. */
const jobs: Readonly<Record<string, JobMark>> = {
  stations: ran(5_000, 5),
  zones: ran(4_000, 6),
  fares: ran(800, 61),
  stops: ran(300, 90),
  nightly: ran(40, 14 * 60),
  weekly: ran(6, 3 * 24 * 60),
  manual: never,
  old: never,
};
const named = [node('f1', '10.0.0.1'), node('f2', '10.0.0.2'), node('f3', '10.0.0.3')];
const pod = [node('dkron-0', '10.244.0.5')];

const sighting = (fields: Partial<Sighting> & { marks?: Record<string, JobMark> }): Sighting => {
  const { marks = jobs, ...rest } = fields;
  return {
    at: now,
    region: 'global',
    datacenter: 'dc1',
    nodes: named,
    leader: true,
    jobs: new Map(Object.entries(marks)),
    whole: true,
    ...rest,
  };
};
const knownOf = (fields: Parameters<typeof sighting>[0] = {}): Fingerprint =>
  remember(sighting({ at: now - 2 * minute, ...fields }));

const with_ = (changes: Record<string, JobMark>) => ({ ...jobs, ...changes });
const only = (...names: string[]) =>
  Object.fromEntries(Object.entries(jobs).filter(([name]) => names.includes(name)));
const each = (change: (mark: JobMark, name: string) => JobMark) =>
  Object.fromEntries(Object.entries(jobs).map(([name, mark]) => [name, change(mark, name)]));
const lower = each((mark) =>
  mark === never
    ? never
    : { ...mark, success_count: mark.success_count - 3, last_success: '2026-11-01T00:00:00.5Z' },
);
/** All ran a minute ago, once more. */
const risen = each((mark) => (mark === never ? never : ran(mark.success_count + 1, 1)));
/** As another cluster that has the same jobs has them. */
const strange = each((mark) => (mark === never ? ran(3, 2) : ran(mark.success_count + 2_000, 4)));
const silent = each(() => never);

const movedPod = [node('dkron-0', '10.8.0.5')];
/** The one execution of each that the server has. */
const pastOf = (ends: Record<string, string>) =>
  new Map(Object.entries(ends).map(([name, end]) => [name, [end]]));

const cases: readonly [
  what: string,
  known: Parameters<typeof sighting>[0],
  seen: Parameters<typeof sighting>[0],
  verdict: Verdict,
  why?: string,
][] = [
  [
    'nothing has changed',
    {},
    {},
    'same',
    'f1, f2, f3 is there at the same address, and 6 jobs ran last at exactly the same moment as before',
  ],
  ['a pod with a new address', { nodes: pod }, { nodes: [node('dkron-0', '10.244.0.9')] }, 'same'],
  [
    'a pod with a new address, and one job ran',
    { nodes: pod },
    { nodes: [node('dkron-0', '10.244.0.9')], marks: with_({ stations: ran(5_001, 1) }) },
    'same',
  ],
  [
    'a rolling upgrade',
    {},
    { nodes: [node('f1', '10.0.0.1', '4.2.0'), ...named.slice(1)] },
    'same',
  ],
  [
    'a rolling upgrade of pods',
    { nodes: [node('dkron-0', '10.1.0.1'), node('dkron-1', '10.1.0.2')] },
    { nodes: [node('dkron-0', '10.1.0.1'), node('dkron-1', '10.1.0.7', '4.2.0')] },
    'same',
  ],
  ['a member more', {}, { nodes: [...named, node('f4', '10.0.0.4')] }, 'same'],
  ['a member less', {}, { nodes: named.slice(1) }, 'same'],
  [
    'all servers moved',
    {},
    { nodes: named.map(({ name }, at) => node(name, `10.9.0.${at}`)) },
    'same',
  ],
  ['all jobs ran once more', {}, { marks: risen }, 'same'],
  [
    'all jobs ran once more, servers moved',
    {},
    { marks: risen, nodes: named.map(({ name }, at) => node(name, `10.9.0.${at}`)) },
    'same',
  ],
  [
    'a day has passed',
    {
      at: now - 24 * 60 * minute,
      marks: each((mark) => (mark === never ? never : ran(mark.success_count - 1, 26 * 60))),
    },
    {},
    'same',
  ],
  [
    'a pod with a new address, all jobs ran more often, and one has the run that is known',
    { nodes: pod },
    { nodes: movedPod, marks: risen, past: pastOf({ zones: jobs['zones']!.last_success! }) },
    'same',
  ],
  ['a follower that lags', { marks: with_({ stations: ran(5_001, 1) }) }, { marks: jobs }, 'same'],
  ['one job was cleared', {}, { marks: with_({ stations: never }) }, 'same'],
  [
    'some jobs were deleted',
    {},
    { marks: only('zones', 'fares', 'stops', 'weekly', 'manual') },
    'same',
  ],
  [
    'many new jobs',
    {},
    {
      marks: {
        ...jobs,
        ...Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`new${at}`, never])),
      },
    },
    'same',
  ],
  [
    'new servers that nothing is known of its jobs',
    { marks: silent },
    { marks: silent },
    'same',
    'f1, f2, f3 is there at the same address',
  ],
  ['its only job was not run yet', { marks: { a: never } }, { marks: { a: ran(1, 1) } }, 'same'],
  [
    'jobs that only run more often',
    { marks: only('stations') },
    { marks: { stations: ran(5_002, 1) } },
    'same',
  ],
  ['the dead leader is a member still', {}, { nodes: [named[2]!, named[0]!, named[1]!] }, 'same'],

  [
    'two jobs without the run that is known',
    { nodes: pod },
    {
      nodes: movedPod,
      marks: risen,
      past: pastOf({ zones: '2026-11-26T16:00:00Z', fares: '2026-11-26T16:00:00Z' }),
    },
    'other',
    'of 2 jobs it does not have the run that is known',
  ],
  [
    'other members',
    {},
    { nodes: [node('demo-a', '127.0.0.1')], marks: { other: never } },
    'other',
    'the servers have other names: demo-a instead of f1, f2, f3, and it has none of the 8 jobs known',
  ],
  [
    'other members with the same jobs, never run',
    { marks: silent },
    { nodes: [node('g1', '10.0.1.1')], marks: silent },
    'other',
    'the servers have other names: g1 instead of f1, f2, f3',
  ],
  [
    'other members with the same jobs',
    {},
    { nodes: [node('g1', '10.0.1.1')], marks: strange },
    'other',
  ],
  [
    'the same names with other jobs',
    { nodes: pod },
    { nodes: [node('dkron-0', '10.8.0.5')], marks: { alpha: ran(4, 9), beta: never } },
    'other',
    'it has none of the 8 jobs known',
  ],
  [
    'the same name and address with other jobs',
    { nodes: pod },
    { nodes: pod, marks: { alpha: ran(4, 9), beta: never } },
    'other',
  ],
  [
    'lower counters',
    { nodes: pod },
    { nodes: pod, marks: lower },
    'other',
    '6 of 6 jobs ran less often than before, or more often than the time allows',
  ],
  [
    'far higher counters, another address',
    { nodes: pod },
    { nodes: [node('dkron-0', '10.8.0.5')], marks: strange },
    'other',
  ],
  [
    'a copy whose jobs were restored, counters zero',
    { nodes: pod },
    { nodes: [node('dkron-0', '10.8.0.5')], marks: silent },
    'other',
  ],
  [
    'another region',
    {},
    { region: 'eu', marks: silent },
    'other',
    'its region is eu instead of global',
  ],
  [
    'another datacenter',
    { marks: silent },
    { datacenter: 'dc2', marks: silent },
    'other',
    'its datacenter is dc2 instead of dc1',
  ],
  [
    'one usual name, no address, its only job gone',
    { nodes: pod, marks: { a: never } },
    { nodes: [node('dkron-0', '10.8.0.5')], marks: { b: never } },
    'unsure',
  ],

  [
    'one job without the run that is known',
    { nodes: pod },
    { nodes: movedPod, marks: risen, past: pastOf({ zones: '2026-11-26T16:00:00Z' }) },
    'unsure',
  ],
  [
    'far higher counters at the same address',
    { nodes: pod },
    { nodes: pod, marks: strange },
    'unsure',
  ],
  [
    'a copy of the disk under other names',
    {},
    { nodes: [node('g1', '10.0.1.1')] },
    'unsure',
    'the servers have other names: g1 instead of f1, f2, f3, but 6 jobs ran last at exactly the same moment as before',
  ],
  [
    'a copy of the disk that stayed behind',
    {},
    { marks: { ...lower, weekly: jobs['weekly']! } },
    'unsure',
  ],
  ['the same runs in another region', {}, { region: 'eu' }, 'unsure'],
  [
    'only the names, no run',
    { marks: silent },
    { marks: silent, nodes: named.map(({ name }, at) => node(name, `10.9.0.${at}`)) },
    'unsure',
  ],
  [
    'only a usual name, no run',
    { nodes: pod, marks: silent },
    { nodes: [node('dkron-0', '10.8.0.5')], marks: silent },
    'unsure',
    'only the usual name dkron-0 is the same, but none of its known jobs ever ran',
  ],
  [
    'only a usual name, all ran more often',
    { nodes: pod },
    { nodes: [node('dkron-0', '10.8.0.5')], marks: risen },
    'unsure',
  ],
  [
    'all jobs gone',
    { nodes: pod },
    { nodes: [node('dkron-0', '10.8.0.5')], marks: {} },
    'unsure',
    'only the usual name dkron-0 is the same, but it has none of the 8 jobs known',
  ],
  ['no leader yet after a restart, and no jobs', {}, { leader: false, marks: {} }, 'unsure'],
  [
    'no leader, and old jobs',
    {},
    { leader: false, marks: lower },
    'unsure',
    'f1, f2, f3 is there at the same address, but it has no leader now, so its jobs may be old: 6 of 6 jobs ran less often than before, or more often than the time allows',
  ],
  ['its only job is gone', { marks: { a: never } }, { marks: { b: never } }, 'same'],
  [
    'its two jobs that ran were cleared',
    { marks: only('stations', 'zones') },
    { marks: { stations: never, zones: never } },
    'unsure',
  ],
];

describe.each(['same', 'other', 'unsure'])('%s', (expected) => {
  it.each(cases.filter(([, , , verdict]) => verdict === expected))(
    '%s',
    (_, known, seen, verdict, why) => {
      const judged = judge(knownOf(known), sighting(seen));
      expect(judged).toMatchObject(why === undefined ? { verdict } : { verdict, why });
    },
  );
});

const marks = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 4 }),
  fc
    .record({ count: fc.nat(50), ago: fc.integer({ min: 1, max: 1e4 }) })
    .map(({ count, ago }) => (count === 0 ? never : ran(count, ago))),
  { maxKeys: 30 },
);
const nodes = fc
  .uniqueArray(fc.constantFrom('dkron-0', 'dkron-1', 'f1', 'f2', 'g1'), { minLength: 1 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.constantFrom('10.0.0.1', '10.0.0.2').map((address) => node(name, address)),
      ),
    ),
  );

test('what is seen twice is never another cluster', () => {
  fc.assert(
    fc.property(marks, nodes, fc.boolean(), (some, servers, leader) => {
      const seen = sighting({ marks: some, nodes: servers, leader });
      expect(judge(remember(seen), seen).verdict).toBe('same');
    }),
  );
});

test('time that passes makes no cluster another one', () => {
  const runs = fc.array(fc.record({ more: fc.nat(60), after: fc.nat(1e3) }), {
    minLength: 30,
    maxLength: 30,
  });
  fc.assert(
    fc.property(marks, nodes, runs, fc.boolean(), (some, servers, later, moving) => {
      const passed = Object.entries(some).map(([name, mark], at): [string, JobMark] => {
        const { more, after } = later[at]!;
        if (more === 0) return [name, mark];
        const last = new Date(now + (more * 60 + after) * 1000).toISOString();
        return [name, { ...mark, success_count: mark.success_count + more, last_success: last }];
      });
      const nodes = moving ? servers.map(({ name }) => node(name, '10.7.7.7')) : servers;
      const seen = sighting({ at: now + 1e8, marks: Object.fromEntries(passed), nodes });
      expect(judge(knownOf({ at: now, marks: some, nodes: servers }), seen).verdict).not.toBe(
        'other',
      );
    }),
  );
});

test('where jobs say nothing, neither of two clusters is the first', () => {
  fc.assert(
    fc.property(nodes, nodes, (one, two) => {
      const way = (from: readonly ServerNode[], to: readonly ServerNode[]) =>
        judge(knownOf({ nodes: from, marks: silent }), sighting({ nodes: to, marks: silent }))
          .verdict;
      expect(way(one, two)).toBe(way(two, one));
    }),
  );
});

test('a few jobs asked one by one tell as the whole list does', () => {
  for (const [what, known, seen, verdict] of cases) {
    if (verdict !== 'other') continue;
    const before = knownOf(known);
    const { jobs: all, ...rest } = sighting(seen);
    const asked = before.sample.map(({ name }) => [name, all.get(name) ?? null] as const);
    expect([what, judge(before, { ...rest, jobs: new Map(asked), whole: false }).verdict]).toEqual([
      what,
      verdict,
    ]);
  }
});
