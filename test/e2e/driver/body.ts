/** The editor of an HTTP body, as JSON. */

import type { Sight } from '../../support/emulator.ts';
import { keyBytes } from '../../support/key-bytes.ts';
import type { Console } from './console.ts';

export class BodyEditor {
  readonly #on: Console;

  constructor(on: Console) {
    this.#on = on;
  }

  async open(): Promise<void> {
    await this.#on.press('b');
    await this.isJson();
  }

  async isJson(): Promise<void> {
    await this.#on.sees('✓ JSON');
  }

  /** Puts what is typed next in place of the next part that reads so. */
  async find(text: string): Promise<void> {
    await this.#on.type(keyBytes('ctrl-g') + text + keyBytes('enter'));
    await this.#on.press('esc');
  }

  async replace(text: string, by: string): Promise<void> {
    await this.find(text);
    await this.#on.type(by);
  }

  /** Opens the JSON in the string under the cursor: so many levels deep then. */
  async openInner(level: number): Promise<void> {
    await this.#on.press('ctrl-o');
    await this.#on.sees(`level ${level}`);
  }

  /** Closes that many inner levels, back to the body itself. */
  async closeInner(levels: number): Promise<void> {
    await this.#on.press(...Array.from({ length: levels }, () => 'ctrl-s'));
    await this.#on.loses('level');
  }

  /** Shows the difference, and writes it. */
  async save(...difference: readonly Sight[]): Promise<void> {
    await this.#on.press('ctrl-s');
    await this.#on.plan.expect({ changed: 1 });
    await this.#on.sees(...difference);
    await this.#on.plan.apply(1);
    await this.#on.back();
  }

  /** Leaves it by Esc: what was typed waits as a draft. */
  async leave(): Promise<void> {
    await this.#on.press('esc');
    await this.#on.told('kept as a draft');
  }
}
