/** What came of the jobs of a plan so far, told as it is known. */
import type { RestoreItem, RestoreResult } from './model.ts';
import { isDone, type Told } from './outcome.ts';

export interface Telling {
  /** Called with each result as it is known; jobs are written some thousands at a time. */
  readonly onResult?: ((result: RestoreResult) => void) | undefined;
  /** Called with how many jobs are dealt with, those among them that were sent and are not read back yet. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export class Notes {
  readonly #telling: Telling;
  readonly #results = new Map<string, RestoreResult>();
  /** Sent and not read back yet. */
  #answered = 0;

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  readonly note = (name: string, what: Told): void => {
    const result = { name, ...what };
    this.#results.set(name, result);
    this.#answered = Math.max(0, this.#answered - 1);
    this.#telling.onResult?.(result);
    this.#progress();
  };

  readonly onAnswer = (): void => {
    this.#answered++;
    this.#progress();
  };

  get(name: string): RestoreResult | undefined {
    return this.#results.get(name);
  }

  has(name: string): boolean {
    return this.#results.has(name);
  }

  /** The first that is not as it was to be. */
  failed(): RestoreResult | undefined {
    return this.#results.values().find((result) => !isDone(result));
  }

  /** In the order of the items; `missing` of those of which nothing is known. */
  of(items: readonly RestoreItem[], missing: Told): RestoreResult[] {
    return items.map(({ name }) => this.#results.get(name) ?? { name, ...missing });
  }

  #progress(): void {
    this.#telling.onProgress?.(this.#results.size + this.#answered);
  }
}
