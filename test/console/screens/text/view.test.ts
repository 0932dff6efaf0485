import { describe, expect, it } from 'vitest';
import { frameOf } from '../../../../src/console/frame/frame.ts';
import type { State, TextScreen } from '../../../../src/console/state/model.ts';
import { push, topScreen } from '../../../../src/console/state/stack.ts';
import { width } from '../../../../src/terminal/cell.ts';
import { lineText } from '../../../../src/view/line.ts';
import { effectsOf, press, showing, told, type } from '../../states.ts';

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `line ${at + 1}`).join('\n');

/** A text of a job, on a screen of 80 × 24: 21 lines show. */
const reading = (text: string, fields: Partial<TextScreen> = {}): State =>
  push(showing([{ name: 'a' }]), {
    kind: 'text',
    what: 'output',
    title: 'a',
    job: 'a',
    text,
    truncated: false,
    wrap: true,
    top: 0,
    left: 0,
    search: '',
    ...fields,
  });
const body = (state: State): string[] =>
  frameOf(state)
    .lines.slice(2, -1)
    .map((line) => lineText(line).trim());
const title = (state: State): string => lineText(frameOf(state).lines[1]!).trim();

describe('scrolling', () => {
  it('ends with the last line at the bottom', () => {
    const end = press(reading(lines(100)), 'G');
    expect(body(end).at(-1)).toBe('line 100');
    expect(body(press(end, 'j', 'pagedown', 'ctrl-d'))).toEqual(body(end));
    expect(body(press(end, 'g'))[0]).toBe('line 1');
  });

  it('by half a page goes there and back', () => {
    const state = reading(lines(100));
    expect(body(press(state, 'ctrl-d'))[0]).toBe('line 12');
    expect(body(press(state, 'ctrl-d', 'ctrl-u'))[0]).toBe('line 1');
  });

  it('never shows an empty screen when the window grows under it', () => {
    const wrapped = `${'word '.repeat(40)}\n`.repeat(30);
    const end = press(reading(wrapped), 'G');
    for (const size of [{ columns: 250 }, { rows: 60 }, { columns: 250, rows: 60 }]) {
      const shown = body({ ...end, ...size });
      expect(shown.filter((line) => line !== '').length).toBeGreaterThan(20);
      expect(title({ ...end, ...size })).toMatch(/ (\d+)\/\1$/);
    }
  });

  it('goes sideways as far as the widest line, when lines are whole', () => {
    const wide = `${'x'.repeat(200)}end\nshort`;
    const state = press(reading(wide), 'w', 'l', 'l', 'l', 'l', 'l');
    expect(body(state)[0]).toMatch(/x+end$/);
    expect(body(press(state, 'h', 'h', 'h', 'h'))[1]).toBe('short');
  });
});

describe('wrapping', () => {
  const text = Array.from({ length: 60 }, (_, at) => `${at} ${'word '.repeat(at % 7).repeat(9)}`);
  const top = (state: State): string => body(state)[0]!.slice(0, 20);

  it('keeps the line that is on top', () => {
    const wrapped = press(reading(text.join('\n')), ...Array<string>(31).fill('j'));
    const whole = press(wrapped, 'w');
    const line = Number.parseInt(top(whole), 10);
    expect(line).toBeGreaterThan(5);
    expect(text.findIndex((words) => words.startsWith(`${line} `))).toBe(line);
    const again = press(whole, 'w');
    expect(top(again)).toBe(top(whole));
    expect(press(again, 'w', 'w')).toEqual(again);
  });
});

