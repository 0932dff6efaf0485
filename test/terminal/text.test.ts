import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectedText } from '../../src/terminal/editing.ts';
import {
  contentOf,
  insert,
  isBefore,
  redo,
  selection,
  type TextState,
  textOf,
  undo,
} from '../../src/terminal/text.ts';
import { editText, pasteText } from '../../src/terminal/textarea.ts';
import { keyOf } from './press.ts';

const screen = { columns: 40, rows: 10 };
const press = (state: TextState, ...names: string[]) =>
  names.reduce((text, name) => editText(text, keyOf(name), screen), state);

/** The content with the cursor as `|`, and the selection's other end as `^`. */
const shown = (state: TextState) =>
  state.lines
    .map((line, index) => {
      const marks: [number, string][] = [];
      if (state.cursor.line === index) marks.push([state.cursor.column, '|']);
      if (selection(state) && state.anchor?.line === index) marks.push([state.anchor.column, '^']);
      marks.sort(([a], [b]) => b - a);
      return marks.reduce((text, [at, mark]) => text.slice(0, at) + mark + text.slice(at), line);
    })
    .join('\n');

describe('editText', () => {
  it.each<[string, string[], string]>([
    ['ab\ncd', ['down', 'end', 'right', 'x'], 'ab\ncdx|'],
    ['ab\ncd', ['end', 'right', 'x'], 'ab\nx|cd'],
    ['ab\ncd', ['end', 'delete'], 'ab|cd'],
    ['ab\ncd', ['down', 'backspace'], 'ab|cd'],
    ['ab\ncd', ['backspace'], '|ab\ncd'],
    ['ab\ncd', ['ctrl-end', 'delete'], 'ab\ncd|'],
    ['  {', ['end', 'enter', 'x'], '  {\n  x|'],
    ['  {', ['enter'], '\n|  {'],
    ['', ['tab', 'a'], '  a|'],
    ['ab\ncd\nef', ['ctrl-k', 'ctrl-k', 'ctrl-k', 'down', 'ctrl-y'], '\nab\ncd|ef'],
    ['ab\ncd\nef', ['ctrl-k', 'ctrl-k', 'down', 'ctrl-y'], 'cd\nab\n|ef'],
    ['ab\ncd', ['shift-down', 'ctrl-w', 'end', 'ctrl-y'], 'cdab\n|'],
    ['ab\ncd', ['right', 'shift-down'], 'a^b\nc|d'],
    ['ab\ncd', ['right', 'shift-down', 'left'], 'ab\n|cd'],
    ['ab\ncd', ['ctrl-shift-end', 'x'], 'x|'],
    ['one two\nthree', ['alt-f', 'alt-f', 'alt-f'], 'one two\n|three'],
    ['one two\nthree', ['alt->', 'alt-b', 'alt-b', 'alt-b'], 'one |two\nthree'],
    ['abcdef\nab\nabcdef', ['end', 'down', 'down'], 'abcdef\nab\nabcdef|'],
    ['abcdef\nab\nabcdef', ['end', 'down', 'left', 'down'], 'abcdef\nab\na|bcdef'],
    ['日本\nabcd', ['right', 'down'], '日本\nab|cd'],
    ['abcd\n日本', ['right', 'down'], 'abcd\n|日本'],
    ['a\n\n\nb', ['pagedown', 'pageup', 'pagedown'], 'a\n\n\n|b'],
  ])('on %j, %j gives %j', (content, keys, expected) => {
    expect(shown(press(textOf(content), ...keys))).toBe(expected);
  });

  it('does not indent a line that came in a chunk', () => {
    const state = press(textOf('  {'), 'end');
    expect(contentOf(editText(state, keyOf('enter', true), screen))).toBe('  {\n');
  });

  it('keeps the cursor on graphemes when typing combines with what follows', () => {
    const state = insert(textOf('\u0301x'), 'e', 'type');
    expect(shown(press(state, 'a'))).toBe('e\u0301a|x');
  });

  it('moves by the rows of the screen through a line of many rows', () => {
    const state = press(textOf('x'.repeat(100)), 'right', 'down', 'down');
    expect(state.cursor).toEqual({ line: 0, column: 81 });
    expect(press(state, 'up', 'up', 'up').cursor).toEqual({ line: 0, column: 1 });
  });
});

describe('pasteText', () => {
  it('takes newlines of every kind and undoes in one step', () => {
    const state = pasteText(textOf(''), 'a\r\nb\rc\n');
    expect(contentOf(state)).toBe('a\nb\nc\n');
    expect(contentOf(undo(state))).toBe('');
  });

  it('takes a paste of any size', () => {
    const lines = Array.from({ length: 200_000 }, (_, line) => `{"line": ${line}}`).join('\n');
    const state = press(pasteText(textOf('[]\n'), lines), 'x', 'backspace', 'up');
    expect(contentOf(state)).toBe(`${lines}[]\n`);
  });
});

const pieces = [
  'a',
  'b',
  ' ',
  '"',
  '日',
  '👨‍👩‍👧',
  '🇩🇪',
  '\u0301',
  '\r',
  '\t',
  '\ud83d',
  'é',
  '\x1b',
];
const typed = fc.constantFrom(...pieces);
const content = fc
  .array(fc.constantFrom(...pieces, '\n'), { maxLength: 30 })
  .map((parts) => parts.join(''));
