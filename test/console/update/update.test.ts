import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../src/console/frame/frame.ts';
import { actions } from '../../../src/console/registry.ts';
import { visibleOf } from '../../../src/console/screens/jobs/visible.ts';
import { cursorIndex, windowOf } from '../../../src/console/state/cursor.ts';
import { tableRows } from '../../../src/console/state/layout.ts';
import { writes } from '../../../src/console/state/message.ts';
import type { Effect, Message, State } from '../../../src/console/state/model.ts';
import { topScreen } from '../../../src/console/state/stack.ts';
import { update } from '../../../src/console/update/update.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import type { Job } from '../../../src/job/job.ts';
import { lineText } from '../../../src/view/line.ts';
import { aJob, anExecution } from '../../support/jobs.ts';
import {
  effectsOf,
  now,
  press,
  pressing,
  refreshed,
  showing,
  started,
  told,
  type,
} from '../states.ts';

const named = (...names: readonly string[]): Partial<Job>[] => names.map((name) => ({ name }));
const cursorOf = (state: State): string | null => state.screens[0].cursor.key;
const rows = (state: State): string[] => frameOf(state).lines.map(lineText);

const effectsAfter = (state: State, message: Message): readonly Effect[] =>
  update(state, message)[1];

/** What changes a server. */
const writing = (effects: readonly Effect[]): Effect[] =>
  effects.filter(({ type }) => writes[type]);

describe('a refresh', () => {
  const many = Array.from({ length: 200 }, (_, at) => `job-${String(at).padStart(3, '0')}`);

  it('moves neither the cursor nor its row in the window', () => {
    const kept = fc.subarray(many, { minLength: 100 });
    fc.assert(
      fc.property(kept, fc.nat({ max: 199 }), fc.nat({ max: 15 }), (left, down, up) => {
        const keys = [...Array(down).fill('j'), ...Array(up).fill('k')];
        const state = press(showing(named(...many)), ...keys);
        const name = cursorOf(state)!;
        const after = told(state, refreshed(named(...new Set([...left, name]))));
        expect(cursorOf(after)).toBe(name);
        expect(after.rowReplaced).toBe(false);
        const rowOf = (shown: State): number => {
          const list = visibleOf(shown);
          const { cursor } = shown.screens[0];
          return cursorIndex(cursor, list) - windowOf(cursor, list, tableRows(shown)).start;
        };
        const list = visibleOf(after);
        const { start } = windowOf(after.screens[0].cursor, list, tableRows(after));
        const held = start === 0 || start === list.keys.length - tableRows(after);
        if (!held) expect(rowOf(after)).toBe(rowOf(state));
      }),
      { numRuns: 30 },
    );
  });

  it('changes nothing that a question is about', () => {
    const asked = press(showing(named('a', 'b')), 'j', 's');
    const after = told(asked, refreshed([{ name: 'a' }, { name: 'aa' }]));
    expect(after.overlay).toBe(asked.overlay);
    expect(effectsOf(after, 'y')).toMatchObject([
      {
        type: 'set-disabled',
        plan: {
          action: 'disable',
          items: [{ seen: { name: 'b', schedule: '0 */5 * * * *' } }],
        },
      },
    ]);
  });

  it('changes nothing of what is typed', () => {
    const open = press(showing(named('a', 'b')), 'i', 'end', '0');
    expect(told(open, refreshed([{ name: 'b' }])).overlay).toBe(open.overlay);
  });

  it('keeps marks by name, and drops those of jobs that are gone', () => {
    const state = press(showing(named('a', 'b', 'c')), 'space', 'space');
    const after = told(state, refreshed(named('aa', 'b', 'c')));
    expect([...after.screens[0].marks]).toEqual(['b']);
    expect(told(after, refreshed(named('aa', 'b', 'c'))).screens[0].marks).toBe(
      after.screens[0].marks,
    );
  });

  it('takes the first row when there was none, and startles nobody', () => {
    const state = told(showing([]), refreshed(named('a')));
    expect([cursorOf(state), state.rowReplaced]).toEqual(['a', false]);
  });

  it('reads runs again that are looked at, when their job changed, or runs, or could not be read', () => {
    const first = refreshed(named('a'));
    const open = press(told(started(), first), 'enter');
    const runs = { type: 'runs', name: 'a', runs: { list: [], at: now } } as const;
    const read = told(open, runs);
    expect(effectsAfter(read, first)).toEqual([]);
    expect(effectsAfter(open, first)).toEqual([{ type: 'load-runs', name: 'a' }]);
    expect(effectsAfter(read, refreshed([{ name: 'a', success_count: 1 }]))).toEqual([
      { type: 'load-runs', name: 'a' },
    ]);
    expect(effectsAfter(read, { ...first, busy: [anExecution({ job_name: 'a' })] })).toEqual([
      { type: 'load-runs', name: 'a' },
    ]);
    const failed = told(open, {
      ...runs,
      runs: { list: [], at: now, error: 'connection refused' },
    });
    expect(effectsAfter(failed, first)).toEqual([{ type: 'load-runs', name: 'a' }]);
  });
});

