import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  editLine,
  type LineState,
  lineOf,
  lineText,
  lineView,
  pasteLine,
} from '../../src/terminal/line.ts';
import { keyOf } from './press.ts';

const press = (state: LineState, ...names: string[]) =>
  names.reduce((line, name) => editLine(line, keyOf(name)), state);

/** The text with the cursor as `|`. */
const shown = (state: LineState) => {
  const text = lineText(state);
  return `${text.slice(0, state.cursor.column)}|${text.slice(state.cursor.column)}`;
};

describe('editLine', () => {
  it.each<[string, string[], string]>([
    ['abc', ['d'], 'abcd|'],
    ['abc', ['left', 'left', 'x'], 'ax|bc'],
    ['abc', ['home', 'delete'], '|bc'],
    ['abc', ['ctrl-a', 'right', 'backspace'], '|bc'],
    ['abc', ['ctrl-b', 'ctrl-d'], 'ab|'],
    ['ab 👨‍👩‍👧', ['backspace'], 'ab |'],
    ['ab 👨‍👩‍👧', ['left', 'x'], 'ab x|👨‍👩‍👧'],
    ['e\u0301', ['backspace'], '|'],
    ['@every 5m', ['alt-b'], '@every |5m'],
    ['@every 5m', ['ctrl-left', 'ctrl-left'], '@|every 5m'],
    ['@every 5m', ['home', 'alt-f'], '@every| 5m'],
    ['one two three', ['ctrl-w', 'ctrl-w'], 'one |'],
    ['one two three', ['ctrl-w', 'ctrl-w', 'ctrl-y'], 'one two three|'],
    ['one two three', ['home', 'alt-d', 'end', 'ctrl-y'], ' two threeone|'],
    ['one two', ['alt-b', 'ctrl-k'], 'one |'],
    ['one two', ['alt-b', 'ctrl-u'], '|two'],
    ['one two', ['alt-b', 'ctrl-u', 'end', 'ctrl-y'], 'twoone |'],
    ['abc', ['shift-left', 'shift-left', 'x'], 'ax|'],
    ['abc', ['shift-home', 'backspace'], '|'],
    ['abc', ['shift-home', 'alt-w', 'end', 'ctrl-y'], 'abcabc|'],
    ['abc', ['ctrl-shift-left', 'ctrl-w', 'ctrl-y', 'ctrl-y'], 'abcabc|'],
  ])('on %j, %j gives %j', (text, keys, expected) => {
    expect(shown(press(lineOf(text), ...keys))).toBe(expected);
  });

  it.each<[string[], string]>([
    [['a', 'b', 'c', 'ctrl-_'], '|'],
    [['a', 'b', 'space', 'c', 'ctrl-_'], 'ab |'],
    [['a', 'b', 'space', 'c', 'ctrl-_', 'alt-u'], '|'],
    [['a', 'b', 'space', 'c', 'ctrl-_', 'ctrl-_', 'alt-e', 'alt-e'], 'ab c|'],
    [['a', 'b', 'backspace', 'backspace', 'ctrl-_'], 'ab|'],
    [['a', 'b', 'ctrl-u', 'ctrl-_', 'x', 'alt-e'], 'abx|'],
  ])('undoes: %j gives %j', (keys, expected) => {
    expect(shown(press(lineOf(), ...keys))).toBe(expected);
  });

  it('gives the same state for a key that is not its own', () => {
    const state = lineOf('abc');
    for (const name of ['enter', 'tab', 'up', 'esc', 'ctrl-s', 'alt-x', 'pagedown'])
      expect(editLine(state, keyOf(name))).toBe(state);
  });
});

describe('pasteLine', () => {
  it('turns newlines into spaces and drops those at the end', () => {
    expect(lineText(pasteLine(lineOf('a '), 'b\r\nc\rd\ne\n'))).toBe('a b c d e');
  });

  it('is undone in one step', () => {
    expect(lineText(press(pasteLine(lineOf('a '), 'b c d'), 'ctrl-_'))).toBe('a ');
  });
});

describe('lineView', () => {
  it.each<[string, number, ReturnType<typeof lineView>]>([
    ['abc', 10, { text: 'abc', cursor: 3, clipped: [false, false] }],
    ['abcdefghi', 10, { text: 'abcdefghi', cursor: 9, clipped: [false, false] }],
    ['abcdefghij', 10, { text: 'fghij', cursor: 5, clipped: [true, false] }],
    ['日本語', 4, { text: '語', cursor: 2, clipped: [true, false] }],
    ['a\x1b[31mb', 20, { text: 'a␛[31mb', cursor: 7, clipped: [false, false] }],
    ['a\tb', 20, { text: 'a    b', cursor: 6, clipped: [false, false] }],
  ])('of %j in %i cells', (text, columns, view) => {
    expect(lineView(lineOf(text), columns)).toEqual(view);
  });

  it('always shows the cursor and never more than its cells', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.array(fc.constantFrom('left', 'right', 'alt-b', 'home')),
        fc.integer({ min: 1, max: 30 }),
        (text, moves, columns) => {
          const view = lineView(press(lineOf(text), ...moves), columns);
          expect(stringWidth(view.text)).toBeLessThanOrEqual(columns);
          expect(view.cursor).toBeGreaterThanOrEqual(0);
          expect(view.cursor).toBeLessThan(columns);
        },
      ),
    );
  });
});
