import { expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { MessageOf, State } from '../../../../src/console/state/model.ts';
import { aSnapshot, headOf } from '../../../support/snapshots.ts';
import { linesOf, now, press, showing, told, tonesOf } from '../../states.ts';

type Listed = MessageOf<'snapshots'>;

const file = (name: string, fields: Partial<Listed['files'][number]> = {}) =>
  aSnapshot({ name, modified: now - 60_000, ...fields });
const looking = press(showing([]), 'R');
const listed = (files: Listed['files'], problem?: string): State =>
  told(looking, { type: 'snapshots', files, ...(problem === undefined ? {} : { problem }) });
const body = (state: State, columns = 80): string[] => linesOf(state, { columns }).slice(2);

it('says that it looks for them, and counts them once they are there', () => {
  expect(body(looking)[1]).toBe('   looking…');
  expect(linesOf(looking)[1]).toMatch(/^ Snapshots +times in UTC/);
  expect(linesOf(listed([file('a'), file('b')]))[1]).toMatch(/^ Snapshots {2}2 of this cluster /);
  expect(linesOf(listed([]))[1]).toMatch(/ 0 of this/);
});

it('says what takes the first where there is none', () => {
  expect(body(listed([]))[1]).toMatch(/: S takes one; o opens/);
});

it('says why there is no list, in whole lines and as a problem', () => {
  const state = listed([], `${'a reason '.repeat(12)}why`);
  const lines = body(state).slice(1, 4);
  expect(lines.join(' ')).toMatch(/^ +a reason a reason .* +a reason why\. o opens/);
  expect(tonesOf(frameOf(state).lines[3]!)[0]).toMatch(/^bad: a reason/);
  expect(linesOf(state)[1]).toMatch(/^ Snapshots +times in UTC/);
});

const many = listed([
  file('one', {
    taken: now - 60_000,
    jobs: 1204,
    proof: 'manifest',
    head: headOf({ kind: 'scheduled', label: 'before migration', pinned: true }),
    differs: { added: 2, removed: 1, changed: 5 },
  }),
  file('two', { proof: 'manifest', head: headOf(), differs: { added: 0, removed: 0, changed: 0 } }),
  file('backup-dkron_2026-11-20T0000Z', { taken: now - 3 * 86_400_000, bytes: 999, jobs: null }),
  file('three', { proof: 'damaged', head: headOf({ pinned: true, kind: 'safety' }) }),
  file('four', { proof: 'unreadable', unreadable: true, bytes: 1_500_000 }),
]);

it('shows what matters of each in 80 columns, the cursor on the first', () => {
  expect(body(many).slice(0, 6)).toEqual([
    '          TAKEN     AGE    JOBS  KIND       DIFF        PROOF    LABEL',
    '▌      14:30:29      1m    1204  scheduled  +2 −1 ~5    yes      pinned, befo…',
    '       14:30:29      1m       1  hand       same        yes      two',
    '   18 Nov 14:31      3d       ?                         none',
    '       14:30:29      1m       1  safety                 damaged  pinned, three',
    '       14:30:29      1m       1                         denied   four',
  ]);
  expect(body(press(many, 'j'))[2]).toMatch(/^▌ {2}/);
});

it('shows all of it where there is room', () => {
  const [head, first, , third] = body(many, 200);
  expect(head).toMatch(/SIZE {2}KIND .* LABEL +FILE +CLUSTER$/);
  expect(first).toMatch(/10 B {2}scheduled .* pinned, before migration +one +prod$/);
  expect(third).toMatch(/999 B .* none +backup-dkron_2026-11-20T0000Z$/);
});

it('tells the time by the clock that was chosen, and only the day of another year', () => {
  expect(body({ ...many, zone: 'Asia/Tokyo' })[1]).toMatch(/^▌ +23:30:29/);
  expect(body(listed([file('a', { taken: Date.parse('2025-03-01T12:00:00Z') })]))[1]).toMatch(
    /^▌ +2025-03-01 +630d/,
  );
});

it('marks, says how many, and forgets what is gone', () => {
  const marked = press(many, 'space', 'j', 'space');
  expect(
    body(marked)
      .slice(1, 5)
      .map((line) => line[1]),
  ).toEqual(['*', ' ', '*', ' ']);
  expect(linesOf(marked)[1]).toMatch(/2 marked +times in UTC/);
  expect(linesOf(press(marked, '*'))[1]).toMatch(/5 marked/);
  expect(linesOf(press(marked, '*', '*'))[1]).not.toMatch(/marked/);
  expect(linesOf(press(marked, 'esc'))[1]).toMatch(/^ Snapshots {2}5 of this cluster +times/);
  expect(linesOf(told(marked, { type: 'snapshots', files: [file('one')] }))[1]).toMatch(/1 marked/);
});

it('goes on from where it is when there are more than fit', () => {
  const state = listed(Array.from({ length: 40 }, (_, at) => file(`file-${at}`)));
  expect(linesOf(press(state, 'G')).at(-2)).toMatch(/^▌ .*file-39/);
});