describe('a clock that is not the one of the server', () => {
  const jobs = named('a');
  const apart = refreshed(jobs, { skew: 899_600 });

  it('is told of once, and in the details for as long as it is', () => {
    const first = told(showing(jobs), apart);
    expect(first.flash?.text).toBe(
      `This machine's clock is 15m ahead of the server's; NEXT and "in 4m" use it. Jobs run by the server's clock.`,
    );
    const later = told(press(first, 'enter'), apart);
    expect(later.flash).toBeNull();
    expect(rows(later).join('\n')).toContain(
      "by this machine's clock, which is 15m ahead of the server's",
    );
    const right = told(later, refreshed(jobs));
    expect(rows(right).join('\n')).not.toContain('ahead');
    expect(told(right, apart).flash).toBeNull();
  });

  it('waits until what is said now was read', () => {
    const busy = told(showing(jobs), { type: 'flash', flash: { level: 'ok', text: 'x' } }, apart);
    expect(busy.flash?.text).toBe('x');
    expect(told({ ...busy, flash: null }, apart).flash?.text).toContain('15m ahead');
  });
});

describe('a row that vanishes under the cursor', () => {
  const vanished = told(press(showing(named('a', 'b', 'c')), 'j'), refreshed(named('a', 'c')));

  it('leaves the cursor on its neighbour', () => {
    expect([cursorOf(vanished), vanished.rowReplaced]).toEqual(['c', true]);
  });

  it.each(
    actions.filter(
      ({ dangerous, anyRow, keys, scope }) =>
        dangerous && !anyRow && keys[0] && scope.includes('jobs'),
    ),
  )('holds back $id for one key', ({ keys: [key = ''] }) => {
    const held = press(vanished, key);
    expect(held.overlay).toBeNull();
    expect(writing(effectsOf(vanished, key))).toEqual([]);
    expect(held.flash?.text).toContain('a refresh replaced the row');
    expect(held.rowReplaced).toBe(false);
  });

  it('is looked at when another key was pressed', () => {
    expect(press(vanished, 'k', 'j', 's').overlay).toMatchObject({
      question: expect.stringContaining('Disable c'),
    });
    expect(press(vanished, 's', 's').overlay).toMatchObject({ kind: 'confirm' });
  });

  it('waits for the table to be seen: keys of other screens do not count', () => {
    const elsewhere = press(showing(named('a', 'b')), 'y');
    const back = press(told(elsewhere, refreshed(named('b'))), 'j', 'k', 'esc');
    expect(topScreen(back).kind).toBe('jobs');
    expect(press(back, 's').overlay).toBeNull();
    expect(press(back, 's', 's').overlay).toMatchObject({ kind: 'confirm' });
  });

  it('holds nothing back on the screen of another job, whose row it is not', () => {
    const open = press(showing(named('a', 'b')), 'j', 'enter');
    const state = told(
      {
        ...open,
        screens: [
          { ...open.screens[0], cursor: { key: 'a', row: 0 } },
          ...open.screens.slice(1),
        ] as State['screens'],
      },
      refreshed(named('b')),
    );
    expect(state.rowReplaced).toBe(true);
    expect(press(state, 's').overlay).toMatchObject({
      question: expect.stringContaining('Disable b'),
    });
  });
});

