import { describe, expect, it } from 'vitest';
import type { Missed } from '../../../src/oversight/missed.ts';
import type { Verdict } from '../../../src/oversight/verdict.ts';
import { iso, ran, seen, start, watching } from './seen.ts';

const cause = { kind: 'unknown' } as const;
const verdict = (
  state: Verdict['state'],
  at = start + 1_000,
): Pick<ReturnType<typeof seen>, 'troubles'> => ({
  troubles: new Map([['a', { state, at, cause }]]),
});
const missed: Missed = {
  job: 'a',
  at: start + 1_000,
  until: start,
  count: 1,
  endedAt: start,
  cause,
};
const at = (next: number) => ({ next: iso(start + next * 60_000) });

const idle = ran(5, 0, 'success', at(1));
const runs = ran(6, 0, 'success', at(2));
const wrong = (state: Verdict['state'], job = idle) => seen([job], verdict(state));
const well = (job = idle) => seen([job]);

describe('a time in which a job does not run', () => {
  it.each([
    ['is told once', [well(), wrong('late'), wrong('late')], [['missed a'], []]],
    ['is told of what goes nowhere', [well(), wrong('nowhere')], [['missed a']]],
    ['is told of what is stuck', [well(), wrong('stuck')], [['stuck a']]],
    ['is not told where nobody knows', [well(), wrong('overdue')], [[]]],
    ['is not told of what is over and known', [well(), wrong('missed')], [[]]],
    [
      'goes on where a program knows less for a while',
      [well(), wrong('late'), well(), wrong('overdue'), wrong('late')],
      [['missed a'], [], [], []],
    ],
    [
      'goes on while its next moves and nothing runs',
      [
        well(),
        wrong('nowhere'),
        well(ran(5, 0, 'success', at(2))),
        wrong('nowhere', ran(5, 0, 'success', at(3))),
      ],
      [['missed a'], [], []],
    ],
    [
      'goes on where a run ends that began before',
      [well(), wrong('late'), wrong('late', ran(6, 0, 'success', at(1)))],
      [['missed a'], []],
    ],
    [
      'is over with the next run',
      [well(), wrong('late'), well(runs), wrong('late', runs)],
      [['missed a'], [], ['missed a']],
    ],
    [
      'is another where it ran between two looks',
      [well(), wrong('late'), wrong('late', runs)],
      [['missed a'], ['missed a']],
    ],
    [
      'is over where the job is disabled',
      [well(), wrong('late'), well({ ...idle, disabled: true }), wrong('late')],
      [['missed a'], [], ['missed a']],
    ],
    [
      'comes to be stuck',
      [well(), wrong('late'), wrong('stuck'), wrong('late')],
      [['missed a'], ['stuck a'], []],
    ],
    [
      'is told once it is over',
      [well(), seen([runs], { news: [missed] }), well(runs)],
      [['missed a'], []],
    ],
    [
      'is not told again once it is over',
      [well(), wrong('late'), seen([runs], { ...verdict('missed'), news: [missed] })],
      [['missed a'], []],
    ],
    [
      'begins when it is due, also of a job that is new',
      [
        seen([]),
        seen([idle], verdict('nowhere', start + 61_000)),
        seen([idle], { ...verdict('nowhere', start + 61_000), now: start + 62_000 }),
      ],
      [[], ['missed a']],
    ],
    ['is not told at the first look', [wrong('late'), wrong('late')], [[]]],
    [
      'is not told where it began before the watch',
      [well(), seen([idle], verdict('late', start - 1))],
      [[]],
    ],
  ])('%s', (_, looks, found) => {
    const { look } = watching();
    expect(looks.map(look).slice(1)).toEqual(found);
  });

  it('is told with its firing and its cause', () => {
    const { look, found } = watching();
    look(well());
    look(wrong('late'));
    expect(found()).toEqual([{ kind: 'missed', job: 'a', at: start + 1_000, why: 'unknown' }]);
  });
});
