import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  layOutAhead,
  type Visible,
  visibleOf,
} from '../../../../src/console/screens/jobs/visible.ts';
import type { State } from '../../../../src/console/state/model.ts';
import type { Job } from '../../../../src/job/job.ts';
import type { ColumnId, Sort } from '../../../../src/view/job-columns.ts';
import { anExecution } from '../../../support/jobs.ts';
import { refreshed, showing, started, told } from '../../states.ts';

const shown = (state: State, sort?: Sort, filter = ''): Visible => {
  const [screen] = state.screens;
  return visibleOf(state, { ...screen, filter, sort: sort ?? screen.sort });
};
const order = (jobs: readonly Partial<Job>[], sort?: Sort, filter = ''): readonly string[] => [
  ...shown(showing(jobs), sort, filter).keys,
];
const named = (...names: readonly string[]): Partial<Job>[] => names.map((name) => ({ name }));
const child = (name: string, parent: string): Partial<Job> => ({ name, parent_job: parent });

describe('families', () => {
  const tree = (jobs: readonly Partial<Job>[]): string[] => {
    const { keys, depth } = shown(showing(jobs));
    return Array.from(keys, (name) => '-'.repeat(depth.get(name) ?? 0) + name);
  };

  it('stand below their parents, by name', () => {
    const jobs = [
      child('a', 'root'),
      ...named('zoo', 'root', 'best'),
      child('c', 'a'),
      child('b', 'root'),
    ];
    expect(tree(jobs)).toEqual(['best', 'root', '-a', '--c', '-b', 'zoo']);
  });

  it('without their parent stand where their name puts them', () => {
    expect(tree([child('b', 'gone'), child('c', 'b'), ...named('a', 'd')])).toEqual([
      'a',
      'b',
      '-c',
      'd',
    ]);
  });

  it('in a ring are all there, once, from the first name on', () => {
    const ring = [
      child('b', 'c'),
      child('c', 'a'),
      child('a', 'b'),
      child('tail', 'b'),
      child('me', 'me'),
    ];
    expect(tree([...ring, ...named('x')])).toEqual(['x', 'a', '-c', '--b', '---tail', 'me']);
  });

  it('are flat where the order is another, or only some show', () => {
    const jobs = [child('a', 'root'), ...named('root', 'x')];
    for (const sort of [
      { column: 'name', descending: true },
      { column: 'status', descending: false },
    ] as const)
      expect(shown(showing(jobs), sort).depth.size).toBe(0);
    expect(order(jobs, undefined, 'a')).toEqual(['a']);
    expect(shown(showing(jobs), undefined, 'o').depth.size).toBe(0);
  });

  it('show every job exactly once, whoever is whose parent', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const anyJobs = fc.uniqueArray(
      fc.record({ name, parent_job: fc.oneof(name, fc.constant('')) }),
      {
        selector: (job) => job.name,
      },
    );
    fc.assert(
      fc.property(anyJobs, (jobs) => {
        const { keys, index } = shown(showing(jobs));
        expect([...keys].sort()).toEqual(jobs.map((job) => job.name).sort());
        expect(Array.from(keys, (key) => index.get(key))).toEqual([...jobs.keys()]);
      }),
    );
  });

  it('may be longer than the call stack is deep, and have thousands of children', () => {
    const pad = (at: number): string => String(at).padStart(6, '0');
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      child(pad(at), at === 0 ? '' : pad(at - 1)),
    );
    expect(order(chain)).toEqual(chain.map((job) => job.name));
    const wide = Array.from({ length: 20_000 }, (_, at) => child(pad(at), 'root'));
    expect(order([...wide, ...named('root')])).toEqual(['root', ...wide.map((job) => job.name)]);
  });
});

