/** What makes one line on the screen of another, in as few bytes as there are ways. */
import type { Cells } from './cells.ts';
import { type Looks, plainLook } from './looks.ts';

/** Bytes, and the look that is switched on after them. */
export interface Written {
  readonly text: string;
  readonly pen: string;
}

/** So many equal cells between two changes are always jumped over. */
const far = 24;
const erase = '\x1b[K';
/** Bytes of a short `moved`. */
const leastMove = 4;

/** The cells from one to before another. */
type Run = readonly [from: number, to: number];

interface Difference {
  readonly row: number;
  readonly before: Cells;
  readonly now: Cells;
  readonly runs: readonly Run[];
}

interface Start {
  readonly pen: string;
  /** Of the cursor in that row, or `nowhere`. */
  readonly column: number;
}

/** The cursor is in another row, or it is not known where. */
const nowhere = -1;

export type ChangeOf = (row: number, before: Cells, now: Cells, pen: string) => Written | null;

/** @returns what writes `now` where `before` stands, from and to any look; null for nothing. */
export function changesIn({ isGround, switched }: Looks): ChangeOf {
  function isBlank({ texts, looks }: Cells, at: number): boolean {
    return at >= texts.length || (texts[at] === ' ' && !isGround(looks[at]!));
  }

  const isSame = (before: Cells, now: Cells, at: number): boolean =>
    (before.texts[at] === now.texts[at] && before.looks[at] === now.looks[at]) ||
    (isBlank(now, at) && isBlank(before, at));

  /** The cells `from` to `to`. Blanks without a ground are the same in every look that has none. */
  function spelled(cells: Cells, from: number, to: number, penBefore: string): Written {
    let pen = penBefore;
    let text = '';
    let start = from;
    for (let at = from; at < to; at++) {
      const look = cells.looks[at]!;
      if (look === pen) continue;
      const blank = isBlank(cells, at);
      if (blank && !isGround(pen)) continue;
      const wanted = blank ? groundless(cells, at, to) : look;
      text += between(cells, start, at) + switched(pen, wanted);
      start = at;
      pen = wanted;
    }
    return { text: text + between(cells, start, to), pen };
  }

  /** The look for blanks from `at` on: already that of what follows them, where it has no ground. */
  function groundless(cells: Cells, at: number, to: number): string {
    let next = at;
    while (next < to && isBlank(cells, next)) next++;
    const look = cells.looks[next];
    return next === to || isGround(look!) ? plainLook : look!;
  }

  /** The runs of cells that differ, as pairs of their ends. A wide character goes as a whole, old and new. */
  function differing(before: Cells, now: Cells): Run[] {
    const runs: Run[] = [];
    const { length } = now.texts;
    const isHalf = (at: number): boolean => before.texts[at] === '' || now.texts[at] === '';
    for (let at = 0; at < length; at++) {
      if (isSame(before, now, at)) continue;
      let from = at;
      while (from > 0 && isHalf(from)) from--;
      do at++;
      while (at < length && (isHalf(at) || !isSame(before, now, at)));
      runs.push([from, at]);
    }
    return runs;
  }

  function update({ row, before, now, runs }: Difference, start: Start): Written {
    let { pen, column } = start;
    let text = '';
    for (const [from, to] of runs) {
      const jumped = spelled(now, from, to, pen);
      let best = { pen: jumped.pen, text: moved(row, column, from) + jumped.text };
      if (column >= 0 && from - column < far) {
        const over = spelled(now, column, to, pen);
        if (bytes(over.text) <= bytes(best.text)) best = over;
      }
      text += best.text;
      pen = best.pen;
      column = to;
    }
    const { length } = now.texts;
    if (before.texts.length <= length) return { text, pen };
    text += moved(row, column, length) + switched(pen, plainLook) + erase;
    return { text, pen: plainLook };
  }

  /** The same on an empty rest of the line: long bars leave more blanks than letters behind. */
  function anew({ row, before, now, runs }: Difference, pen: string): Written {
    const column = runs[0]![0];
    const start = moved(row, nowhere, column) + switched(pen, plainLook) + erase;
    const kept = cutAt(before, column);
    const difference = { row, before: kept, now, runs: differing(kept, now) };
    const rest = update(difference, { pen: plainLook, column });
    return { text: start + rest.text, pen: rest.pen };
  }

  /** Whether so much becomes blank that emptying the line first may be shorter. */
  function emptied({ before, now, runs }: Difference): boolean {
    let blanks = 0;
    for (const [from, to] of runs)
      for (let at = from; at < to; at++) if (isBlank(now, at) && !isBlank(before, at)) blanks++;
    return blanks >= erase.length + leastMove;
  }

  function whole(row: number, before: Cells, now: Cells, pen: string): Written | null {
    const { length } = now.texts;
    let same = length === before.texts.length;
    for (let at = 0; same && at < length; at++) same = isSame(before, now, at);
    if (same) return null;
    const rest = spelled(now, 0, length, plainLook);
    const text = moved(row, nowhere, 0) + switched(pen, plainLook) + erase + rest.text;
    return { text, pen: rest.pen };
  }

  return (row, before, now, pen) => {
    // Where terminals disagree about cells, nothing of the old line is built upon.
    if (!before.certain || !now.certain) return whole(row, before, now, pen);
    const difference = { row, before, now, runs: differing(before, now) };
    const isLonger = before.texts.length > now.texts.length;
    if (difference.runs.length === 0 && !isLonger) return null;
    const updated = update(difference, { pen, column: nowhere });
    if (!emptied(difference)) return updated;
    const other = anew(difference, pen);
    return bytes(other.text) < bytes(updated.text) ? other : updated;
  };
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** To a cell: from anywhere, or to the right of a column of the same row. */
function moved(row: number, column: number, to: number): string {
  if (column === to) return '';
  if (column < 0) return `\x1b[${row + 1}${to === 0 ? '' : `;${to + 1}`}H`;
  const [right, place] = [String(to - column), String(to + 1)];
  return right.length < place.length ? `\x1b[${right}C` : `\x1b[${place}G`;
}

function between({ texts }: Cells, from: number, to: number): string {
  const part = texts.slice(from, to);
  return typeof part === 'string' ? part : part.join('');
}

function cutAt({ texts, looks, certain }: Cells, end: number): Cells {
  return { texts: texts.slice(0, end), looks: looks.slice(0, end), certain };
}
