import { expect, it } from 'vitest';
import type { State } from '../../../../src/console/state/model.ts';
import type { Verdict } from '../../../../src/oversight/verdict.ts';
import { linesOf, now, press, refreshed, showing, told, type } from '../../states.ts';

const verdict = (state: Verdict['state'], minutes: number, cause: Verdict['cause']): Verdict => ({
  state,
  at: now - minutes * 60_000,
  cause,
});

const jobs = ['a', 'b', 'c', 'd'].map((name) => ({ name, schedule: '0 31 * * * *' }));

function overseen(): State {
  const troubles = new Map([
    ['a', verdict('late', 181, { kind: 'leader', from: 'n1', to: 'n2', at: now })],
    ['b', verdict('overdue', 61, { kind: 'unknown' })],
  ]);
  const at = now - 120 * 60_000;
  const over = {
    at,
    until: at,
    count: 1,
    endedAt: at + 60_000,
    cause: { kind: 'leaderless' },
  } as const;
  const missed = [
    { job: 'c', ...over },
    { job: 'gone', ...over },
    { job: 'd', ...over, at: 0, until: 0 },
  ];
  return told(showing(jobs), { type: 'overseen', troubles, missed });
}

const opened = (): State => press(overseen(), ':', ...type('missed'), 'enter');
const rows = (state: State): string[] =>
  linesOf(state)
    .filter((line) => /[!?] (late|overdue|missed) /.test(line))
    .map((line) => line.replace(/ +/g, ' ').trim());

it('lists what goes on before what is over, the newest first, of the last day', () => {
  const lines = rows(opened());
  expect(lines.map((line) => line.replace(/▌ ?/, ''))).toEqual([
    expect.stringMatching(/^\? overdue b 13:30:29 1h 1m 2×$/),
    expect.stringMatching(/^! late a 11:30:29 3h 1m 4× the leader/),
    expect.stringMatching(/^! missed c 12:31:29 2h 1× the cluster/),
    expect.stringMatching(/^! missed gone 12:31:29 2h 1× the cluster/),
  ]);
  expect(linesOf(opened())[1]).toContain('1 goes on · 2 over in the last day');
});

it('opens the job under the cursor, which says it again with what helps', () => {
  const job = press(opened(), 'j', 'enter');
  const text = linesOf(job).join('\n').replace(/\s+/g, ' ');
  expect(text).toContain('Late it was due 2026-11-21T11:30:29Z, 3h ago, and did not run');
  expect(text).toContain('t runs it now');
  expect(linesOf(press(opened(), 'G', 'enter')).join('\n')).toContain('gone is not there any more');
});

it('takes the filter of jobs, by which what is there no more is nobody', () => {
  const filtered = (words: string) => rows(press(opened(), '/', ...type(words), 'enter')).length;
  expect([filtered('status:late'), filtered('status:missed'), filtered('c')]).toEqual([2, 1, 1]);
});

it('keeps its row while more comes to light', () => {
  const on = press(opened(), 'j');
  const more = told(on, {
    type: 'overseen',
    troubles: new Map([
      ...on.troubles,
      ['d', verdict('stuck', 1, { kind: 'orphan', since: now, node: 'n1' })],
    ]),
    missed: on.missed,
  });
  expect(rows(more).find((line) => line.startsWith('▌'))).toContain('late a');
});

it('stands in the table, the header and the filter, and moves no cursor', () => {
  const on = press(showing(jobs), 'j');
  const { troubles, missed } = overseen();
  const state = told(on, { type: 'overseen', troubles, missed });
  const text = linesOf(state).join('\n');
  expect(text).toContain('4 · 1 late · 1 perhaps late');
  expect(text).toMatch(/▌ +b +\? overdue/);
  expect(told(state, refreshed(jobs)).troubles).toBe(troubles);
});
