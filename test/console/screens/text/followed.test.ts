import { describe, expect, it } from 'vitest';
import type { State, TextScreen } from '../../../../src/console/state/model.ts';
import { topScreen } from '../../../../src/console/state/stack.ts';
import { update } from '../../../../src/console/update/update.ts';
import type { Execution } from '../../../../src/dkron/shapes.ts';
import type { RunSight } from '../../../../src/dkron/sight.ts';
import { anExecution } from '../../../support/jobs.ts';
import {
  effectsOf,
  linesOf,
  now,
  press,
  pressing,
  refreshed,
  showing,
  told,
  type,
} from '../../states.ts';

const never = '0001-01-01T00:00:00Z';
const started_at = '2026-11-21T14:31:17Z';
const live = anExecution({ job_name: 'a', id: '1-n1', started_at, finished_at: never, output: '' });
const ended: Execution = { ...live, finished_at: '2026-11-21T14:31:31Z', success: true };
const jobs = [{ name: 'a', executor: 'shell' }];

const follow = { type: 'follow', run: { name: 'a', execution: '1-n1', focused: true } };
const noMore = { type: 'follow', run: null };

/** The output of the last run of a job that runs. */
const opened = (): State => press(showing(jobs, [{ ...live, output: 'first look' }]), 'l');
const screen = (state: State): TextScreen => {
  const top = topScreen(state);
  if (top.kind !== 'text') throw new Error(`on top is ${top.kind}`);
  return top;
};
const seen = (state: State, sight: RunSight, ms = 500) =>
  update(state, { type: 'followed', name: 'a', execution: '1-n1', sight, now: now + ms });
const piece = (state: State, output: string): State =>
  seen(state, { kind: 'runs', run: { ...live, output } })[0];
const pieces = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, at) => `line ${from + at}\n`).join('');
const over = (state: State, output: string): State =>
  seen(state, { kind: 'ended', run: { ...ended, output } })[0];
const body = (state: State): string[] => linesOf(state).slice(2, -1);

describe('the output of a run that has not ended', () => {
  it('is asked for, and says first that it is', () => {
    const [state, effects] = pressing(showing(jobs, [live]), ['l']);
    expect(effects).toEqual([follow]);
    expect(linesOf(state)[1]).toContain('a  2026-11-21T14:31:17Z  n1  ▸ running');
    expect(body(state)[1]).toBe('  asking what it prints…');
  });

  it('says since when it runs, and that it is the last piece', () => {
    const state = piece(opened(), 'line 1\n');
    expect(body(state).slice(0, 3)).toEqual([
      ' ▸ runs since 14:31:17 · Dkron tells only its last piece; some may be missing',
      ' line 1',
      '',
    ]);
    expect(body(piece(opened(), ''))[1]).toBe('  It has printed nothing yet.');
  });

  it('says of a call that it prints when it ends', () => {
    const call = press(showing([{ name: 'a', executor: 'http' }], [live]), 'l');
    expect(body(piece(call, ''))[1]).toMatch(/a call \(http\) prints its answer when it ends/);
  });

  it('has each piece once, each on a line of its own', () => {
    const all = ['a', 'a', 'b\n', 'c\n', ''].reduce(piece, opened());
    expect(screen(all).text).toBe('a\nb\nc\n');
  });

  it('keeps no more than Dkron does, whole lines of it', () => {
    const long = `${'x'.repeat(1_000)}\n`;
    const many = Array.from({ length: 300 }, (_, at) => `${at} ${long}`).reduce(piece, opened());
    const { text } = screen(many);
    expect(text!.length).toBeLessThanOrEqual(256_000);
    expect(text).toMatch(/^\d+ x{1000}\n/);
    expect(text!.endsWith(`299 ${long}`)).toBe(true);
  });

  it('shows new lines as they come, unless one reads further up', () => {
    const full = piece(opened(), pieces(100));
    expect(body(full).at(-1)).toBe(' line 99');
    expect(body(piece(full, pieces(5, 100))).at(-1)).toBe(' line 104');
    const up = press(full, 'k');
    expect(body(piece(up, pieces(5, 100)))).toEqual(body(up));
    expect(body(piece(press(up, 'G'), pieces(5, 100))).at(-1)).toBe(' line 104');
    const smaller = told(full, { type: 'resized', columns: 60, rows: 15 });
    expect(body(piece(smaller, pieces(1, 100))).at(-1)).toBe(' line 100');
  });

  it('keeps the words that were searched for', () => {
    const at = press(piece(opened(), pieces(3)), '/', ...type('line'), 'enter', 'n');
    const after = piece(at, pieces(2, 3));
    expect(linesOf(after)[1]).toMatch(/\/line {2}2 of 5/);
  });

  it('is saved under a name that says so', () => {
    const [effect] = effectsOf(piece(opened(), 'a\n'), 'ctrl-s');
    expect(effect).toMatchObject({ type: 'save-text', name: 'a-output-1-n1-so-far' });
    const [whole] = effectsOf(over(piece(opened(), 'a\n'), 'a\n'), 'ctrl-s');
    expect(whole).toMatchObject({ name: 'a-output-1-n1' });
  });
});