describe('keys that came in a heap', () => {
  it('never change a server, whatever they are', () => {
    const state = showing([{ name: 'a' }, { name: 'b', disabled: true }]);
    const anyKey = fc.constantFrom(
      ...new Set(actions.flatMap(({ keys }) => keys).filter((key) => key !== 'ctrl-c')),
      ...['y', 'a', '1', 'enter', 'tab'],
    );
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 30 }), (keys) => {
        for (let length = 1; length <= keys.length; length++)
          expect(writing(pressing(state, keys.slice(0, length), true)[1])).toEqual([]);
      }),
    );
  });

  it('leave the question open and say why', () => {
    const [state] = pressing(press(showing(named('a')), 's'), ['y'], true);
    expect(state.overlay).toMatchObject({ kind: 'confirm' });
    expect(state.flash?.text).toBe('y came too early: press it again');
  });

  it('are answered by the key alone', () => {
    expect(writing(effectsOf(showing(named('a')), 's', 'y'))).toHaveLength(1);
  });

  it('move as far as if they had come alone', () => {
    const [state] = pressing(showing(named('a', 'b', 'c', 'd')), ['j', 'j', 'j'], true);
    expect(cursorOf(state)).toBe('d');
  });
});

describe('read-only', () => {
  const state = showing([{ name: 'a' }, { name: 'b', disabled: true }], [], { readOnly: true });

  it('changes no server, whatever is pressed', () => {
    const anyKey = fc.constantFrom(...new Set(actions.flatMap(({ keys }) => keys)), 'y', 'a');
    fc.assert(
      fc.property(fc.array(anyKey, { maxLength: 30 }), (keys) => {
        let now = state;
        for (const key of keys) {
          const [after, effects] = pressing(now, [key]);
          expect(writing(effects)).toEqual([]);
          now = after;
        }
      }),
    );
  });
});

describe('a paste', () => {
  it.each(['s', 'dd', 'q\r', '\x04name\r', 'jjj'])('of %j is no row of commands', (text) => {
    const state = showing(named('a', 'b'));
    const after = told(state, { type: 'paste', text });
    expect({ ...after, flash: null }).toEqual(state);
    expect(after.flash?.text).toBe('pasted text does nothing here');
  });

  it('answers no question', () => {
    const asked = press(showing(named('a')), 's');
    expect(told(asked, { type: 'paste', text: 'd' }).overlay).toBe(asked.overlay);
    const typed = press(showing(named('a')), 'ctrl-d');
    expect(told(typed, { type: 'paste', text: 'a' }).overlay).toBe(typed.overlay);
  });

  it('is text where one types', () => {
    const filtered = told(press(showing(named('a', 'b')), '/'), { type: 'paste', text: 'b\n' });
    expect(filtered.screens[0].filter).toBe('b');
    expect(cursorOf(filtered)).toBe('b');
  });
});

describe('esc', () => {
  it('clears the filter, then the marks, then goes back', () => {
    const state = press(showing(named('a', 'b')), 'space', '/', 'a', 'enter');
    const first = press(state, 'esc');
    expect([first.screens[0].filter, first.screens[0].marks.size]).toEqual(['', 1]);
    expect(press(first, 'esc').screens[0].marks.size).toBe(0);
    expect(effectsOf(first, 'esc', 'esc')).toEqual([]);
    expect(topScreen(press(state, 'enter', 'esc')).kind).toBe('jobs');
  });

  it('finds the cursor on a row again after a filter that matched nothing', () => {
    const none = press(showing(named('a', 'b')), '/', ...type('zzz'), 'enter');
    expect(cursorOf(none)).toBeNull();
    expect(cursorOf(press(none, 'esc'))).toBe('a');
    expect(cursorOf(press(none, 'esc', 'j'))).toBe('b');
  });

  it('quickly followed by a key is esc and that key', () => {
    const open = press(showing(named('a', 'b')), 'enter');
    const back = press(open, 'alt-j');
    expect([topScreen(back).kind, cursorOf(back)]).toEqual(['jobs', 'b']);
  });

  it('quickly followed by its key is no answer to a question', () => {
    const asked = press(showing(named('a')), 's');
    expect(writing(effectsOf(asked, 'alt-d'))).toEqual([]);
    expect(press(asked, 'alt-d').overlay).toBeNull();
  });

  it('in a filter brings back what was there', () => {
    const state = press(showing(named('a', 'b')), '/', 'b', 'enter', '/', 'x');
    expect(press(state, 'esc').screens[0].filter).toBe('b');
  });

  it('in a filter brings back the job that was under the cursor, in its row', () => {
    const names = Array.from({ length: 40 }, (_, at) => `job-${at + 10}`);
    const state = press(showing(named(...names)), ...Array<string>(25).fill('j'), 'k', 'k', 'k');
    const typed = press(state, '/', ...type('job-11'));
    expect(cursorOf(typed)).toBe('job-11');
    expect(press(typed, 'esc').screens).toEqual(state.screens);
    const gone = told(typed, refreshed(named('job-11', 'job-12')));
    expect(cursorOf(press(gone, 'esc'))).toBe('job-11');
  });
});