describe('the order', () => {
  const jobs: readonly Partial<Job>[] = [
    {
      name: 'amber',
      status: 'success',
      last_success: '2026-11-21T14:00:00Z',
      schedule: '0 0 * * * *',
      timezone: 'Europe/Paris',
      owner: 'Web',
      executor: 'shell',
      tags: { role: 'b' },
      error_count: 2,
    },
    {
      name: 'Blue',
      status: 'failed',
      last_error: '2026-11-21T14:20:00Z',
      schedule: '0 */5 * * * *',
      timezone: 'UTC',
      owner: 'api',
      executor: 'http',
      tags: { role: 'a' },
      error_count: 30,
    },
    { name: 'cyan', parent_job: 'gone', schedule: '', executor: 'http' },
    { name: 'dun', disabled: true, schedule: '@daily', owner: 'api', executor: 'GRPC' },
  ];

  it.each<[ColumnId, string[]]>([
    ['name', ['amber', 'Blue', 'cyan', 'dun']],
    ['status', ['Blue', 'cyan', 'amber', 'dun']],
    ['next', ['Blue', 'amber', 'cyan', 'dun']],
    ['last', ['Blue', 'amber', 'cyan', 'dun']],
    ['counts', ['Blue', 'amber', 'cyan', 'dun']],
    ['schedule', ['Blue', 'amber', 'dun', 'cyan']],
    ['executor', ['dun', 'Blue', 'cyan', 'amber']],
    ['zone', ['cyan', 'dun', 'amber', 'Blue']],
    ['owner', ['cyan', 'Blue', 'dun', 'amber']],
    ['tags', ['cyan', 'dun', 'Blue', 'amber']],
  ])('by %s', (column, expected) => {
    expect(order(jobs, { column, descending: false })).toEqual(expected);
  });

  it('puts what runs now behind what failed', () => {
    const state = showing(jobs, [anExecution({ job_name: 'dun' })]);
    const sort = { column: 'status', descending: false } as const;
    expect([...shown(state, sort).keys]).toEqual(['Blue', 'dun', 'cyan', 'amber']);
  });

  it('turned round keeps equal rows by name, whatever order they arrived in', () => {
    const shuffled = fc.shuffledSubarray(named('a', 'b', 'c', 'd', 'e'), { minLength: 5 });
    fc.assert(
      fc.property(shuffled, fc.boolean(), (some, descending) => {
        expect(order(some, { column: 'owner', descending })).toEqual(['a', 'b', 'c', 'd', 'e']);
      }),
    );
  });

  it('by the next run is that of the last refresh: rows do not creep while the clock runs', () => {
    const sort = { column: 'next', descending: false } as const;
    const state = showing([
      { name: 'a', schedule: '0 33 * * * *' },
      { name: 'b', schedule: '0 32 * * * *' },
    ]);
    const before = shown(state, sort);
    const later = told(state, { type: 'clock', now: state.now + 60_000 });
    expect([...before.keys]).toEqual(['b', 'a']);
    expect(shown(later, sort)).toBe(before);
  });
});

describe('what is remembered', () => {
  it('is the very same list after a refresh that brought no news', () => {
    const jobs = named('a', 'b');
    const first = refreshed(jobs);
    const state = told(started(), first);
    const again = told(state, { ...first, now: state.now + 2_000 });
    expect(shown(again)).toBe(shown(state));
  });

  it('is another list after any that did', () => {
    const state = showing(named('a', 'b'));
    const before = shown(state);
    expect([...shown(told(state, refreshed(named('a', 'b', 'c')))).keys]).toEqual(['a', 'b', 'c']);
    expect([...before.keys]).toEqual(['a', 'b']);
  });
});

it('measures names in cells, with what their families are set in by', () => {
  expect(shown(showing(named('abc'))).longestName).toBe(3);
  expect(shown(showing(named('日本'))).longestName).toBe(4);
  expect(shown(showing([...named('abc'), child('abcd', 'abc')])).longestName).toBe(6);
});

describe('a list that is not shown yet', () => {
  const [before, after] = [showing(named('a', 'b')), showing(named('a', 'b', 'c'))];
  const list = after.jobs.byName;

  it('is laid out in steps, and is what is shown of it then', () => {
    const steps = [...layOutAhead(before, list)];
    expect(steps.length).toBeGreaterThan(1);
    const ahead = visibleOf({ ...before, jobs: { ...before.jobs, byName: list } });
    expect([...ahead.keys]).toEqual(['a', 'b', 'c']);
    expect(visibleOf({ ...after, jobs: { ...after.jobs, byName: list } }).keys).toBe(ahead.keys);
  });

  it('takes nothing from what is shown meanwhile, nor does what is laid out of others', () => {
    const visible = visibleOf(before);
    for (const _ of layOutAhead(before, list)) expect(visibleOf(before)).toBe(visible);
    showing(named('x', 'y'));
    expect(visibleOf(before)).toBe(visible);
  });

  it('needs nothing where the names are the same', () => {
    expect([...layOutAhead(before, before.jobs.byName)]).toEqual([]);
  });
});