describe('when the run ends', () => {
  it('the whole is there, with how it went, and the list of runs is read again', () => {
    const [state, effects] = seen(piece(opened(), 'line 2\n'), {
      kind: 'ended',
      run: { ...ended, output: 'line 1\nline 2\n', success: false, attempt: 2 },
    });
    expect(linesOf(state)[1]).toContain('n1  try 2  ✗');
    expect(body(state).slice(0, 3)).toEqual([' line 1', ' line 2', '']);
    expect(effects).toEqual([{ type: 'load-runs', name: 'a' }, noMore]);
  });

  it('one reads on at the same line, or at its end', () => {
    const told = piece(piece(opened(), pieces(60, 20)), pieces(60, 100));
    const up = press(told, ...Array<string>(50).fill('k'));
    const top = body(up)[1];
    expect(top).toBe(' line 70');
    expect(body(over(up, pieces(200)))[1]).toBe(top);
    expect(body(over(told, pieces(200))).at(-1)).toBe(' line 199');
  });

  it('without an output it says so only now', () => {
    expect(body(over(piece(opened(), ''), ''))[0]).toBe('  It printed nothing.');
  });

  it('a line says where Dkron cut the beginning', () => {
    const cut = over(piece(opened(), 'x\n'), `${'x'.repeat(255_998)}\ny`);
    expect(body(cut)[0]).toBe(
      ' … Dkron keeps the last 256 000 bytes of an output: the beginning is cut',
    );
    expect(body(cut).at(-1)).toBe(' y');
    expect(body(press(cut, 'g'))[0]).toMatch(/beginning is cut$/);
  });
});

describe('what is not known is not said', () => {
  const lost: RunSight = { kind: 'lost', run: live };

  it('a run that no node runs is lost once that is so for a while; its end may come', () => {
    const told = piece(opened(), 'a\n');
    expect(body(seen(told, lost, 2_499)[0])[0]).toMatch(/▸ runs since/);
    const [gone, effects] = seen(told, lost, 2_500);
    expect(body(gone).slice(0, 2)).toEqual([
      expect.stringMatching(/^ \? no node runs it and no end is stored/),
      ' a',
    ]);
    expect(effects).toEqual([]);
    expect(body(over(gone, 'a\nb\n')).slice(0, 2)).toEqual([' a', ' b']);
  });

  it('a run that is not stored any more keeps what was told of it, until it is stored again', () => {
    const [state, effects] = seen(piece(opened(), 'a\n'), { kind: 'gone' }, 9_000);
    expect(body(state).slice(0, 2)).toEqual([
      expect.stringMatching(/does not keep this run/),
      ' a',
    ]);
    expect(linesOf(state)[1]).toContain('n1  ? not stored');
    // A server that starts has none of them for a moment.
    expect(effects).toEqual([]);
    expect(linesOf(seen(state, lost, 9_500)[0])[1]).toContain('n1  ? no end');
  });

  it('while nobody tells, it is told when something was heard', () => {
    const told_ = piece(opened(), 'a\n');
    const [state] = seen(told_, { kind: 'untold' }, 9_000);
    const lost = told(state, {
      ...{ type: 'lost', trouble: 'refused', reason: 'refused' },
      ...{ now: now + 9_000, retryAt: now + 10_000 },
    });
    expect(body(lost)[0]).toBe(' ? the server cannot be read; last heard of at 14:31:29');
    const paused = press(state, ':', ...type('pause'), 'enter');
    expect(body(paused)[0]).toBe(' ‖ paused, last heard of at 14:31:29; :pause goes on');
  });
});

describe('only what is on the screen is followed', () => {
  it('not while it is paused, and more seldom where nobody looks', () => {
    const state = opened();
    expect(effectsOf(state, ':', ...type('pause'), 'enter')).toContainEqual(noMore);
    const paused = press(state, ':', ...type('pause'), 'enter');
    expect(effectsOf(paused, ':', ...type('pause'), 'enter')).toContainEqual(follow);
    expect(update(state, { type: 'focus', focused: false })[1]).toContainEqual({
      type: 'follow',
      run: { ...follow.run, focused: false },
    });
  });

  it('not once it is left', () => {
    expect(effectsOf(opened(), 'esc')).toEqual([noMore]);
  });

  it('not what has ended, and not in a snapshot', () => {
    const runs = { type: 'runs', name: 'a', runs: { list: [ended], at: now } } as const;
    expect(effectsOf(told(showing(jobs), runs), 'l')).toEqual([]);
  });
});

describe('which run is meant', () => {
  const first = { ...ended, success: false, output: 'exit status 1\n' };
  const second = {
    ...live,
    id: '2-n1',
    attempt: 2,
    finished_at: ended.finished_at,
    started_at: '2026-11-21T14:31:40Z',
  };

  it('is the try that runs, not the one before that waits for it', () => {
    const state = press(showing(jobs, [first, second]), 'l');
    expect(screen(state)).toMatchObject({ execution: '2-n1', live: { kind: 'untold' } });
    expect(linesOf(state)[1]).toContain('n1  try 2  ▸ running');
  });

  it('is the one that runs where the list was read before it began', () => {
    const before = told(showing(jobs), {
      type: 'runs',
      name: 'a',
      runs: { list: [anExecution({ job_name: 'a', id: '0' })], at: now },
    });
    const state = press(told(before, refreshed(jobs, { busy: [live] })), 'l');
    expect(screen(state)).toMatchObject({ execution: '1-n1' });
  });

  it('has its end as soon as it is among what runs, and its output is loaded then', () => {
    const stored = { type: 'runs', name: 'a', runs: { list: [live], at: now } } as const;
    const list = told(
      press(showing(jobs, [live]), 'x'),
      stored,
      refreshed(jobs, { busy: [first, second] }),
    );
    expect(linesOf(list).some((line) => /✗ failed/.test(line))).toBe(true);
    expect(effectsOf(list, 'j', 'enter')).toMatchObject([
      { type: 'load-output', execution: '1-n1' },
    ]);
  });
});
