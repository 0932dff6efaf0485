/** The editor of schedule and time zone, which opens below its job. */
import type { Sight } from '../../support/emulator.ts';
import { keyBytes } from '../../support/key-bytes.ts';
import type { Console } from './console.ts';

const label = '   schedule  ';

export class ScheduleEditor {
  readonly #on: Console;

  constructor(on: Console) {
    this.#on = on;
  }

  async open(): Promise<void> {
    await this.#on.press('i');
    await this.#on.sees(label);
  }

  /** The schedule in it. */
  text(): string | undefined {
    const line = this.#on.line(this.#on.rowOf(label));
    return new RegExp(`^${label}(.*?) +zone`).exec(line)?.[1];
  }

  async reads(schedule: string): Promise<void> {
    await this.#on.until(() => this.text() === schedule, `the editor to read ${schedule}`);
  }

  /** Clears the line and types another schedule. */
  async retype(schedule: string): Promise<void> {
    await this.#on.type(keyBytes('end') + keyBytes('ctrl-u') + schedule);
    await this.reads(schedule);
  }

  /** What the editor marks in the line, and what it says below of it, in the words of Dkron. */
  fault(): { marked: string; said: string } {
    const row = this.#on.rowOf('^');
    const { 0: marks, index } = /(?<=^ *)\^+$/.exec(this.#on.line(row))!;
    return {
      marked: this.#on.line(row - 1).slice(index, index + marks.length),
      said: this.#on
        .line(row + 1)
        .replace('(message of Dkron)', '')
        .trim(),
    };
  }

  /** The next run as the job is now, and as it would be. */
  firstRuns(): [now: string, then: string] {
    const row = this.#on.rowOf(' now ');
    const [head, runs] = [this.#on.line(row), this.#on.line(row + 1)];
    return [runs.slice(head.indexOf('now')), runs.slice(head.indexOf('new'))];
  }

  /** What is typed into the field of the time zone, and completed there. */
  async completeZone(part: string): Promise<void> {
    await this.#on.press('tab');
    await this.#on.type(part);
    await this.#on.press('tab');
  }

  /** Enter, with what the server has to accept. */
  async save(): Promise<void> {
    await this.#on.press('enter');
    await this.#on.told('written and verified');
  }

  /** Enter, with what cannot be saved, and why. */
  async isRefused(why: Sight): Promise<void> {
    await this.#on.press('enter');
    await this.#on.sees(why);
  }

  /** From the jobs: another schedule for the job under the cursor. */
  async change(schedule: string): Promise<void> {
    await this.open();
    await this.retype(schedule);
    await this.save();
  }

  /** Leaves it by Esc: what was typed waits as a draft. */
  async leave(): Promise<void> {
    await this.#on.press('esc');
    await this.#on.told('kept as a draft');
  }
}