describe('leaving', () => {
  it.each([['ctrl-c'], ['q'], [':', 'q', 'enter']])('by %s', (...keys) => {
    expect(effectsOf(showing(named('a')), ...keys)).toEqual([{ type: 'quit' }]);
  });

  it('q goes back first', () => {
    const open = press(showing(named('a')), 'enter');
    expect(effectsOf(open, 'q')).toEqual([]);
    expect(effectsOf(open, 'q', 'q')).toEqual([{ type: 'quit' }]);
  });

  it('ctrl-c leaves a question without an answer', () => {
    expect(effectsOf(showing(named('a')), 's', 'ctrl-c')).toEqual([{ type: 'quit' }]);
  });
});

describe('a lost connection', () => {
  const lost: Message = {
    type: 'lost',
    trouble: 'unreachable',
    reason: 'refused',
    now: now + 5_000,
    retryAt: now + 6_000,
  };
  const runs: Message = {
    type: 'runs',
    name: 'a',
    runs: { list: [anExecution({ output: 'all is well' })], at: now },
  };

  it('takes nothing from the screen', () => {
    const before = told(showing(named('a', 'b')), runs);
    const after = told(before, lost);
    expect(after.jobs).toBe(before.jobs);
    expect(rows(after)).toContainEqual(expect.stringMatching(/^▌ {2}a /));
  });

  it('keeps runs that were read, and reads them again afterwards', () => {
    const open = press(told(showing(named('a')), runs), 'enter');
    const after = told(open, {
      type: 'runs',
      name: 'a',
      runs: { list: [], at: now, error: 'connection refused' },
    });
    expect(rows(after)).toContainEqual(expect.stringContaining('all is well'));
    expect(effectsAfter(after, refreshed(named('a')))).toEqual([{ type: 'load-runs', name: 'a' }]);
  });

  it('says how long it has been from its first failure on', () => {
    const twice = told(showing([]), lost, { ...lost, now: now + 9_000, retryAt: now + 11_000 });
    expect(twice.link).toMatchObject({ kind: 'lost', since: now + 5_000, retryAt: now + 11_000 });
    expect(told(twice, refreshed([])).link).toMatchObject({ kind: 'live', took: 20 });
  });
});

describe('what a server could not tell', () => {
  const running = (name: string): Execution => anExecution({ id: name, job_name: name });
  const names = (state: State): string[] => [...state.busy.keys()];

  it('is no end of what ran, until a job has counted one', () => {
    const state = showing(named('a', 'b', 'c'), [running('a'), running('b'), running('c')]);
    const silent = told(state, refreshed(named('a', 'b', 'c'), { busy: null }));
    expect(silent.busy).toBe(state.busy);
    expect(rows(silent)).toContainEqual(expect.stringMatching(/▌.* a .*▸ running/));
    const ended = [{ name: 'a', error_count: 1 }, { name: 'b' }];
    expect(names(told(silent, refreshed(ended, { busy: null })))).toEqual(['b']);
    expect(names(told(silent, refreshed(named('a', 'b'), { busy: [] })))).toEqual([]);
  });

  it('of a job is told once, and how many there are', () => {
    const why = 'http://localhost:8080 sent a job (x) that is not valid: retries: not a number';
    const bad = { name: 'x', why };
    const [one, two] = ['one', 'two'].map((text) => ({ name: '', why: text }));
    const state = told(showing(named('a')), refreshed(named('a'), { unreadable: [bad] }));
    expect(state.flash).toEqual({
      level: 'error',
      text: `${why} · The list shows the other jobs; a backup keeps this one as it is.`,
    });
    const seen = told(press(state, 'j'), refreshed(named('a'), { unreadable: [bad] }));
    expect(seen.flash).toBeNull();
    expect(rows(seen)[1]).toMatch(/^ Jobs {2}1 · 1 unreadable/);
    const more = told(seen, refreshed(named('a'), { unreadable: [bad, one!, two!] }));
    expect(more.flash?.text).toMatch(/^one \(and 1 more\) · /);
    expect(told(more, refreshed(named('a'))).jobs.unreadable).toEqual([]);
  });
});

