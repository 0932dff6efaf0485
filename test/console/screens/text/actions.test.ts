import { describe, expect, it } from 'vitest';
import type { State, TextScreen } from '../../../../src/console/state/model.ts';
import { push, topScreen } from '../../../../src/console/state/stack.ts';
import { effectsOf, linesOf, press, showing, type } from '../../states.ts';

const reading = (text: string | null, fields: Partial<TextScreen> = {}): State =>
  push(showing([{ name: 'a' }]), {
    kind: 'text',
    what: 'output',
    title: 'a',
    job: 'a',
    text,
    truncated: false,
    wrap: false,
    top: 0,
    left: 0,
    search: '',
    ...fields,
  });
const screen = (state: State): TextScreen => {
  const top = topScreen(state);
  if (top.kind !== 'text') throw new Error(`on top is ${top.kind}`);
  return top;
};
const search = (state: State, words: string, ...keys: string[]): TextScreen =>
  screen(press(state, '/', ...type(words), 'enter', ...keys));
const lines = (count: number, at: Readonly<Record<number, string>>): string =>
  Array.from({ length: count }, (_, line) => at[line] ?? `line ${line}`).join('\n');

describe('a match that is gone to', () => {
  // 21 of the 100 lines show.
  const text = lines(100, { 30: 'needle', 50: 'needle', 95: 'needle' });

  it('stands on top, unless it is in the last page', () => {
    expect(search(reading(text), 'needle')).toMatchObject({ match: 0, top: 30 });
    expect(search(reading(text), 'needle', 'n')).toMatchObject({ match: 1, top: 50 });
    expect(search(reading(text), 'needle', 'n', 'n')).toMatchObject({ match: 2, top: 79 });
  });

  it('is the next below the top, once one scrolled away from the last', () => {
    const away = ['g', ...Array<string>(31).fill('j')];
    expect(search(reading(text), 'needle', ...away, 'n')).toMatchObject({ match: 1 });
    expect(search(reading(text), 'needle', ...away, 'N')).toMatchObject({ match: 0 });
    expect(search(reading(text), 'needle', 'G', 'n')).toMatchObject({ match: 2 });
    expect(search(reading(text), 'needle', 'n', 'G', 'N')).toMatchObject({ match: 1 });
    expect(search(reading(text), 'needle', 'g', 'N')).toMatchObject({ match: 2 });
  });

  it('counts as in sight from the first row to the last', () => {
    // The match at 30 is in the last row, then one below it, then on top, then one above.
    const at = (top: number) => [...['g', ...Array<string>(top).fill('j')], 'n'];
    const next = (top: number) => search(reading(text), 'needle', ...at(top)).match;
    expect([next(10), next(9), next(30), next(31)]).toEqual([1, 0, 1, 1]);
    const previous = (top: number) =>
      search(reading(text), 'needle', ...at(top).slice(0, -1), 'N').match;
    expect([previous(10), previous(9), previous(30), previous(31)]).toEqual([2, 2, 2, 0]);
  });

  it('is scrolled to sideways only where it would not show', () => {
    const row = (from: number): State => reading(`${'x'.repeat(from)}needle${'y'.repeat(300)}`);
    // 78 columns, of which the last shows that the line goes on.
    expect(search(row(71), 'needle').left).toBe(0);
    expect(search(row(72), 'needle').left).toBe(72 - 39);
    expect(search(row(200), 'needle').left).toBe(200 - 39);
  });

  it('brings the line back from where it was scrolled to', () => {
    const state = press(reading(`needle${'y'.repeat(300)}needle`), '$');
    const first = search(state, 'needle', 'n', 'N');
    expect(first).toMatchObject({ match: 0, left: 0 });
    const near = press(reading(`${'x'.repeat(41)}needle${'y'.repeat(300)}`), 'l');
    expect(search(near, 'needle').left).toBe(40);
    const cut = press(reading(`${'x'.repeat(40)}needle${'y'.repeat(300)}`), 'l');
    expect(search(cut, 'needle').left).toBe(0);
  });

  it('leaves a wrapped text where it is', () => {
    const wrapped = reading(`${'x'.repeat(200)}needle`, { wrap: true });
    expect(search(wrapped, 'needle').left).toBe(0);
  });
});

describe('keys of a text', () => {
  it('say that it is still loading, or that nothing was searched for', () => {
    for (const key of ['ctrl-s', 'c']) {
      expect(effectsOf(reading(null), key)).toEqual([]);
      expect(press(reading(null), key).flash?.text).toContain('still loading');
    }
    expect(press(reading('x'), 'N').flash?.level).toBe('info');
  });

  it('save it under a name that says what it is, and copy it', () => {
    expect(effectsOf(reading('x', { execution: '1-n1' }), 'ctrl-s')).toEqual([
      { type: 'save-text', name: 'a-output-1-n1', text: 'x' },
    ]);
    expect(effectsOf(reading('x', { what: 'raw' }), 'ctrl-s')).toEqual([
      { type: 'save-text', name: 'a-raw', text: 'x' },
    ]);
    expect(effectsOf(reading('', { what: 'body' }), 'c')).toEqual([{ type: 'copy', text: '' }]);
  });

  it('show JSON of an output as printed from its first row, and again laid out', () => {
    const state = press(reading('{"a":1,"b":[1,2]}'), 'j', 'p');
    expect(screen(state)).toMatchObject({ raw: true, top: 0, left: 0 });
    expect(screen(press(state, 'p')).raw).toBe(false);
    expect(press(reading('{"a":1}', { what: 'raw' }), 'p').flash?.text).toContain('no JSON');
    expect(press(reading(null), 'p').flash?.text).toContain('no JSON');
  });

  it('ask for the whole of an output whose end is there', () => {
    const cut = reading('x', { truncated: true, execution: '1-n1' });
    expect(effectsOf(cut, 'f')).toEqual([
      { type: 'load-output', name: 'a', execution: '1-n1', whole: true },
    ]);
    expect(effectsOf(reading('x', { execution: '1-n1' }), 'f')).toEqual([]);
    expect(effectsOf(reading('x', { truncated: true }), 'f')).toEqual([]);
  });
});

describe('the title', () => {
  const title = (state: State): string => linesOf(state)[1]!;

  it('counts the rows that one has come to', () => {
    expect(title(reading(lines(100, {})))).toMatch(/ 21\/100$/);
    expect(title(press(reading(lines(100, {})), 'j'))).toMatch(/ 22\/100$/);
    expect(title(reading('x\n'))).toMatch(/ 1\/1$/);
    expect(title(reading('x\n\n'))).toMatch(/ 2\/2$/);
  });

  it('says which of the matches one is at, or that there is none', () => {
    const state = reading('one one\ntwo', { search: 'one' });
    expect(title(state)).toContain('/one  2  ');
    expect(title(press(state, 'n'))).toContain('/one  1 of 2');
    expect(title(reading('x', { search: 'y' }))).toContain('/y  no match');
  });

  it('of a run says when it began, in the zone of the times, and how it ended', () => {
    const run = { at: Date.parse('2026-11-21T14:00:00Z'), words: 'n1  ✓' };
    expect(title(reading('x', { run }))).toMatch(/^ a {2}2026-11-21T14:00:00Z {2}n1 {2}✓ /);
    const paris: State = { ...reading('x', { run }), zone: 'Europe/Paris' };
    expect(title(paris)).toContain('2026-11-21T15:00:00+01:00');
    expect(title(reading('x', { run: { ...run, at: null } }))).toMatch(/^ a {2}n1 {2}✓ /);
  });
});
