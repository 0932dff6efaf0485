/** A screen of rows with a cursor: the jobs, a plan, the journal. */
import type { Console } from './console.ts';

export class List {
  protected readonly on: Console;

  constructor(on: Console) {
    this.on = on;
  }

  /** What the row under the cursor is about: the text of its first column. */
  current(): string | undefined {
    const row = this.on.lines().find((line) => line.startsWith('▌'));
    return row?.replace(/^▌[ *└]*/, '').split(/ {2,}/)[0];
  }

  /** Waits until the cursor is on the row. */
  async isOn(name: string): Promise<void> {
    await this.on.until(() => this.current() === name, `the cursor to be on ${name}`);
  }

  /** Goes to the row, from the first one down. */
  async goTo(name: string): Promise<void> {
    await this.on.press('g');
    while (this.current() !== name) {
      const above = this.current();
      await this.on.press('j');
      await this.on.until(() => this.current() !== above, `a row of ${name} below ${above}`);
    }
  }

  async mark(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.goTo(name);
      await this.on.press('space');
    }
  }

  /** Opens what the row under the cursor is about. */
  async choose(): Promise<void> {
    await this.on.press('enter');
  }
}

/** A list that a key opens from the jobs. */
export class KeyedList extends List {
  readonly #key: string;
  readonly #title: string;

  constructor(on: Console, key: string, title: string) {
    super(on);
    this.#key = key;
    this.#title = title;
  }

  async open(): Promise<void> {
    await this.on.press(this.#key);
    await this.on.sees(this.#title);
  }
}