const keyNames = [
  ...['left', 'right', 'up', 'down', 'home', 'end', 'pageup', 'pagedown', 'ctrl-home', 'ctrl-end'],
  ...['alt-b', 'alt-f', 'shift-left', 'shift-right', 'shift-up', 'shift-down', 'ctrl-shift-left'],
  ...['shift-home', 'shift-end', 'backspace', 'delete', 'ctrl-k', 'ctrl-u', 'ctrl-w', 'alt-d'],
  ...['alt-w', 'ctrl-y', 'enter', 'tab', 'ctrl-_', 'alt-e', 'ctrl-s'],
];
const command = fc.oneof(
  fc.constantFrom(...keyNames).map((name) => ({ name })),
  typed.map((text) => ({ name: text, text })),
  content.map((paste) => ({ name: 'paste', paste })),
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** Every state is a value: changing one in place would throw here. */
const apply = (state: TextState, next: Command) => {
  Object.freeze(state.lines);
  if ('paste' in next) return pasteText(state, next.paste);
  return editText(state, { ...next, coalesced: false }, { columns: 7, rows: 4 });
};

/** The boundaries of graphemes in a line, found the slow way. */
const boundaries = (line: string) => {
  const parts = line.split(/(?=[\x20-\x7e])/);
  const lengths = parts.flatMap((part) =>
    [...new Intl.Segmenter().segment(part)].map(({ segment }) => segment.length),
  );
  const ends = [0];
  for (const length of lengths) ends.push(ends.at(-1)! + length);
  return ends;
};

/** The cursor or the selection as offsets into the whole content. */
const offsets = (state: TextState) => {
  const [from, to] = selection(state) ?? [state.cursor, state.cursor];
  const offset = ({ line, column }: { line: number; column: number }) =>
    state.lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, 0) + column;
  return [offset(from), offset(to)] as const;
};

/** What an edit does to the content as one string, where that can be said simply. */
function model(state: TextState, next: Command): string | undefined {
  const text = contentOf(state);
  const [from, to] = offsets(state);
  const replaced = (with_: string) => text.slice(0, from) + with_ + text.slice(to);
  if ('paste' in next) return replaced(next.paste.replace(/\r\n?/g, '\n'));
  if ('text' in next) return replaced(next.text);
  if (next.name === 'tab') return replaced('  ');
  if (next.name === 'ctrl-y') return replaced(state.killed);
  if (next.name === 'backspace' || next.name === 'delete') {
    if (from < to) return replaced('');
    const { line, column } = state.cursor;
    const ends = boundaries(state.lines[line]!);
    const at = ends.indexOf(column);
    const back = column === 0 ? 1 : column - ends[at - 1]!;
    const on = at === ends.length - 1 ? 1 : ends[at + 1]! - column;
    return next.name === 'backspace'
      ? text.slice(0, Math.max(0, from - back)) + text.slice(from)
      : text.slice(0, from) + text.slice(from + on);
  }
  const changes = ['ctrl-k', 'ctrl-u', 'ctrl-w', 'alt-d', 'enter', 'ctrl-_', 'alt-e'];
  return changes.includes(next.name) ? undefined : text;
}

describe('any run of keys', () => {
  it('changes the content as a plain string would change', () => {
    fc.assert(
      fc.property(content, fc.array(command, { maxLength: 40 }), (start, commands) => {
        let state = textOf(start);
        for (const next of commands) {
          const expected = model(state, next);
          const kills = ['ctrl-k', 'ctrl-u', 'ctrl-w', 'alt-d'].includes(next.name);
          const after = apply(state, next);
          if (expected !== undefined) expect(contentOf(after)).toBe(expected);
          if (kills && after !== state) {
            const lost = contentOf(state).length - contentOf(after).length;
            expect(after.killed.length - (state.killing ? state.killed.length : 0)).toBe(lost);
          }
          state = after;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps cursor and selection on graphemes of lines there are', () => {
    fc.assert(
      fc.property(content, fc.array(command, { maxLength: 40 }), (start, commands) => {
        let state = textOf(start);
        for (const next of commands) {
          state = apply(state, next);
          for (const { line, column } of [state.cursor, state.anchor ?? state.cursor])
            expect(boundaries(state.lines[line]!)).toContain(column);
          const range = selection(state);
          if (range) expect(isBefore(...range)).toBe(true);
          expect(selectedText(state) === '').toBe(range === undefined);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('can be undone to the start and redone to the end, through states that were', () => {
    fc.assert(
      fc.property(content, fc.array(command, { maxLength: 40 }), (start, commands) => {
        const visited = new Set([start]);
        let state = textOf(start);
        for (const next of commands) {
          state = apply(state, next);
          visited.add(contentOf(state));
        }
        while (state.future) state = redo(state);
        const end = contentOf(state);
        while (state.past) {
          state = undo(state);
          expect(visited).toContain(contentOf(state));
        }
        expect(contentOf(state)).toBe(start);
        while (state.future) state = redo(state);
        expect(contentOf(state)).toBe(end);
      }),
      { numRuns: 300 },
    );
  });
});
