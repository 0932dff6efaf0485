import { expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { MessageOf, State } from '../../../../src/console/state/model.ts';
import { aSnapshot } from '../../../support/snapshots.ts';
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
  expect(linesOf(looking)[1]).toBe(' Restore from');
  expect(linesOf(listed([file('a'), file('b')]))[1]).toMatch(/^ Restore from +2 snapshots /);
  expect(linesOf(listed([]))[1]).toMatch(/0 snapshots/);
});

it('says what takes the first where there is none', () => {
  expect(body(listed([]))[1]).toMatch(/: S takes one; o opens/);
});

it('says why there is no list, in whole lines and as a problem', () => {
  const state = listed([], `${'a reason '.repeat(12)}why`);
  const lines = body(state).slice(1, 4);
  expect(lines.join(' ')).toMatch(/^ +a reason a reason .* +a reason why\. o opens/);
  expect(tonesOf(frameOf(state).lines[3]!)[0]).toMatch(/^bad: a reason/);
  expect(linesOf(state)[1]).toBe(' Restore from');
});

it('shows each with its age and its size, the cursor on the first', () => {
  const files = [
    file('new'),
    file('old', { modified: now - 3 * 86_400_000, bytes: 999 }),
    file('kilo', { bytes: 1_000 }),
    file('kilos', { bytes: 999_949 }),
    file('mega', { bytes: 1_000_000 }),
    file('broken', { unreadable: true }),
  ];
  const state = listed(files);
  expect(body(state).slice(0, 7)).toEqual([
    '   FILE                           AGE        SIZE',
    '▌  new                             1m        10 B',
    '   old                             3d       999 B',
    '   kilo                            1m      1.0 kB',
    '   kilos                           1m    999.9 kB',
    '   mega                            1m      1.0 MB',
    '   broken (cannot be read)         1m        10 B',
  ]);
  expect(body(press(state, 'j'))[2]).toMatch(/^▌ {2}old/);
});

it('gives long names the room there is, and cuts them where age and size would not show', () => {
  const name = 'x'.repeat(60);
  const state = listed([file(name)]);
  expect(body(state, 120)[1]).toMatch(new RegExp(`${name} +1m +10 B$`));
  expect(body(state, 80)[1]).toMatch(/^▌ {2}x{51}… +1m +10 B$/);
});

it('goes on from where it is when there are more than fit', () => {
  const state = listed(Array.from({ length: 40 }, (_, at) => file(`file-${at}`)));
  expect(linesOf(press(state, 'G')).at(-2)).toMatch(/^▌ {2}file-39/);
});
