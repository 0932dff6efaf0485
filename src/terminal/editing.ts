/**
 * What keys do in an editor: the readline and nano habits that a shell user's fingers have. One
 * table serves the line editor and the text editor.
 */
import { own } from '../base/own.ts';
import { after, before, wordAfter, wordBefore } from './graphemes.ts';
import type { Key } from './keys.ts';
import {
  endOf,
  insert,
  isBefore,
  moveTo,
  type Position,
  redo,
  replace,
  selection,
  type TextState,
  textBetween,
  undo,
} from './text.ts';

type Motion = (state: TextState) => Position;
type Edit = (state: TextState) => TextState;

const left: Motion = ({ lines, cursor: { line, column } }) => {
  if (column > 0) return { line, column: before(lines[line]!, column) };
  return line > 0 ? { line: line - 1, column: lines[line - 1]!.length } : { line, column };
};

const right: Motion = ({ lines, cursor: { line, column } }) => {
  if (column < lines[line]!.length) return { line, column: after(lines[line]!, column) };
  return line < lines.length - 1 ? { line: line + 1, column: 0 } : { line, column };
};

const wordLeft: Motion = (state) => {
  const { line, column } = state.cursor;
  return column === 0 ? left(state) : { line, column: wordBefore(state.lines[line]!, column) };
};

const wordRight: Motion = (state) => {
  const { line, column } = state.cursor;
  const text = state.lines[line]!;
  return column === text.length ? right(state) : { line, column: wordAfter(text, column) };
};

const lineStart: Motion = ({ cursor: { line } }) => ({ line, column: 0 });
const lineEnd: Motion = ({ lines, cursor: { line } }) => ({ line, column: lines[line]!.length });
const textStart: Motion = () => ({ line: 0, column: 0 });
const textEnd: Motion = ({ lines }) => endOf(lines);

/** From the cursor to the end of its line, or over the newline when it stands there already. */
const restOfLine: Motion = (state) => {
  const end = lineEnd(state);
  return end.column === state.cursor.column ? right(state) : end;
};

/** The motions; with `shift-` in front each stretches the selection. */
const motions: Readonly<Record<string, Motion>> = {
  left,
  'ctrl-b': left,
  right,
  'ctrl-f': right,
  'ctrl-left': wordLeft,
  'alt-left': wordLeft,
  'alt-b': wordLeft,
  'ctrl-right': wordRight,
  'alt-right': wordRight,
  'alt-f': wordRight,
  home: lineStart,
  'ctrl-a': lineStart,
  end: lineEnd,
  'ctrl-e': lineEnd,
  'ctrl-home': textStart,
  'alt-<': textStart,
  'ctrl-end': textEnd,
  'alt->': textEnd,
};

const changes: Readonly<Record<string, Edit>> = {
  backspace: (state) => erase(state, left),
  delete: (state) => erase(state, right),
  'ctrl-d': (state) => erase(state, right),
  'ctrl-k': (state) => kill(state, restOfLine),
  'ctrl-u': (state) => kill(state, lineStart),
  'ctrl-w': (state) => kill(state, wordLeft),
  'alt-backspace': (state) => kill(state, wordLeft),
  'ctrl-backspace': (state) => kill(state, wordLeft),
  'alt-d': (state) => kill(state, wordRight),
  'ctrl-delete': (state) => kill(state, wordRight),
  'alt-w': (state) => ({ ...state, killed: selectedText(state) || state.killed }),
  'ctrl-y': (state) => insert(state, state.killed),
  'ctrl-z': undo,
  'ctrl-_': undo,
  'alt-u': undo,
  'alt-e': redo,
};

/** Whether a key that types nothing means something to an editor. */
export const edits = (name: string): boolean =>
  Object.hasOwn(changes, name) || Object.hasOwn(motions, name.replace('shift-', ''));

/**
 * The state after a key that both editors know: a motion, an edit, or a typed character. A key that
 * means nothing to them gives the same state back, so a caller can tell.
 */
export function edit(state: TextState, key: Key): TextState {
  if (key.text !== undefined) return insert(state, key.text, 'type');
  const command = own(changes, key.name);
  if (command !== undefined) return command(state);
  const plain = key.name.replace('shift-', '');
  const motion = own(motions, plain);
  return motion === undefined ? state : moveTo(state, motion(state), plain !== key.name);
}

export function selectedText(state: TextState): string {
  const range = selection(state);
  return range === undefined ? '' : textBetween(state, ...range);
}

/** The range from the cursor to where a motion leads, or the selection where there is one. */
function reach(state: TextState, motion: Motion): [Position, Position] {
  const selected = selection(state);
  if (selected !== undefined) return selected;
  const to = motion(state);
  return isBefore(to, state.cursor) ? [to, state.cursor] : [state.cursor, to];
}

function erase(state: TextState, motion: Motion): TextState {
  return replace(state, ...reach(state, motion), '', 'erase');
}

/** Erases into `killed`; kills in a row collect, so that several lines can be moved. */
function kill(state: TextState, motion: Motion): TextState {
  const [from, to] = reach(state, motion);
  const taken = textBetween(state, from, to);
  if (taken === '') return state;
  const earlier = state.killing ? state.killed : '';
  const killed = from === state.cursor ? earlier + taken : taken + earlier;
  return { ...replace(state, from, to, ''), killed, killing: true };
}
