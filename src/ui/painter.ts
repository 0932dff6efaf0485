/**
 * Frames on a terminal: of a line that changed only the cells that changed. Ink's own way lays every
 * span out anew and fills a grid of cells per frame, which takes longer than all else that a key does.
 */
import type { Frame } from '../console/frame/frame.ts';
import { type Line, sameLine } from '../view/line.ts';
import type { Theme } from '../view/theme.ts';
import { type Cells, cellsOf, noCells } from './cells.ts';
import { changesIn } from './changes.ts';
import { looksOf, plainLook } from './looks.ts';

export interface Painter {
  /** Shows a frame as wide as the terminal. @returns whether anything was written. */
  readonly paint: (frame: Frame, columns: number) => boolean;
  /** Somebody else wrote on the screen: the next frame is painted whole. */
  readonly forget: () => void;
}

export function createPainter(write: (text: string) => unknown, theme: Theme): Painter {
  const looks = looksOf(theme);
  const changeOf = changesIn(looks);
  let lines: readonly Line[] = [];
  const cells: Cells[] = [];
  let width = 0;
  /** Where the cursor was shown; null when it is not known. */
  let cursorShown: string | null = null;
  let whole = true;

  function changesTo(next: readonly Line[]): string {
    let out = '';
    let pen = plainLook;
    for (const [row, line] of next.entries()) {
      if (!whole && sameLine(lines[row], line)) continue;
      const now = cellsOf(line, width, looks.of);
      const change = changeOf(row, whole ? noCells : cells[row]!, now, pen);
      cells[row] = now;
      if (change === null) continue;
      out += change.text;
      pen = change.pen;
    }
    cells.length = next.length;
    return out + looks.switched(pen, plainLook);
  }

  return {
    forget: () => {
      whole = true;
      cursorShown = null;
    },
    paint: (frame, columns) => {
      whole ||= columns !== width || frame.lines.length !== lines.length;
      width = columns;
      const changes = (whole ? eraseAll : '') + changesTo(frame.lines);
      const cursor = placed(frame);
      lines = frame.lines;
      whole = false;
      if (changes === '' && cursor === cursorShown) return false;
      const off = cursorShown === '' ? '\x1b[?7l' : '\x1b[?7;25l';
      const on = cursor === '' ? '\x1b[?7h' : '\x1b[?7;25h';
      write(`${begin}${off}${changes}${cursor}${on}${end}`);
      cursorShown = cursor;
      return true;
    },
  };
}

/** Synchronized output: the terminal shows all of it at once. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
/*
 * While a frame is written a terminal that has just become narrower must break no line, which would
 * scroll the last one (mode 7), and its cursor, if it shows, must not be seen to wander (mode 25).
 */
const eraseAll = '\x1b[m\x1b[H\x1b[J';

const placed = ({ cursor }: Frame): string =>
  cursor === undefined ? '' : `\x1b[${cursor.y + 1};${cursor.x + 1}H`;
