/** Which line of a file is which line of its manifest, however they were moved, lost or added. */

export interface Alignment {
  /** For each line of the file, that of the manifest which has the same bytes; null for none. */
  readonly of: readonly (number | null)[];
  /** The lines of the file that stand in their order among the others. */
  readonly anchors: ReadonlySet<number>;
}

/**
 * Both as hashes. Of lines that changed their order as few as can be are said to be moved. Takes n log n steps
 * whatever was done to the file.
 */
export function align(expected: readonly string[], actual: readonly string[]): Alignment {
  const places = new Map<string, number[]>();
  // Backwards, so that the first one is taken from the end.
  for (let at = expected.length - 1; at >= 0; at--) {
    const same = places.get(expected[at]!);
    if (same === undefined) places.set(expected[at]!, [at]);
    else same.push(at);
  }
  const of = actual.map((line) => places.get(line)?.pop() ?? null);
  return { of, anchors: longestRise(of) };
}

/** The places of the longest row of numbers that only rises; null is no number. */
function longestRise(numbers: readonly (number | null)[]): Set<number> {
  /** Where the row of this length ends that ends in the lowest number. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [at, number] of numbers.entries()) {
    if (number === null) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    before[at] = ends[low - 1];
    ends[low] = at;
  }
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) rise.add(at);
  return rise;
}
