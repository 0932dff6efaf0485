import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { levelOf } from '../../../src/console/editors/value/levels.ts';
import { frameOf } from '../../../src/console/frame/frame.ts';
import type { State } from '../../../src/console/state/model.ts';
import { update } from '../../../src/console/update/update.ts';
import { lineText } from '../../../src/view/line.ts';
import { effectsOf, press, showing, told } from '../states.ts';

const config = (body: string) => ({ method: 'POST', url: 'http://x/', body });
const job = { name: 'a', executor: 'http', executor_config: config('{"a":1}') };
const long = JSON.stringify({ a: Array.from({ length: 60_000 }, (_, at) => `item ${at} é漢`) });
const pasted = told(press(showing([job]), 'b', 'ctrl-a', 'ctrl-end'), {
  type: 'paste',
  text: long,
});
const linesOf = (state: State): readonly string[] => {
  if (state.overlay?.kind !== 'value') throw new Error('no editor is open');
  return levelOf(state.overlay).text.lines;
};
const paused = (state: State): State => told(state, { type: 'check', lines: linesOf(state) });

/** UTF-16 units that were taken apart into graphemes, or read as JSON. */
let looked = 0;
const { segment } = Intl.Segmenter.prototype;
const { parse } = JSON;

beforeEach(() => {
  vi.spyOn(Intl.Segmenter.prototype, 'segment').mockImplementation(function (
    this: Intl.Segmenter,
    text: string,
  ) {
    looked += text.length;
    return segment.call(this, text);
  });
  vi.spyOn(JSON, 'parse').mockImplementation((text: string, ...more) => {
    looked += text.length;
    return parse(text, ...more);
  });
});
afterEach(() => vi.restoreAllMocks());

describe('a line of a megabyte', () => {
  it.each([
    'Q',
    'é',
    'backspace',
    'ctrl-z',
    'left',
    'up',
    'pageup',
    'home',
    'end',
    'ctrl-left',
    'enter',
  ])('costs %s no more than what is shown of it', (key) => {
    const before = paused(press(pasted, 'up', 'up', 'left'));
    frameOf(before);
    looked = 0;
    frameOf(press(before, key));
    expect(long.length).toBeGreaterThan(900_000);
    expect(looked).toBeLessThan(60_000);
  });

  it('is checked once one pauses', () => {
    const typed = press(pasted, 'Q');
    expect(effectsOf(pasted, 'Q')).toContainEqual({ type: 'check-later', lines: linesOf(typed) });
    const verdict = (state: State): string => lineText(frameOf(state).lines[2]!);
    expect(verdict(typed)).toContain('checked when you stop typing');
    expect(verdict(paused(typed))).toContain('✗ ');
    expect(verdict(told(typed, { type: 'check', lines: [] }))).toContain(
      'checked when you stop typing',
    );
  });

  it('is checked after a paste as well', () => {
    const editor = press(showing([job]), 'b', 'ctrl-a', 'ctrl-end');
    const [state, effects] = update(editor, { type: 'paste', text: long });
    expect(effects).toContainEqual({ type: 'check-later', lines: linesOf(state) });
  });

  it('is a draft at once', () => {
    expect([...press(pasted, 'Q').drafts.values()][0]?.text).toContain('item 59999 é漢"]}Q');
  });
});

describe('inside a string of it', () => {
  const outer = JSON.stringify({ inner: long });
  const opened = press(
    showing([{ ...job, executor_config: config(outer) }]),
    ...['b', 'down', 'end', 'left', 'left', 'ctrl-o'],
  );

  it('what is typed is kept when one pauses, or leaves', () => {
    const typed = press(opened, 'x');
    expect(opened.overlay).toMatchObject({ levels: [{}, {}] });
    expect(typed.drafts.size).toBe(0);
    for (const state of [paused(typed), press(typed, 'ctrl-c')]) expect(state.drafts.size).toBe(1);
  });
});
