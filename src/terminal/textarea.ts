/** A text editor of several lines: what its keys do, on top of what every editor's keys do. */
import { edit } from './editing.ts';
import type { Key } from './keys.ts';
import { moveRows } from './layout.ts';
import { insert, type TextState } from './text.ts';

const indentation = '  ';

/**
 * The state after a key in an editor of so many columns and rows on the screen; the same state when
 * the key means nothing to it.
 */
export function editText(
  state: TextState,
  key: Key,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): TextState {
  const page = Math.max(1, rows - 1);
  const extend = key.name.startsWith('shift-');
  switch (key.name) {
    case 'enter':
      return insert(state, `\n${key.coalesced ? '' : indentationAt(state)}`);
    case 'tab':
      return insert(state, indentation);
    case 'up':
    case 'shift-up':
      return moveRows(state, -1, columns, extend);
    case 'down':
    case 'shift-down':
      return moveRows(state, 1, columns, extend);
    case 'pageup':
    case 'shift-pageup':
      return moveRows(state, -page, columns, extend);
    case 'pagedown':
    case 'shift-pagedown':
      return moveRows(state, page, columns, extend);
    default:
      return edit(state, key);
  }
}

/** Pasted text in one piece, its newlines as the editor's. */
export function pasteText(state: TextState, text: string): TextState {
  return insert(state, text.replace(/\r\n?/g, '\n'));
}

/**
 * A new line starts under the one it leaves. Not so when Enter came together with other keys: text
 * pasted into a terminal without bracketed paste brings its own indentation.
 */
function indentationAt({ lines, cursor: { line, column } }: TextState): string {
  return /^[ \t]*/.exec(lines[line]!.slice(0, column))![0];
}
