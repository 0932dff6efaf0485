/**
 * Shows what a test does to a screen while it does it, on the terminal of the developer who started
 * it with `npm run e2e NAME -- --slow`: each frame, and below it the scenario and the keys.
 */
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { WriteStream } from 'node:tty';
import type { IBufferCell } from '@xterm/headless';
import type { Emulator } from './emulator.ts';

/** The pause after each key, ms; set by scripts/e2e.ts. */
const pause = Number(process.env['DKRON_TUI_E2E_SLOW'] ?? 0);

class Live {
  /** The test's own output is gathered by its runner; this goes past it. */
  readonly #terminal = new WriteStream(openSync('/dev/tty', 'w'));
  readonly #told: string[] = [];
  #scenario = '';

  /** A scenario begins. */
  begin(title: string): void {
    this.#scenario = title;
    this.#told.length = 0;
  }

  /** What is done to the screen now: a key, a signal. */
  tell(screen: Emulator, what: string): void {
    this.#told.push(what.length > 40 ? `${what.slice(0, 39)}…` : what);
    this.draw(screen);
  }

  async pause(): Promise<void> {
    await sleep(pause);
  }

  draw(screen: Emulator): void {
    const [columns, height] = this.#terminal.getWindowSize();
    const frame = fitting(screen.rows, height - 3).map((row) => painted(screen, row, columns));
    const caption = [
      '─'.repeat(columns),
      ` ${this.#scenario}`.slice(0, columns),
      this.#keys(columns),
    ];
    const lines = [...frame, ...caption].map((line) => `${line}\x1b[0m\x1b[K`).join('\r\n');
    this.#terminal.write(`\x1b[?2026h\x1b[?25l\x1b[H${lines}\x1b[J\x1b[?2026l`);
  }

  /** The last ones, as far as they fit; the newest stands out. */
  #keys(columns: number): string {
    const newest = this.#told.at(-1) ?? '';
    const before = this.#told.slice(0, -1).join('  ');
    return `${before.slice(-Math.max(1, columns - newest.length - 5))}  \x1b[7m ${newest} `;
  }
}

/** Null when tests run as fast as they can. */
export const slowly: Live | null = pause > 0 ? new Live() : null;

/** The rows that show: where there is no room for all, those of the middle are left out. */
function fitting(rows: number, room: number): number[] {
  const all = Array.from({ length: rows }, (_, row) => row);
  return rows <= room ? all : [...all.slice(0, room - bottom), ...all.slice(-bottom)];
}
/** What was done, and what is asked, stands in the last rows. */
const bottom = 5;

/** One row as a terminal is to draw it, cut to so many columns. */
function painted(screen: Emulator, row: number, columns: number): string {
  let line = '';
  let before = '';
  for (let column = 0; column < Math.min(screen.cols, columns); column += 1) {
    const cell = screen.cell(column, row);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const style = styleOf(cell);
    line += `${style === before ? '' : `\x1b[${style}m`}${cell.getChars() || ' '}`;
    before = style;
  }
  return line;
}

const styleOf = (cell: IBufferCell): string =>
  [
    '0',
    cell.isBold() && '1',
    cell.isDim() && '2',
    cell.isItalic() && '3',
    cell.isUnderline() && '4',
    cell.isInverse() && '7',
    !cell.isFgDefault() && `38;${colour(cell.isFgRGB(), cell.getFgColor())}`,
    !cell.isBgDefault() && `48;${colour(cell.isBgRGB(), cell.getBgColor())}`,
  ]
    .filter(Boolean)
    .join(';');

const colour = (isRgb: boolean, value: number): string =>
  isRgb ? `2;${value >> 16};${(value >> 8) & 255};${value & 255}` : `5;${value}`;
