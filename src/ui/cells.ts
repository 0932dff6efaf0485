/** A line as the cells of the terminal that it takes. */
import { clusters, isAgreed, isOneCellEach } from '../terminal/cell.ts';
import type { Line, Span } from '../view/line.ts';
import { switchedOn } from '../view/paint.ts';
import type { Theme } from '../view/theme.ts';

export interface Cells {
  /** What stands in each cell; "" in the second cell of a wide character. */
  readonly texts: readonly string[];
  /** What switches each cell's look on; "" for a plain one. */
  readonly looks: readonly string[];
  /** Whether every terminal gives these characters the same cells. */
  readonly certain: boolean;
}

/** `columns` at most, without plain blanks at the end. */
export function cellsOf(line: Line, columns: number, lookOf: LookOf): Cells {
  const texts: string[] = [];
  const looks: string[] = [];
  let certain = true;
  for (const span of line) {
    const look = lookOf(span);
    if (isOneCellEach(span.text))
      for (let at = 0; at < span.text.length; at++) {
        texts.push(span.text[at]!);
        looks.push(look);
      }
    else {
      certain &&= isAgreed(span.text);
      for (const { grapheme, cells } of clusters(span.text))
        for (let at = 0; at < cells; at++) {
          texts.push(at === 0 ? grapheme : '');
          looks.push(look);
        }
    }
  }
  let end = Math.min(texts.length, columns);
  while (end > 0 && texts[end - 1] === ' ' && isGroundless(looks[end - 1]!)) end--;
  texts.length = end;
  looks.length = end;
  return { texts, looks, certain };
}

export type LookOf = (span: Span) => string;

/** The codes of a theme; each look is spelled once. */
export function looksOf(theme: Theme): LookOf {
  const known = new Map<string, string>();
  return (span) => {
    const key = `${span.tone}${span.bold}${span.inverse}${span.badge}`;
    let look = known.get(key);
    if (look === undefined) {
      look = switchedOn(theme(span));
      known.set(key, look);
    }
    return look;
  };
}

/** Whether a blank in that look is the terminal's own ground: no reverse, no line below it, no colour behind. */
const isGroundless = (look: string): boolean =>
  look === '' || !/(?:^|;)(?:[47]|4[0-8]|10[0-7])(?:;|$)/.test(look);
