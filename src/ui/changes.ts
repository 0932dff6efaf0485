/** What makes one line on the screen of another, in as few bytes as there are ways. */
import { type Cells, noCells } from './cells.ts';
import { type Looks, plainLook } from './looks.ts';

/** Bytes, and the look that is switched on after them. */
export interface Written {
  readonly text: string;
  readonly pen: string;
}

/** So many equal cells between two changes are always jumped over. */
const far = 24;
const erase = '\x1b[K';

export type ChangeOf = (row: number, before: Cells, now: Cells, pen: string) => Written | null;

/** @returns what writes `now` where `before` stands, from and to any look; null for nothing. */
export function changesIn({ isGround, switched }: Looks): ChangeOf {
  function isBlank({ texts, looks }: Cells, at: number): boolean {
    return at >= texts.length || (texts[at] === ' ' && !isGround(looks[at]!));
  }

  const isSame = (before: Cells, now: Cells, at: number): boolean =>
    isBlank(now, at)
      ? isBlank(before, at)
      : before.texts[at] === now.texts[at] && before.looks[at] === now.looks[at];

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
  function differing(before: Cells, now: Cells): [number, number][] {
    const runs: [number, number][] = [];
    const { length } = now.texts;
    const isHalf = (at: number): boolean => before.texts[at] === '' || now.texts[at] === '';
    for (let at = 0; at < length; ) {
      if (isSame(before, now, at)) {
        at++;
        continue;
      }
      let from = at;
      while (from > 0 && isHalf(from)) from--;
      do at++;
      while (at < length && (isHalf(at) || !isSame(before, now, at)));
      runs.push([from, at]);
    }
    return runs;
  }

  function update(row: number, before: Cells, now: Cells, penBefore: string): Written | null {
    const runs = differing(before, now);
    const isLonger = before.texts.length > now.texts.length;
    let pen = penBefore;
    let out = '';
    let column = -1;
    for (const [from, to] of runs) {
      const jumped = spelled(now, from, to, pen);
      let best = { pen: jumped.pen, text: moved(row, column, from) + jumped.text };
      if (column >= 0 && from - column < far) {
        const over = spelled(now, column, to, pen);
        if (bytes(over.text) <= bytes(best.text)) best = over;
      }
      out += best.text;
      pen = best.pen;
      column = to;
    }
    if (isLonger) {
      const { length } = now.texts;
      out +=
        (column === length ? '' : moved(row, column, length)) + switched(pen, plainLook) + erase;
      return { text: out, pen: plainLook };
    }
    return out === '' ? null : { text: out, pen };
  }

  /** The same on an empty rest of the line: long bars leave more blanks than letters behind. */
  function anew(row: number, before: Cells, now: Cells, penBefore: string): Written | null {
    const first = differing(before, now)[0]?.[0];
    if (first === undefined || before.texts.length <= first) return null;
    const kept = cutAt(before, first);
    const rest = update(row, kept, now, plainLook);
    const start = moved(row, -1, first) + switched(penBefore, plainLook) + erase;
    return { text: start + (rest?.text ?? ''), pen: rest?.pen ?? plainLook };
  }

  function whole(row: number, before: Cells, now: Cells, pen: string): Written | null {
    const { length } = now.texts;
    let same = length === before.texts.length;
    for (let at = 0; same && at < length; at++) same = isSame(before, now, at);
    if (same) return null;
    const rest = spelled(now, 0, length, plainLook);
    const text = moved(row, -1, 0) + switched(pen, plainLook) + erase + rest.text;
    return { text, pen: rest.pen };
  }

  return (row, before, now, pen) => {
    // Where terminals disagree about cells, nothing of the old line is built upon.
    if (!before.certain || !now.certain) return whole(row, before, now, pen);
    const updated = update(row, before, now, pen);
    if (updated === null || updated.text.length < far || before === noCells) return updated;
    const other = anew(row, before, now, pen);
    return other !== null && bytes(other.text) < bytes(updated.text) ? other : updated;
  };
}

const bytes = (text: string): number => Buffer.byteLength(text);

/** To a cell: from anywhere, or from a column of the same row. */
const moved = (row: number, column: number, to: number): string =>
  column >= 0 ? `\x1b[${to + 1}G` : `\x1b[${row + 1}${to === 0 ? '' : `;${to + 1}`}H`;

function between({ texts }: Cells, from: number, to: number): string {
  const part = texts.slice(from, to);
  return typeof part === 'string' ? part : part.join('');
}

function cutAt({ texts, looks, certain }: Cells, end: number): Cells {
  return { texts: texts.slice(0, end), looks: looks.slice(0, end), certain };
}
