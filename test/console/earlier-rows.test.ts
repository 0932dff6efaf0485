/** The rows of an earlier console: one moves over them, and nothing is done on their ground. */
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/console/frame/frame.ts';
import { actions, reasonAgainst, runAction } from '../../src/console/registry.ts';
import { visibleOf } from '../../src/console/screens/jobs/visible.ts';
import { cursorIndex } from '../../src/console/state/cursor.ts';
import { type Effect, type MessageOf, writes } from '../../src/console/state/message.ts';
import type { State } from '../../src/console/state/model.ts';
import { lineText } from '../../src/view/line.ts';
import { aJob } from '../support/jobs.ts';
import { linesOf, now, press, refreshed, started, told, type } from './states.ts';

const names = ['ant', 'bee', 'cow', 'dog', 'emu'];

const earlier = (shown: readonly string[] = names, count = shown.length): State =>
  told(started(), {
    type: 'arriving',
    jobs: shown.map((name) => ({ text: '', job: aJob({ name, executor: 'http' }) })),
    seenAt: now - 3 * 3_600_000,
    earlier: { count, of: 'n1, n2' },
  });

/** What asks no server, and changes nothing. */
const harmless = new Set<Effect['type']>([
  ...(['load-runs', 'refresh', 'pace', 'forget-later', 'redraw', 'suspend', 'quit'] as const),
  'check-later',
]);
const looking = new Set(['help', 'palette', 'filter']);

describe('rows of an earlier console', () => {
  it('have their age, and the name of their cluster, in the header', () => {
    const [header = '', title = ''] = linesOf(earlier(names, 4_000), { columns: 120 });
    expect(header).toMatch(/reading · rows of n1, n2, 3h old$/);
    expect(title).toContain('the first 5 of 4000 as they were');
    expect(linesOf(earlier(), { columns: 44 })[0]).toMatch(/reading · 3h old$/);
  });

  it('say of the job under the cursor that it has not been read', () => {
    for (const size of [
      { columns: 120, rows: 30 },
      { columns: 200, rows: 50 },
    ])
      expect(linesOf(earlier(), size).join('\n')).toContain(
        '3h old: the job itself has not been read yet',
      );
  });

  it('are moved over, sorted and filtered', () => {
    const moved = press(earlier(), 'j', 'j');
    expect(moved.screens[0].cursor.key).toBe('cow');
    expect([...visibleOf(press(moved, '/', ...type('do'), 'enter')).keys]).toEqual(['dog']);
  });

  it('are no ground for any action but those that need only a row', () => {
    const start = press(earlier(), 'j');
    let refused = 0;
    for (const action of actions)
      for (const words of ['', ...(action.complete?.(start) ?? [])]) {
        const [after, effects] = runAction(start, action, words);
        const types = effects.map((effect) => effect.type);
        expect(
          types.filter((one) => writes[one] || !harmless.has(one)),
          action.id,
        ).toEqual([]);
        if (after.overlay !== null) expect(looking, action.id).toContain(after.overlay.kind);
        expect([...after.screens[0].marks], action.id).toEqual([]);
        if (action.ofRows !== true) {
          expect(after.flash?.text, action.id).toMatch(
            /^.+: (not yet|nothing is written|READ-ONLY)/,
          );
          refused += 1;
        }
      }
    expect(refused).toBeGreaterThan(30);
  });

  it.each(['unsure', 'another'] as const)(
    'let one say which cluster it is, where that is %s',
    (kind) => {
      const state = { ...earlier(), cluster: { kind, name: 'n9', why: 'other servers' } } as State;
      const named = actions.filter(({ id }) => id.startsWith('cluster.'));
      expect(named).toHaveLength(2);
      for (const action of named) expect(reasonAgainst(state, action) ?? '').not.toContain('rows');
      expect(press(state, 'enter').flash?.text).toContain('press C');
    },
  );

  it('are replaced without a jump, also where jobs came and went', () => {
    const many = Array.from({ length: 60 }, (_, at) => `job-${String(at).padStart(2, '0')}`);
    const before = press(earlier(many), ...Array<string>(40).fill('j'));
    const { key } = before.screens[0].cursor;
    const lineOf = (state: State) =>
      frameOf(state).lines.findIndex((line) => lineText(line).includes(`▌  ${key}`));
    expect(lineOf(before)).toBeGreaterThan(5);
    const live = many.filter((name) => !['job-03', 'job-38'].includes(name));
    const after = told(before, refreshed([...live, 'aaa', 'job-05b'].map((name) => ({ name }))));
    expect(after.jobs.earlier).toBeUndefined();
    expect(after.screens[0].cursor.key).toBe(key);
    expect(lineOf(after)).toBe(lineOf(before));
    expect(cursorIndex(after.screens[0].cursor, visibleOf(after))).toBe(40);
  });

  describe('while the list comes', () => {
    const many = Array.from({ length: 300 }, (_, at) => `job-${String(at).padStart(3, '0')}`);
    const coming = (...names: string[]): MessageOf<'arriving'> => ({
      type: 'arriving',
      jobs: names.map((name) => ({ text: '', job: aJob({ name, status: 'failed' }) })),
      announced: 4_000,
      isOfEarlier: true,
    });
    const down = (state: State, times: number): State =>
      press(state, ...Array<string>(times).fill('j'));

    it('make place for those that came once none of the screen is missing, without a jump', () => {
      const before = down(earlier(many, 4_000), 70);
      const few = told(before, coming(...many.slice(0, 60)));
      expect(linesOf(few)).toEqual(linesOf(before));
      const after = told(few, coming(...many.slice(60, 90), 'job-089b'));
      expect(after.jobs.earlier).toBeUndefined();
      expect(linesOf(after)[1]).toContain('91 of 4000 so far');
      expect(after.screens[0].cursor).toEqual(before.screens[0].cursor);
      const rowsIn = (state: State) =>
        linesOf(state).flatMap((line) => /job-\d+/.exec(line)?.[0] ?? []);
      expect(rowsIn(after)).toEqual(rowsIn(before));
      const whole = told(after, refreshed(many.map((name) => ({ name }))));
      expect(whole.screens[0].cursor).toEqual(before.screens[0].cursor);
      expect(linesOf(whole)[1]).not.toContain('so far');
    });

    it('stay where a child on the screen has not come yet', () => {
      const family = told(started(), {
        type: 'arriving',
        jobs: [aJob({ name: 'a' }), aJob({ name: 'z', parent_job: 'a' }), aJob({ name: 'b' })].map(
          (job) => ({ text: '', job }),
        ),
        seenAt: now - 1_000,
        earlier: { count: 3, of: 'n1' },
      });
      expect(told(family, coming('a', 'b')).jobs.earlier).toBeDefined();
    });

    it.each([
      ['of another cluster, perhaps', { ...coming(...many), isOfEarlier: false }],
      ['in no order', coming(...many.toReversed())],
    ])('stay where the rows that come are %s', (_, message) => {
      const before = earlier(many, 4_000);
      expect(linesOf(told(before, message))).toEqual(linesOf(before));
    });

    it('stay where they are sorted otherwise, or filtered: any row may belong among them', () => {
      for (const state of [press(earlier(many), '>'), press(earlier(many), '/', ...type('job'))])
        expect(told(state, coming(...many)).jobs.earlier).toBeDefined();
    });
  });

  it('that went leave their cursor on the next, which is looked at first', () => {
    const after = told(press(earlier(), 'j'), refreshed([{ name: 'ant' }, { name: 'cow' }]));
    expect(after.screens[0].cursor.key).toBe('cow');
    expect(after.rowReplaced).toBe(true);
  });
});
