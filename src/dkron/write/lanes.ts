/** How many changes are sent at once: as many as the server takes. */

/** Raft puts up to 64 entries into one flush of the disk; more at once make Dkron no faster. */
const most = 64;

/**
 * Half as many each time the server is too busy; more with each change that it accepts: quickly up to
 * where it went well before, a lane a round from there on.
 */
export class Lanes {
  #width = most;
  #calm = most;
  #era = 0;

  get width(): number {
    return Math.floor(this.#width);
  }

  /** What is sent now is of this one; `tooBusy` wants to know. */
  get era(): number {
    return this.#era;
  }

  accepted(): void {
    const more = this.#width < this.#calm ? 1 : 1 / this.#width;
    this.#width = Math.min(most, this.#width + more);
  }

  /** Of all that was sent in one era the first counts: the others were under way already. */
  tooBusy(era: number): void {
    if (era !== this.#era) return;
    this.#era++;
    this.#calm = Math.max(1, this.#width / 2);
    this.#width = this.#calm;
  }

  /** One alone tries whether the server takes changes again. */
  begin(): void {
    this.#era++;
    this.#width = 1;
  }
}