describe('the first list', () => {
  const arriving = (...names: string[]): Message => ({
    type: 'arriving',
    jobs: named(...names).map((job) => ({ text: '', job: aJob(job) })),
  });

  it('grows on the screen, the cursor on its job', () => {
    const one = told(started(), arriving('m', 'n'));
    expect(cursorOf(one)).toBe('m');
    const two = told(one, arriving('a', 'b'));
    expect([cursorOf(two), [...two.jobs.byName.keys()]]).toEqual(['m', ['m', 'n', 'a', 'b']]);
  });

  it('is whole once it was read: nothing arrives in it later', () => {
    const state = showing(named('a'));
    expect(told(state, arriving('zombie'))).toBe(state);
  });
});

describe('runs', () => {
  const run = (id: string, fields: Partial<Execution> = {}): Execution =>
    anExecution({ id, job_name: 'a', ...fields });
  const read = (...list: Execution[]): Message => ({
    type: 'runs',
    name: 'a',
    runs: { list, at: now },
  });

  it('keep the cursor on its run when newer ones come', () => {
    const state = press(
      told(press(showing(named('a')), 'x'), read(run('3'), run('2'), run('1'))),
      'j',
    );
    const after = told(state, read(run('4'), run('3'), run('2')));
    expect(topScreen(after)).toMatchObject({ cursor: { key: '2' } });
  });

  describe('that start while one looks at the newest', () => {
    const under = run('9', { finished_at: '0001-01-01T00:00:00Z', node_name: 'ninth' });
    const stored = [run('3', { output: 'the third' }), run('2'), run('1')];
    const shown = (state: State): (string | undefined)[] =>
      rows(state).filter((line) => /ninth|the third/.test(line));

    it.each(['enter', 'x'])('show above it, on the screen of %s', (key) => {
      const open = told(press(showing(named('a')), key), read(...stored));
      for (const after of [
        told(open, refreshed(named('a'), { busy: [under] })),
        told(open, read(under, ...stored)),
        press(told(press(open, 'enter'), refreshed(named('a'), { busy: [under] })), 'esc'),
      ]) {
        expect(topScreen(after)).toMatchObject({ cursor: { key: '3', row: 1 } });
        expect(shown(after)).toEqual([
          expect.stringContaining('ninth'),
          expect.stringMatching(/^▌.*the third/),
        ]);
      }
    });

    it('are told of once there is no room, and move nothing where one scrolled down', () => {
      const many = Array.from({ length: 60 }, (_, at) => run(String(100 + at))).reverse();
      const open = told(press(showing(named('a')), 'enter'), read(...many));
      const later = Array.from({ length: 30 }, (_, at) => run(String(200 + at))).reverse();
      const after = told(open, read(...later, ...many));
      expect(topScreen(after)).toMatchObject({ cursor: { key: '159' } });
      expect(rows(after)).toContainEqual(expect.stringMatching(/^─ Runs ─ 90, \d+ newer above ─/));
      const below = press(open, ...Array<string>(40).fill('j'));
      const { cursor } = topScreen(below) as { cursor: unknown };
      expect(topScreen(told(below, read(...later, ...many)))).toMatchObject({ cursor });
    });
  });

  it('under way stand on top of those that Dkron stored, once', () => {
    const under = run('9', { finished_at: '0001-01-01T00:00:00Z' });
    const open = press(showing(named('a'), [under]), 'x');
    const opened = (state: State): string =>
      topScreen(press(state, 'g', 'enter')).kind === 'text'
        ? (topScreen(press(state, 'g', 'enter')) as { execution: string }).execution
        : '';
    expect(opened(told(open, read(run('1'))))).toBe('9');
    expect(opened(told(open, read(under, run('1'))))).toBe('9');
    const both = told(open, read(under, run('1')));
    expect(rows(both).filter((line) => line.includes('▸ running'))).toHaveLength(1);
  });

  it('that were asked for earlier and came later change nothing', () => {
    const state = told(press(showing(named('a')), 'x'), read(run('2'), run('1')));
    const late = { list: [run('1')], at: now - 1_000 };
    expect(told(state, { type: 'runs', name: 'a', runs: late })).toBe(state);
  });

  it('show their whole output once it is here, although the end of it comes later', () => {
    const cut = run('1', { output: 'end', output_truncated: true });
    const open = press(told(press(showing(named('a')), 'x'), read(cut)), 'enter');
    const output = (text: string, truncated: boolean): Message => ({
      type: 'output',
      execution: '1',
      text,
      truncated,
    });
    const whole = told(open, output('longer end', true), output('all of it and the end', false));
    expect(topScreen(whole)).toMatchObject({ text: 'all of it and the end', truncated: false });
    expect(told(whole, output('longer end', true))).toEqual(whole);
    expect(told(whole, { ...output('x', false), execution: '2' } as Message)).toEqual(whole);
  });

  it('are remembered of the jobs looked at last, not of all', () => {
    let state = showing([]);
    for (let at = 0; at < 200; at++)
      state = told(state, { type: 'runs', name: `job-${at}`, runs: { list: [], at: now } });
    expect(state.runs.size).toBeLessThanOrEqual(60);
    expect(state.runs.has('job-199')).toBe(true);
  });
});

