/** What a terminal shows: xterm's emulator, with what a test asks of it. */
import xterm, { type IBufferCell, type Terminal } from '@xterm/headless';
import { currentUnicode } from './unicode.ts';

/** What a test waits to see. */
export type Sight = string | RegExp;

export const shows = (text: string, sight: Sight): boolean =>
  typeof sight === 'string' ? text.includes(sight) : sight.test(text);

export class Emulator {
  /** Bytes the program has written. */
  bytes = 0;
  /** What it has written since a test last emptied it. */
  written = '';
  /** Frames it has drawn as synchronized updates. */
  frames = 0;
  /** The title it gave the terminal's window. */
  title = '';
  /** Lines it pushed off the top of the alternate screen: a frame was taller than the screen. */
  pushedOff = 0;

  protected readonly terminal: Terminal;
  #unparsed = 0;
  #cursorHidden = false;

  constructor(cols: number, rows: number) {
    this.terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true, scrollback: 1000 });
    this.#listen();
  }

  get cols(): number {
    return this.terminal.cols;
  }

  get rows(): number {
    return this.terminal.rows;
  }

  /** The screen's lines, without the spaces at their ends and without empty lines at the bottom. */
  text(): string {
    return this.lines().join('\n').trimEnd();
  }

  lines(): string[] {
    return Array.from({ length: this.rows }, (_, row) => this.line(row));
  }

  /** One line, from 0. */
  line(row: number): string {
    const buffer = this.terminal.buffer.active;
    return buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '';
  }

  /** The first row that contains the text, or -1. */
  rowOf(text: string): number {
    return this.lines().findIndex((line) => line.includes(text));
  }

  /** One cell: character, width and attributes (`isInverse`, `isBold`, `getFgColor`, …). */
  cell(column: number, row: number): IBufferCell | undefined {
    const buffer = this.terminal.buffer.active;
    return buffer.getLine(buffer.baseY + row)?.getCell(column);
  }

  /** Every cell below the first line, which tells the time, as it is seen. */
  looks(): string[][] {
    return Array.from({ length: this.rows - 1 }, (_, row) =>
      Array.from({ length: this.cols }, (_, column) => seen(this.cell(column, row + 1)!)),
    );
  }

  /** Where the terminal's own cursor stands, and whether it shows. */
  cursor(): { column: number; row: number; visible: boolean } {
    const { cursorX, cursorY } = this.terminal.buffer.active;
    return { column: cursorX, row: cursorY, visible: !this.#cursorHidden };
  }

  alternate(): boolean {
    return this.terminal.buffer.active.type === 'alternate';
  }

  /** Rows that continue the one above: something was drawn wider than the screen. */
  wrappedRows(): number[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.rows }, (_, row) => row).filter(
      (row) => active.getLine(active.baseY + row)?.isWrapped,
    );
  }

  /** What went wrong, with the whole screen. */
  complaint(what: string): Error {
    const edge = '─'.repeat(this.cols);
    return new Error(`${what}. The screen:\n${edge}\n${this.text()}\n${edge}`);
  }

  /** Between the two ends of a synchronized update: what shows is no frame. */
  get halfDrawn(): boolean {
    return this.terminal.modes.synchronizedOutputMode;
  }

  /** All that came is on the screen. */
  protected get caughtUp(): boolean {
    return this.#unparsed === 0;
  }

  protected draw(data: string, drawn: () => void): void {
    this.bytes += Buffer.byteLength(data);
    this.written += data;
    this.#unparsed += 1;
    this.terminal.write(data, () => {
      this.#unparsed -= 1;
      drawn();
    });
  }

  /** What a shell's user would curse, had a program ended now. */
  protected leftBehind(modesKept: boolean): string[] {
    const { bracketedPasteMode, mouseTrackingMode, sendFocusMode, wraparoundMode } =
      this.terminal.modes;
    const complaints: [boolean, string][] = [
      [this.alternate(), 'the alternate screen'],
      [this.#cursorHidden, 'a hidden cursor'],
      [!modesKept, 'changed terminal modes (stty)'],
      [bracketedPasteMode, 'bracketed paste'],
      [mouseTrackingMode !== 'none', 'mouse reports'],
      [sendFocusMode, 'focus reports'],
      [!wraparoundMode, 'lines that do not wrap'],
    ];
    return complaints.filter(([is]) => is).map(([, what]) => what);
  }

  #listen(): void {
    const { unicode, parser } = this.terminal;
    unicode.register(currentUnicode);
    unicode.activeVersion = currentUnicode.version;
    parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) => this.#mode(modes, true));
    parser.registerCsiHandler({ prefix: '?', final: 'l' }, (modes) => this.#mode(modes, false));
    let buffer = this.terminal.buffer.active.type;
    this.terminal.onScroll(() => {
      // The emulator also fires once when a program enters or leaves the alternate screen.
      if (buffer === this.terminal.buffer.active.type && this.alternate()) this.pushedOff += 1;
      buffer = this.terminal.buffer.active.type;
    });
    this.terminal.onTitleChange((title) => {
      this.title = title;
    });
  }

  #mode(modes: readonly (number | number[])[], on: boolean): boolean {
    if (modes.includes(25)) this.#cursorHidden = !on;
    if (modes.includes(2026) && !on) this.frames += 1;
    return false;
  }
}

/** A cell as one text: its letter, and how it looks where that is seen. */
export function seen(cell: IBufferCell): string {
  const ground = [
    cell.isInverse() && 'inverse',
    cell.isUnderline() && 'underline',
    !cell.isBgDefault() && `bg ${cell.getBgColorMode()} ${cell.getBgColor()}`,
  ].filter(Boolean);
  const text = cell.getWidth() === 0 ? '←' : cell.getChars() || ' ';
  // Of a blank that has no ground, nothing is seen of how its letter would look.
  if (text === ' ' && ground.length === 0) return text;
  const letter = [
    cell.isBold() && 'bold',
    cell.isDim() && 'dim',
    !cell.isFgDefault() && `fg ${cell.getFgColorMode()} ${cell.getFgColor()}`,
  ].filter(Boolean);
  return [text, ...ground, ...letter].join(' ');
}
