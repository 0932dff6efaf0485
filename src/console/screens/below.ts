import { counted } from '../../base/counted.ts';
import { bar, fillRows, rule } from '../../view/compose.ts';
import type { Line } from '../../view/line.ts';
import { firstShown } from '../state/layout.ts';

/** What stands below a list, under a rule with a word, and how much of it is out of sight. */
export function partBelow(
  lines: readonly Line[],
  word: string,
  { top, inPane }: { readonly top?: number; readonly inPane?: boolean },
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Line[] {
  const height = rows - 1;
  const first = firstShown(top, lines.length, height);
  const more = lines.length - first - height;
  const shown = lines.slice(first, first + height).map((line) => [bar(inPane), ...line]);
  const words = more > 0 ? `${word} ─ ${counted(more, 'more line')}: tab` : word;
  return [rule(columns, words), ...fillRows(shown, height)];
}
