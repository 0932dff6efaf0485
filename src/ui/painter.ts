/**
 * Frames on a terminal: of a line that changed only the cells that changed. Ink's own way lays every
 * span out anew and fills a grid of cells per frame, which takes longer than all else that a key does.
 */
import type { Frame } from '../console/frame/frame.ts';
import { type Line, sameLine } from '../view/line.ts';
import type { Theme } from '../view/theme.ts';
import { type Cells, cellsOf, looksOf } from './cells.ts';

export interface Painter {
  /** Shows a frame as wide as the terminal. @returns whether anything was written. */
  readonly paint: (frame: Frame, columns: number) => boolean;
  /** Somebody else wrote on the screen: the next frame is painted whole. */
  readonly forget: () => void;
}

/** So few equal cells between two changes are written again rather than jumped over. */
const gap = 4;

export function createPainter(write: (text: string) => unknown, theme: Theme): Painter {
  const lookOf = looksOf(theme);
  let lines: readonly Line[] = [];
  const cells: Cells[] = [];
  let width = 0;
  let cursorShown: string | null = null;
  let whole = true;

  function changesTo(next: readonly Line[]): string {
    let out = '';
    let row = -1;
    for (const [y, line] of next.entries()) {
      if (!whole && sameLine(lines[y], line)) continue;
      const now = cellsOf(line, width, lookOf);
      const before = whole ? nothing : cells[y]!;
      cells[y] = now;
      const change = changeOf(before, now);
      if (change === null) continue;
      out +=
        y === row + 1 && change.from === 0 && row >= 0
          ? `\r\n${change.text}`
          : `\x1b[${y + 1};${change.from + 1}H${change.text}`;
      row = y;
    }
    cells.length = next.length;
    return out;
  }

  return {
    forget: () => {
      whole = true;
    },
    paint: (frame, columns) => {
      whole ||= columns !== width || frame.lines.length !== lines.length;
      width = columns;
      const erased = whole ? '\x1b[m\x1b[H\x1b[J' : '';
      const changes = changesTo(frame.lines);
      const cursor = placed(frame);
      const moved = whole || changes !== '' || cursor !== cursorShown;
      lines = frame.lines;
      whole = false;
      if (!moved) return false;
      const hidden = cursor === '' && cursorShown === '' && erased === '';
      cursorShown = cursor;
      write(`${begin}${erased}${changes}${hidden ? '' : cursor || hide}${end}`);
      return true;
    },
  };
}

/** Synchronized output: the terminal shows all of it at once. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
const hide = '\x1b[?25l';

const nothing: Cells = { texts: [], looks: [], certain: true };

const placed = ({ cursor }: Frame): string =>
  cursor === undefined ? '' : `\x1b[${cursor.y + 1};${cursor.x + 1}H\x1b[?25h`;

interface Change {
  /** The cell that it begins in. */
  readonly from: number;
  readonly text: string;
}

/** What makes one line of another; null for nothing. */
function changeOf(before: Cells, now: Cells): Change | null {
  if (before.certain && now.certain) return changedCells(before, now);
  const same =
    before.texts.length === now.texts.length && now.texts.every((_, at) => isSame(before, now, at));
  // Where terminals disagree about cells, nothing of the old line is built upon.
  return same ? null : { from: 0, text: `\x1b[K${run(now, 0, now.texts.length)}` };
}

const isSame = (before: Cells, now: Cells, at: number): boolean =>
  (before.texts[at] ?? ' ') === (now.texts[at] ?? ' ') &&
  (before.looks[at] ?? '') === (now.looks[at] ?? '');

function changedCells(before: Cells, now: Cells): Change | null {
  const length = now.texts.length;
  let first = -1;
  let out = '';
  for (let at = 0; at < length; ) {
    if (isSame(before, now, at)) {
      at++;
      continue;
    }
    const from = startOf(before, now, at);
    const to = endOf(before, now, at);
    if (first < 0) first = from;
    else out += `\x1b[${from + 1}G`;
    out += run(now, from, to);
    at = to;
  }
  if (before.texts.length > length) {
    if (first < 0) first = length;
    else out += `\x1b[${length + 1}G`;
    out += '\x1b[K';
  }
  return first < 0 ? null : { from: first, text: out };
}

/** A wide character goes as a whole, the old one and the new one. */
const isHalf = (before: Cells, now: Cells, at: number): boolean =>
  before.texts[at] === '' || now.texts[at] === '';

function startOf(before: Cells, now: Cells, at: number): number {
  let from = at;
  while (from > 0 && isHalf(before, now, from)) from--;
  return from;
}

function endOf(before: Cells, now: Cells, at: number): number {
  const length = now.texts.length;
  let last = at;
  for (let look = at + 1; look < length && look - last <= gap + 1; look++)
    if (!isSame(before, now, look)) last = look;
  let to = last + 1;
  while (to < length && isHalf(before, now, to)) to++;
  return to;
}

/** The cells `from` to `to` with their looks, from a plain one to a plain one. */
function run({ texts, looks }: Cells, from: number, to: number): string {
  let out = '';
  let look = '';
  for (let at = from; at < to; at++) {
    const wanted = looks[at]!;
    if (wanted !== look)
      out += wanted === '' ? '\x1b[m' : `\x1b[${look === '' ? '' : '0;'}${wanted}m`;
    look = wanted;
    out += texts[at]!;
  }
  return look === '' ? out : `${out}\x1b[m`;
}
