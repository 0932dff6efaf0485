/** What the header says while a scenario goes on, next to what is true. */
import { expect, onTestFinished } from 'vitest';
import type { FaultProxy } from '../../support/fault-proxy.ts';
import type { Console } from './console.ts';

/** How often one looks, ms. */
const every = 200;
/** A read that is late is told after a second; with the pause, the tick and a busy machine, ms. */
const mayBeLiveFor = 4_000;
/** The age in the header may lag so much behind the true one, ms. */
const lag = 2_000;

/** Looks at the header again and again, until the test is finished. */
export function watchHeader(on: Console, line: FaultProxy): HeaderWatch {
  const watch = new HeaderWatch(on, line);
  // After a stall the timer is due before what has arrived was read: that comes first.
  const timer = setInterval(() => setImmediate(() => watch.look()), every);
  onTestFinished(() => clearInterval(timer));
  return watch;
}

export class HeaderWatch {
  readonly #lies: string[] = [];
  readonly #on: Console;
  readonly #line: FaultProxy;

  constructor(on: Console, line: FaultProxy) {
    this.#on = on;
    this.#line = line;
  }

  look(): void {
    if (this.#on.halfDrawn) return;
    const header = this.#on.line(0);
    const age = Date.now() - this.#line.listedAt;
    const live = /\blive · (\d+)s/.exec(header);
    const shown = live === null ? age : Number(live[1]) * 1000;
    if ((live !== null && age > mayBeLiveFor) || shown < age - lag)
      this.#lies.push(`${header.trim()} (${age} ms old)`);
  }

  /** It has shown nothing as live that was not, so far. */
  told(): void {
    this.look();
    expect(this.#lies).toEqual([]);
  }
}
