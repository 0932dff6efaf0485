import TinyQueue from 'tinyqueue';

/** A queue by time: adding and taking cost little with 100 000 entries. */
export class Queue<T> {
  readonly #heap = new TinyQueue<{ readonly at: bigint; readonly item: T }>([], (a, b) =>
    a.at < b.at ? -1 : Number(a.at > b.at),
  );

  add(at: bigint, item: T): void {
    this.#heap.push({ at, item });
  }

  earliest(): bigint | undefined {
    return this.#heap.peek()?.at;
  }

  /** Takes out what is due at a moment, earliest first. */
  takeUntil(now: bigint): T[] {
    const due: T[] = [];
    for (let at = this.earliest(); at !== undefined && at <= now; at = this.earliest())
      due.push(this.#heap.pop()!.item);
    return due;
  }
}
