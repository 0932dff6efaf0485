/**
 * The text of an editor as a value: lines, a cursor, a selection, what was killed, and every change
 * so that it can be undone. Nothing here knows a key or a width (editing.ts, layout.ts).
 */
import { boundary } from './graphemes.ts';

/** `column` counts UTF-16 units from the start of the line and lies on a grapheme boundary. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface TextState {
  /** The content between its newlines; never empty. */
  readonly lines: readonly string[];
  readonly cursor: Position;
  /** The other end of the selection. */
  readonly anchor: Position | undefined;
  /** The cell column that moves up and down aim at. */
  readonly goal: number | undefined;
  /** What `yank` inserts. */
  readonly killed: string;
  /** The last command killed, so the next kill adds to it. */
  readonly killing: boolean;
  readonly past: Changes | undefined;
  readonly future: Changes | undefined;
}

/** How a change came about; typed characters and repeated erasing undo together. */
export type ChangeKind = 'type' | 'erase' | 'other';

interface Change {
  readonly kind: ChangeKind;
  readonly from: Position;
  readonly removed: string;
  readonly inserted: string;
  /** Where the cursor stood before. */
  readonly cursor: Position;
}

interface Changes {
  readonly last: Change;
  readonly rest: Changes | undefined;
}

/** A fresh editor over `content`, the cursor at its start, or at its end. */
export function textOf(content: string, cursor: 'start' | 'end' = 'start'): TextState {
  const lines = content.split('\n');
  return {
    lines,
    cursor: cursor === 'start' ? { line: 0, column: 0 } : endOf(lines),
    anchor: undefined,
    goal: undefined,
    killed: '',
    killing: false,
    past: undefined,
    future: undefined,
  };
}

/** Asked for several times a key, and a body of 200 KB takes a millisecond each time. */
const contents = new WeakMap<readonly string[], string>();

/** The content, exactly as `textOf` was given it plus the changes since. */
export function contentOf({ lines }: Pick<TextState, 'lines'>): string {
  let content = contents.get(lines);
  if (content === undefined) {
    content = lines.join('\n');
    contents.set(lines, content);
  }
  return content;
}

export function endOf(lines: readonly string[]): Position {
  const line = lines.length - 1;
  return { line, column: lines[line]!.length };
}

export function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** The selected range in order, or undefined when nothing is selected. */
export function selection({ anchor, cursor }: TextState): [Position, Position] | undefined {
  if (anchor === undefined || samePosition(anchor, cursor)) return undefined;
  return isBefore(anchor, cursor) ? [anchor, cursor] : [cursor, anchor];
}

export function textBetween(state: TextState, from: Position, to: Position): string {
  const { lines } = state;
  if (from.line === to.line) return lines[from.line]!.slice(from.column, to.column);
  return [
    lines[from.line]!.slice(from.column),
    ...lines.slice(from.line + 1, to.line),
    lines[to.line]!.slice(0, to.column),
  ].join('\n');
}

/** The cursor moved, dropping the selection, or stretching it. */
export function moveTo(state: TextState, cursor: Position, extend = false): TextState {
  const anchor = extend ? (state.anchor ?? state.cursor) : undefined;
  return { ...state, cursor, anchor, goal: undefined, killing: false };
}

/** The range replaced by `inserted`, the cursor behind it; remembered for undo. */
export function replace(
  state: TextState,
  from: Position,
  to: Position,
  inserted: string,
  kind: ChangeKind = 'other',
): TextState {
  const removed = textBetween(state, from, to);
  if (removed === '' && inserted === '') return state;
  const change = { kind, from, removed, inserted, cursor: state.cursor };
  return { ...splice(state, from, to, inserted), past: remember(state.past, change) };
}

/** The text in place of the selection, or at the cursor. */
export function insert(state: TextState, text: string, kind: ChangeKind = 'other'): TextState {
  const [from, to] = selection(state) ?? [state.cursor, state.cursor];
  return replace(state, from, to, text, kind);
}

/** The last change, or run of typed characters, taken back. */
export function undo(state: TextState): TextState {
  if (state.past === undefined) return state;
  const { last, rest } = state.past;
  const restored = splice(state, last.from, endAfter(last.from, last.inserted), last.removed);
  return {
    ...restored,
    cursor: last.cursor,
    past: rest,
    future: { last, rest: state.future },
  };
}

/** The last undone change made again. */
export function redo(state: TextState): TextState {
  if (state.future === undefined) return state;
  const { last, rest } = state.future;
  const redone = splice(state, last.from, endAfter(last.from, last.removed), last.inserted);
  return { ...redone, past: { last, rest: state.past }, future: rest };
}

function samePosition(a: Position, b: Position): boolean {
  return a.line === b.line && a.column === b.column;
}

function endAfter(from: Position, text: string): Position {
  const lines = text.split('\n');
  const { line, column } = endOf(lines);
  return { line: from.line + line, column: line === 0 ? from.column + column : column };
}

function splice(state: TextState, from: Position, to: Position, text: string): TextState {
  const head = state.lines[from.line]!.slice(0, from.column);
  const tail = state.lines[to.line]!.slice(to.column);
  const middle = `${head}${text}${tail}`.split('\n');
  const lines = state.lines.slice(0, from.line).concat(middle, state.lines.slice(to.line + 1));
  const { line, column } = endAfter(from, text);
  // What was inserted may combine with what follows it: the cursor then stands behind both.
  const cursor = { line, column: boundary(lines[line]!, column) };
  return {
    ...state,
    lines,
    cursor,
    anchor: undefined,
    goal: undefined,
    killing: false,
    future: undefined,
  };
}

function remember(past: Changes | undefined, change: Change): Changes {
  const merged = past && merge(past.last, change);
  return merged ? { last: merged, rest: past.rest } : { last: change, rest: past };
}

/** Two changes as one: a word being typed, or graphemes erased one after the other. */
function merge(last: Change, next: Change): Change | undefined {
  if (last.kind !== next.kind || next.kind === 'other') return undefined;
  if (next.kind === 'type') {
    const follows =
      next.removed === '' && samePosition(endAfter(last.from, last.inserted), next.from);
    const newWord = /\s$/u.test(last.inserted) && !/^\s/u.test(next.inserted);
    return follows && !newWord ? { ...last, inserted: last.inserted + next.inserted } : undefined;
  }
  if (samePosition(next.from, last.from)) return { ...last, removed: last.removed + next.removed };
  return samePosition(endAfter(next.from, next.removed), last.from)
    ? { ...last, from: next.from, removed: next.removed + last.removed }
    : undefined;
}
