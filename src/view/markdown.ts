/** Text of servers and files as Markdown shows it, wherever it stands: nothing in it is obeyed. */
import { clean } from '../terminal/cell.ts';

/** In a code span, on one line. A bar, at which a table ends its cell even there, is a broken one. */
export function codeSpan(text: string): string {
  const inside = clean(text).trim().replaceAll('|', '¦') || ' ';
  const ticks = fenceFor([inside], 1);
  const padded = /^`|`$/.test(inside) ? ` ${inside} ` : inside;
  return ticks + padded + ticks;
}

/** Lines in a block that no line of theirs can end. */
export function codeBlock(language: string, lines: readonly string[]): string[] {
  const fence = fenceFor(lines, 3);
  return [fence + language, ...lines, fence];
}

/** More backticks than there are anywhere inside. */
function fenceFor(lines: readonly string[], least: number): string {
  const longest = lines
    .flatMap((line) => line.match(/`+/g) ?? [])
    .reduce((most, { length }) => Math.max(most, length), 0);
  return '`'.repeat(Math.max(least, longest + 1));
}
