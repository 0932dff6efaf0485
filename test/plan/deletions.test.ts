import { expect, test } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { planRestore } from '../../src/plan/compare.ts';
import { planDeletions, runsLost, withDeletions } from '../../src/plan/deletions.ts';
import { aJob } from '../support/jobs.ts';

const job = (name: string, parent_job = ''): Job => aJob({ name, parent_job });

const summary = (names: string[], live: Job[], wanted: Job[] = []): string[] =>
  withDeletions(planRestore(wanted, live), names, live).items.map(
    ({ name, kind, why }) => `${name}: ${kind}${why === '' ? '' : `: ${why}`}`,
  );

test('children go before their parents, and what is left alone comes last', () => {
  const live = [job('other'), job('root'), job('child', 'root'), job('leaf', 'child')];
  expect(summary(['root', 'leaf', 'child'], live)).toEqual([
    'leaf: delete: its runs are lost',
    'child: delete: its runs are lost',
    'root: delete: its runs are lost',
    'other: only-here: stays as it is',
  ]);
});

test('a job that keeps a child stays, and so do those above it', () => {
  const live = [job('root'), job('mid', 'root'), job('leaf', 'mid')];
  expect(summary(['root', 'mid'], live)).toEqual([
    'mid: blocked: it has children: leaf',
    'root: blocked: a job below it stays',
    'leaf: only-here: stays as it is',
  ]);
});

test('a child that the plan gives another parent keeps nobody', () => {
  const live = [job('old'), job('new'), job('child', 'old')];
  expect(summary(['old'], live, [job('child', 'new')])).toEqual([
    'child: change: parent_job old → new',
    'old: delete: its runs are lost',
    'new: only-here: stays as it is',
  ]);
});

test('a job that the plan makes a child keeps its new parent', () => {
  const live = [job('parent'), job('child')];
  expect(summary(['parent'], live, [job('child', 'parent')])).toContain(
    'parent: blocked: it has children: child',
  );
});

test('Dkron also erases the runs of jobs whose names begin the same', () => {
  const live = ['backup', 'backup-db', 'backup2', 'back', 'a-backup'].map((name) => job(name));
  expect(summary(['backup', 'backup2'], live).slice(0, 2)).toEqual([
    'backup2: delete: its runs are lost',
    'backup: delete: its runs are lost, and so are those of backup-db, whose names begin the same',
  ]);
});

test('a circle of parents cannot be deleted', () => {
  const live = [job('a', 'b'), job('b', 'a')];
  const circle = 'blocked: its parents form a circle: give one of them another parent first';
  expect(summary(['a', 'b'], live).slice(0, 2)).toEqual([`a: ${circle}`, `b: ${circle}`]);
});

test('names that the server does not have are no part of the plan', () => {
  expect(summary(['nobody'], [])).toEqual([]);
});

test('the runs that are lost are those of all names that begin so', () => {
  const others = ['a', 'ab', 'abc', 'b', 'c'].map((name) => job(name));
  expect(runsLost(['a'], others)).toMatch(/^its runs are lost, .* of ab, abc,/);
  expect(runsLost(['b'], others)).toBe('its runs are lost');
  expect(runsLost(['a', 'c'], others)).toMatch(/^their runs are lost, .* of ab, abc,/);
  expect(runsLost(['a', 'ab', 'abc'], others)).toBe('their runs are lost');
});

test('a plan of deletions alone leaves out what stays', () => {
  const unreadable = [{ name: 'odd', why: 'why' }];
  const plan = planDeletions(['a'], { jobs: [job('a'), job('b')], unreadable });
  expect(plan.items.map(({ name, kind }) => [name, kind])).toEqual([['a', 'delete']]);
  expect([plan.listed, plan.unreadable]).toEqual([2, unreadable]);
});
