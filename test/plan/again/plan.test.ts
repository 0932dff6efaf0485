import { expect, it } from 'vitest';
import { restOf, toAsk } from '../../../src/plan/again/choose.ts';
import { planAgain } from '../../../src/plan/again/plan.ts';
import { stateOf } from '../../../src/plan/again/state.ts';
import { aJob } from '../../support/jobs.ts';

type Fields = Parameters<typeof aJob>[0];

const job = (name: string, more: Partial<Fields> = {}) =>
  aJob({ name, schedule: '@daily', ...more });

const mapOf = (jobs: readonly ReturnType<typeof job>[]) =>
  new Map(jobs.map((each) => [each.name, each]));

function planned(jobs: readonly ReturnType<typeof job>[], names: string, busy: string[] = []) {
  const byName = mapOf(jobs);
  const chosen = names.split(' ').map((name) => byName.get(name)!);
  const nodes = [{ server: 'true', web: '1' }];
  return planAgain(chosen, { jobs: byName, busy: new Set(busy), nodes, now: Date.now() }).map(
    ({ name, how, after }) => [name, how, after].join(' ').trim(),
  );
}

const family = [
  job('root', { dependent_jobs: ['a', 'b'] }),
  job('a', { parent_job: 'root', dependent_jobs: ['c'] }),
  job('b', { parent_job: 'root', disabled: true }),
  job('c', { parent_job: 'a' }),
];

it.each([
  ['c a root', ['root ask', 'a with root', 'c with root']],
  ['c root', ['c with root', 'root ask']],
  ['c a', ['a ask', 'c with a']],
  ['b root', ['root ask', 'b held']],
])('of a family %s are asked for so', (names, wanted) => {
  expect(planned(family, names)).toEqual(wanted);
});

it('a child that its parent does not start waits for its good end', () => {
  const jobs = [
    job('root', { dependent_jobs: ['gone', 'a'] }),
    job('a', { parent_job: 'root' }),
    job('b', { parent_job: 'root' }),
  ];
  expect(planned(jobs, 'b a root')).toEqual(['root ask', 'b ask root', 'a ask root']);
});

it('who starts a job that is no child of it is the one that is asked for', () => {
  const jobs = [job('x', { dependent_jobs: ['y'] }), job('y')];
  expect(planned(jobs, 'y x')).toEqual(['y with x', 'x ask']);
});

it('no two wait for each other, however they list each other', () => {
  const jobs = [
    job('b', { parent_job: 'a', dependent_jobs: ['x'] }),
    job('x', { dependent_jobs: ['a'] }),
    job('a'),
  ];
  expect(planned(jobs, 'a b x')).toEqual(['a with b', 'b ask', 'x with b']);
});

it('circles, what runs with forbid, and what no node takes are left out', () => {
  const jobs = [
    job('a', { parent_job: 'b', dependent_jobs: ['b'] }),
    job('b', { parent_job: 'a', dependent_jobs: ['a'] }),
    job('above', { dependent_jobs: ['a'] }),
    job('busy', { concurrency: 'forbid' }),
    job('twice', { concurrency: 'allow' }),
    job('nowhere', { tags: { gpu: '1' } }),
    job('web', { tags: { web: '1' } }),
  ];
  const names = 'a b above busy twice nowhere web';
  expect(planned(jobs, names, ['busy', 'twice'])).toEqual([
    'twice ask',
    'web ask',
    'above held',
    'busy held',
    'nowhere held',
    'a held',
    'b held',
  ]);
});

it('what was begun stays as it was, and the rest is planned by what is so now', () => {
  const items = [
    { name: 'root', how: 'ask', after: '', why: '' },
    { name: 'a', how: 'with', after: 'root', why: '' },
    { name: 'off', how: 'ask', after: '', why: '' },
    { name: 'gone', how: 'ask', after: '', why: '' },
    { name: 'done', how: 'ask', after: '', why: '' },
    { name: 'next', how: 'ask', after: 'root', why: '' },
  ] as const;
  const begun = {
    items,
    asked: new Map([['root', { root: [], a: [] }]]),
    ended: new Map([['done', stateOf('done', 'succeeded')]]),
  } as const;
  const jobs = mapOf([
    job('root'),
    job('a'),
    job('off', { disabled: true }),
    job('done'),
    job('next'),
  ]);
  const rest = restOf(begun, jobs, { busy: new Set(), nodes: undefined, now: 0 });
  expect(rest.map(({ name, how, after }) => [name, how, after])).toEqual([
    ['root', 'ask', ''],
    ['a', 'with', 'root'],
    ['done', 'ask', ''],
    ['next', 'ask', 'root'],
    ['off', 'held', ''],
    ['gone', 'held', ''],
  ]);
  expect(toAsk(rest, begun)).toBe(1);
});
