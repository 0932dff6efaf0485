/** A terminal to paint on without a program: what was written shows in xterm's emulator. */
import { setImmediate as turn } from 'node:timers/promises';
import type { Sheet } from '../../src/ui/screen.ts';
import { Emulator, seen } from './emulator.ts';

export class Paper extends Emulator implements Sheet {
  columns: number;

  constructor(columns: number, rows: number) {
    super(columns, rows);
    this.columns = columns;
  }

  readonly write = (text: string, done: () => void = () => {}): void =>
    text === '' ? void turn().then(done) : this.draw(text, done);

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.terminal.resize(columns, rows);
  }

  /** All that was written is on it. */
  dried(): Promise<void> {
    return new Promise((resolve) => this.terminal.write('', resolve));
  }

  /** The lines without the spaces at their ends, those with a look too. */
  shown(): string[] {
    return this.lines().map((line) => line.trimEnd());
  }

  /** Every cell of each row as it is seen, as one text a cell. */
  async cells(): Promise<string[][]> {
    await this.dried();
    return Array.from({ length: this.rows }, (_, row) =>
      Array.from({ length: this.cols }, (_, column) => seen(this.cell(column, row)!)),
    );
  }
}