describe('searching', () => {
  const found = (state: State): string | undefined => body(state)[0];
  const searched = (text: string, words: string): State =>
    press(reading(text), '/', ...type(words), 'enter');

  it('n goes from match to match and round the end', () => {
    const text = `start\n${lines(30)}\nneedle 1\n${lines(30)}\nneedle 2\n${lines(40)}`;
    const state = searched(text, 'needle');
    expect(['', 'n', 'nn'].map((keys) => found(press(state, ...keys)))).toEqual([
      'needle 1',
      'needle 2',
      'needle 1',
    ]);
  });

  it('n goes on from matches that stand together on the last page', () => {
    const text = `start\n${lines(30)}\nneedle 1\n${lines(60)}\nneedle 2\nneedle 3\nend`;
    const state = searched(text, 'needle');
    expect(found(state)).toBe('needle 1');
    expect(body(press(state, 'n'))).toContain('needle 3');
    expect(title(press(state, 'n'))).toContain('/needle  2 of 3');
    expect(title(press(state, 'n', 'n'))).toContain('/needle  3 of 3');
    expect(found(press(state, 'n', 'n', 'n'))).toBe('needle 1');
  });

  it('N goes the other way', () => {
    const text = `needle 1\n${lines(30)}\nneedle 2\n${lines(60)}`;
    const state = searched(text, 'needle');
    expect(found(press(state, 'N'))).toBe('needle 2');
    expect(found(press(state, 'N', 'N'))).toBe('needle 1');
  });

  it('shows the matches, whatever their case, and which of how many one is at', () => {
    const state = searched('An Error, an error\nfine', 'error');
    const spans = frameOf(state).lines[2]!.filter(({ inverse }) => inverse);
    expect(spans.map(({ text }) => text)).toEqual(['Error', 'error']);
    expect(title(state)).toContain('/error  1 of 2 ');
    expect(title(press(state, 'n'))).toContain('/error  2 of 2 ');
    expect(title(press(state, 'n', 'n'))).toContain('/error  1 of 2 ');
    expect(title(press(state, 'N'))).toContain('/error  2 of 2 ');
    const current = frameOf(press(state, 'n')).lines[2]!.filter(({ bold }) => bold);
    expect(current.map(({ text }) => text)).toEqual(['error']);
  });

  describe('while one types', () => {
    const text = `${lines(30)}\nzeal\n${lines(30)}\nzebra\n${lines(40)}`;
    const state = press(reading(text), 'j', 'j');

    it('goes to the first match from where one was, and back with the letters', () => {
      const typed = press(state, '/', ...type('ze'));
      expect(found(typed)).toBe('zeal');
      expect(found(press(typed, 'b'))).toBe('zebra');
      expect(found(press(typed, 'b', 'backspace'))).toBe('zeal');
      expect(found(press(typed, 'x'))).toBe('line 3');
    });

    it('esc goes back to the place and to the words of before', () => {
      const [kept, left] = [['enter'], ['enter', '/', ...type('x'), 'esc']].map((keys) =>
        press(state, '/', ...type('zeb'), ...keys),
      );
      expect(left).toEqual(kept);
      expect(found(press(state, '/', ...type('zeb'), 'esc'))).toBe('line 3');
    });

    it('shows a match that stands far to the right of a whole line', () => {
      const wide = press(reading(`${'x'.repeat(500)}needle\n${lines(40)}`), 'w');
      const line = (shown: State): string | undefined => body(shown)[0];
      expect(line(press(wide, '/', ...type('needle')))).toMatch(/^…x+needle$/);
      expect(line(press(wide, '/', ...type('needle'), 'esc'))).toMatch(/^x+…$/);
    });
  });

  it('finds what a wrapped line breaks in two', () => {
    const state = searched(`${'x'.repeat(75)}needle and more`, 'needle');
    const spans = frameOf(state).lines.flatMap((line) => line.filter(({ inverse }) => inverse));
    expect(spans.map(({ text }) => text)).toEqual(['nee', 'dle']);
    expect(title(state)).toContain('1 of 1');
  });

  it('goes on from where one scrolled to', () => {
    const text = Array.from({ length: 9 }, (_, at) => `needle ${at}\n${lines(30)}`).join('\n');
    const state = press(searched(text, 'needle'), ...Array<string>(100).fill('j'));
    expect(found(press(state, 'n'))).toBe('needle 4');
    expect(found(press(state, 'N'))).toBe('needle 3');
  });

  it('is called search, not filter', () => {
    expect(lineText(frameOf(reading('x')).lines.at(-1)!)).toMatch(/\/ search/);
    expect(lineText(frameOf(reading('x')).lines.at(-1)!)).not.toMatch(/filter/);
  });

  it('marks what it found, where small letters are longer than capitals', () => {
    const state = searched('İİİİ an error', 'error');
    const spans = frameOf(state).lines[2]!.filter(({ inverse }) => inverse);
    expect(spans.map(({ text }) => text)).toEqual(['error']);
  });

  it('says so when nothing matches, and when nothing was searched for', () => {
    expect(press(searched('text', 'needle'), 'n').flash?.text).toBe('nothing matches needle');
    expect(press(reading('text'), 'n').flash?.text).toBe('search first, with /');
  });

  it('esc ends the search, then leaves', () => {
    const state = press(searched('text', 't'), 'esc');
    expect(topScreen(state)).toMatchObject({ kind: 'text', search: '' });
    expect(topScreen(press(state, 'esc')).kind).toBe('jobs');
  });
});

