/** What the reading after some writes showed of the jobs that are written or looked at next: it is their fresh read. */
import type { Pauses } from '../../base/clock.ts';
import type { Found } from './reread.ts';

/** Of a list that was read so long ago somebody else may have changed more than the time of a reading, ms. */
const fresh = 250;

export class Ahead {
  readonly #clock: Pick<Pauses, 'now'>;
  #found: ReadonlyMap<string, Found> = new Map();
  #at = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Pauses, 'now'>) {
    this.#clock = clock;
  }

  readonly note = (found: ReadonlyMap<string, Found>): void => {
    this.#found = found;
    this.#at = this.#clock.now();
  };

  /** Once, and all of them or none; null where they have to be read. */
  take(names: readonly string[]): Map<string, Found> | null {
    const found = this.#found;
    this.#found = new Map();
    if (this.#clock.now() - this.#at > fresh || !names.every((name) => found.has(name)))
      return null;
    return new Map(names.map((name) => [name, found.get(name)!]));
  }
}