describe('ctrl-c where one types', () => {
  it('keeps what was typed and closes, and quits only from there', () => {
    const edit = press(
      showing([{ name: 'a', owner: 'ops' }]),
      ':',
      ...type('edit owner'),
      'enter',
      'x',
    );
    expect(writing(effectsOf(edit, 'ctrl-c'))).toEqual([]);
    expect(effectsOf(edit, 'ctrl-c')).not.toContainEqual({ type: 'quit' });
    const left = press(edit, 'ctrl-c');
    expect([left.overlay, left.drafts.size]).toEqual([null, 1]);
    expect(effectsOf(left, 'ctrl-c')).toEqual([{ type: 'quit' }]);
  });

  it('quits at once while a schedule is saved: what was typed is on its way', () => {
    const saving = press(showing(named('a')), 'i', 'ctrl-u', ...type('@hourly'), 'enter');
    expect(effectsOf(saving, 'ctrl-c')).toEqual([{ type: 'quit' }]);
  });
});

describe('a paste into the path of a file', () => {
  it('is the path', () => {
    const asked = told(press(showing([]), 'R', 'o'), { type: 'paste', text: '/tmp/x\n' });
    expect(effectsOf(asked, 'enter')).toEqual([{ type: 'look-inside', file: '/tmp/x' }]);
  });
});

describe('alt keys', () => {
  it('are esc and the key where they mean nothing else, in a question too', () => {
    const state = showing(named('a', 'b'));
    const filtering = press(state, '/', ...type('ab cd'));
    expect(press(filtering, 'alt-b', 'x').screens[0].filter).toBe('ab xcd');
    expect(press(filtering, 'alt-j').overlay).toBeNull();
    expect(cursorOf(press(state, 'alt-j'))).toBe('b');
  });
});

describe('a window of another size', () => {
  it('is what all is drawn for', () => {
    const state = told(showing(named('a')), { type: 'resized', columns: 100, rows: 12 });
    expect(rows(state)).toHaveLength(12);
    expect(state).toMatchObject({ columns: 100, rows: 12 });
  });
});

describe('what runs', () => {
  const run = (id: string, job_name = 'a') => anExecution({ id, job_name });
  const busy = (...runs: Execution[]) => refreshed(named('a', 'b'), { busy: runs });

  it('is the very same while it is the same, whatever else is read', () => {
    const state = told(showing(named('a', 'b')), busy(run('1'), run('2')));
    expect(told(state, busy(run('1'), run('2'))).busy).toBe(state.busy);
    for (const other of [[run('1')], [run('1'), run('3')], [run('1'), run('2', 'b')], []])
      expect(told(state, busy(...other)).busy).not.toBe(state.busy);
    expect(told(state, busy(run('1'), run('2', 'b'))).busy.size).toBe(2);
  });
});
