import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State } from '../../../../src/console/state/model.ts';
import { agenda, instantFromMillis } from '../../../../src/schedule/index.ts';
import { aJob } from '../../../support/jobs.ts';
import { linesOf, now, press, showing, told } from '../../states.ts';

const hours = 24;
const stretch = { from: instantFromMillis(now), to: instantFromMillis(now + hours * 3_600_000) };
const jobs = [
  aJob({ name: 'a', schedule: '0 */30 * * * *' }),
  aJob({ name: 'b', schedule: '0 0 * * * *' }),
  aJob({ name: 'c', schedule: '*/30 0 15 * * *' }),
];
const open = (of: typeof jobs): State =>
  told(press(showing(of), 'A', '+', '+'), { type: 'agenda', agenda: agenda(of, stretch), hours });
const state = open(jobs);

it('says that it is computed, then how many runs there are', () => {
  const waiting = linesOf(press(showing(jobs), 'A'));
  expect(waiting[1]).toMatch(/^ Agenda {2}3 jobs, next 6 h +times in UTC/);
  expect(waiting[2]).toContain('computing');
  for (const key of ['right', '$', 'tab', 'j', 'J'])
    expect(linesOf(press(showing(jobs), 'A', key)).slice(0, 3)).toEqual(waiting.slice(0, 3));
  expect(linesOf(state)[1]).toMatch(/^ Agenda {2}3 jobs, next 24 h · 74 runs +times in UTC/);
});

it('has an hour in a row, with its runs', () => {
  expect(linesOf(state).slice(2, 6)).toEqual([
    '              :00            :15            :30            :45',
    '        14:00                                ·····························  0',
    '        15:00 █·····························▂·····························  5',
    '        16:00 ▄·····························▂·····························  3',
  ]);
  expect(linesOf(state)[13]).toMatch(/^ 22 Nov 00:00 ▄/);
});

it('has the busiest minutes below the hours: when, how far off, how many runs, which jobs', () => {
  const lines = linesOf(state);
  const at = lines.findIndex((line) => line.startsWith('─ busiest minutes ─'));
  expect(lines.slice(at + 1, at + 4)).toEqual([
    '              WHEN                RUNS  JOBS',
    '▌         15:00:00  in 28m           4  a, b, c ×2',
    '          16:00:00  in 1h 28m        2  a, b',
  ]);
  expect(lines.at(at)).toContain('server’s zone assumed: UTC');
});

describe('at the right of the hours', () => {
  it('they stand from 150 columns on', () => {
    const row = (columns: number): string => linesOf(state, { columns })[4]!;
    expect(row(149)).not.toContain('│');
    expect(row(150)).toMatch(/^ {8}15:00 █·.* 5 {5}│ {10}16:00:00 {2}in 1h 28m {8}2 {2}a, b$/);
    expect(row(150).indexOf('│')).toBe(82);
  });

  it('the title says what the rule says otherwise', () => {
    const lines = linesOf(state, { columns: 150 });
    expect(lines[1]).toMatch(/16 of 25 hours|20 of 25 hours/);
    expect(lines[1]).toContain('server’s zone assumed: UTC · times in UTC');
    expect(lines.some((line) => line.startsWith('─'))).toBe(false);
    expect(linesOf(state, { columns: 150, rows: 60 })[1]).not.toContain('hours show');
  });
});

describe('the rows that the hours have', () => {
  const rowsOf = (shown: State, rows: number): [strip: number, busiest: number] => {
    const lines = linesOf(shown, { rows });
    const rule = lines.findIndex((line) => line.startsWith('─ busiest'));
    return [rule - 3, rows - 3 - rule];
  };

  it.each<[rows: number, shared: [number, number]]>([
    [24, [13, 5]],
    [40, [24, 10]],
    [10, [3, 1]],
  ])('of %i leave the list some', (rows, shared) => {
    expect(rowsOf(state, rows)).toEqual(shared);
  });

  it('are more where few minutes are busy', () => {
    const one = open([aJob({ name: 'a', schedule: '0 0 3 * * *' })]);
    expect(rowsOf(one, 24)).toEqual([17, 1]);
    expect(rowsOf(open([]), 24)).toEqual([17, 1]);
  });
});

it('scrolls to the names that have no room', () => {
  const many = Array.from({ length: 12 }, (_, at) =>
    aJob({ name: `job-with-a-name-${at}`, schedule: '@hourly' }),
  );
  const row = (shown: State): string => linesOf(shown).find((line) => line.startsWith('▌'))!;
  expect(row(open(many))).toMatch(/12 {2}job-with-a-name-0, .*…$/);
  expect(row(press(open(many), '$'))).toMatch(/12 {2}….*job-with-a-name-9$/);
  expect(row(press(open(many), 'right'))).toMatch(/12 {2}….*…$/);
  expect(row(press(state, 'right'))).toBe(row(state));
});

it('shows which part the keys are in', () => {
  const inside = press(state, 'tab');
  expect(frameOf(inside).lines[3]?.[0]?.text).toBe('▌');
  expect(frameOf(state).lines[3]?.[0]?.text).toBe(' ');
  const inverse = (shown: State) =>
    frameOf(shown).lines.filter((line) => line.some((span) => span.inverse)).length;
  expect([inverse(state), inverse(inside)]).toEqual([1, 0]);
});

it('says which host is called most in one second, of each minute and on top of all', () => {
  const calling = (name: string, schedule: string) =>
    aJob({
      ...{ name, schedule, executor: 'http' },
      executor_config: { method: 'GET', url: 'http://cache-manager:8080/' },
    });
  const of = [...jobs, calling('x', '0 0 15 * * *'), calling('y', '0 0 15 * * *')];
  const host = ({ name }: (typeof of)[number]): string => (name < 'x' ? '' : 'cache-manager');
  const worked = agenda(of, stretch, { hostOf: host });
  const opened = press(showing(of), 'A', '+', '+');
  const shown = told(opened, { type: 'agenda', agenda: worked, hours });
  const wide = linesOf(shown, { columns: 160 })[1];
  expect(wide).toContain('76 runs · 2 at once to cache-manager at 15:00:00');
  const lines = linesOf(shown);
  const at = lines.findIndex((line) => line.startsWith('─ busiest minutes ─'));
  expect(lines.slice(at + 1, at + 4)).toEqual([
    '              WHEN                RUNS  AT ONCE TO            JOBS',
    '▌         15:00:00  in 28m           6  2 cache-manager       a, b, c ×2, x, y',
    '          16:00:00  in 1h 28m        2                        a, b',
  ]);
});
