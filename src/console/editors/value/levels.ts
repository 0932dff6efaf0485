/** The texts of the value editor: the value itself, and JSON inside its strings, one in the other. */
import { closeInner } from '../../../json/inner.ts';
import {
  contentOf,
  endOf,
  type Position,
  replace,
  type TextState,
} from '../../../terminal/text.ts';
import type { TextLevel, ValueOverlay } from '../../state/model.ts';

/** The one that is edited. */
export const levelOf = ({ levels }: ValueOverlay): TextLevel => levels[levels.length - 1]!;

/** The outermost text with every open level put back into the one around it. */
export function wholeText({ levels }: ValueOverlay): string {
  return levels
    .map(({ text, at }) => ({ text: contentOf(text), at }))
    .reduceRight((inner, outer) => ({
      text: closeInner(outer.text, inner.at, inner.text),
      at: outer.at,
    })).text;
}

/** All of it replaced, as one change that can be undone. */
export const withContent = (text: TextState, content: string): TextState =>
  replace(text, { line: 0, column: 0 }, endOf(text.lines), content);

/** UTF-16 units from the start of the text. */
export function offsetOf(lines: readonly string[], { line, column }: Position): number {
  return lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, column);
}