describe('lines that are cut', () => {
  const wide = reading(`${'0123456789'.repeat(20)}end\nshort`, { wrap: false });

  it('say so at both ends', () => {
    expect(body(wide)[0]).toMatch(/^0123.*…$/);
    expect(body(press(wide, 'right'))[0]).toMatch(/^….*…$/);
    expect(body(press(wide, '$'))[0]).toMatch(/^….*89end$/);
    expect(body(press(wide, '$', '0'))).toEqual(body(wide));
    expect(body(wide)[1]).toBe('short');
  });

  it('keep wide characters and their columns', () => {
    const state = reading('数据同步'.repeat(50), { wrap: false });
    for (const keys of [[], ['right'], ['right', 'right'], ['$']]) {
      const { lines: shown } = frameOf(press(state, ...keys));
      for (const line of shown) expect(width(lineText(line))).toBe(80);
    }
  });
});

describe('JSON', () => {
  const printed = '{"b":1,"a":[1.50,12345678901234567890],"a":null}';
  const laidOut = ['{', '  "b": 1,', '  "a": [', '    1.50,', '    12345678901234567890'];
  const shown = (state: State): string[] =>
    frameOf(state)
      .lines.slice(2, 7)
      .map((line) => lineText(line).slice(1).trimEnd());

  it('is laid out, its numbers and keys as they were printed; p shows it as it was', () => {
    const state = reading(printed);
    expect(shown(state)).toEqual(laidOut);
    expect(title(state)).toContain('JSON formatted');
    const raw = press(state, 'p');
    expect(body(raw)[0]).toBe(printed);
    expect(title(raw)).toContain('as printed');
    expect(shown(press(raw, 'p'))).toEqual(laidOut);
  });

  it('is laid out line by line among others', () => {
    const state = reading(`[INFO] begin\n${printed}\n{broken\n[1, 2`);
    expect(shown(state)).toEqual(['[INFO] begin', ...laidOut.slice(0, 4)]);
    expect(body(state)).toEqual(expect.arrayContaining(['{broken', '[1, 2']));
  });

  it.each(['plain', '12', '"text"', '[INFO] x', '[]', '{}'])('is none: %s', (text) => {
    expect(body(reading(text))[0]).toBe(text);
    expect(press(reading(text), 'p').flash?.text).toContain('there is no JSON to format');
  });

  it('is saved and copied as it was printed', () => {
    expect(effectsOf(reading(printed), 'c')).toEqual([{ type: 'copy', text: printed }]);
    expect(effectsOf(reading(printed), 'ctrl-s')).toMatchObject([{ text: printed }]);
  });
});

describe('what there is', () => {
  it.each([
    [null, 'loading…'],
    ['', 'It printed nothing.'],
    ['\n', ''],
  ])('%j', (text, shown) => {
    expect(body(reading('', { text }))[0]).toBe(shown);
  });

  it('says that the head of it is missing', () => {
    expect(title(reading('x', { truncated: true }))).toContain('only the end; f loads all');
  });

  it('stays where it is read when the lines before it come', () => {
    const end = lines(100);
    const state = press(reading(end, { truncated: true, execution: 'id' }), 'j', 'j');
    const output = { type: 'output', execution: 'id', truncated: false } as const;
    expect(body(told(state, { ...output, text: `head\n${lines(50)}\n${end}` }))).toEqual(
      body(state),
    );
    expect(body(told(state, { ...output, text: `${end}\nand more` }))).toEqual(body(state));
  });

  it('loads the whole on f, and only where something is missing', () => {
    const cut = reading('x', { truncated: true, execution: 'id' });
    expect(press(cut, 'f').flash).toBeNull();
    expect(press(reading('x'), 'f').flash?.text).toBe('load all: the whole output is loaded');
  });
});
