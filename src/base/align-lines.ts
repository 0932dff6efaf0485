/** Which lines of two texts go together. */
import { diffArrays } from 'diff';

/** A stretch of lines that are the same, or of lines that only one of them has; ends are behind the last. */
export interface Part {
  readonly same: boolean;
  readonly older: readonly [from: number, to: number];
  readonly newer: readonly [from: number, to: number];
}

/** Edits that are looked for: more of them take longer than somebody waits. */
const mostEdits = 500;

export interface Alignment {
  /** In turns the same and not, without empty ones. */
  readonly parts: readonly Part[];
  /** There are too many differences to tell which lines go together between the first and the last. */
  readonly rough: boolean;
}

/** The first line that differs is the first that is not the same in both, counted from the beginning. */
export function alignLines(older: readonly string[], newer: readonly string[]): Alignment {
  const shorter = Math.min(older.length, newer.length);
  let head = 0;
  while (head < shorter && older[head] === newer[head]) head++;
  let tail = 0;
  while (tail < shorter - head && older.at(-1 - tail) === newer.at(-1 - tail)) tail++;
  const [a, b] = [older.slice(head, older.length - tail), newer.slice(head, newer.length - tail)];
  const pairs = pairsOf(a, b);
  const same = (from: Pair, count: number): Part[] =>
    count === 0 ? [] : [{ same: true, older: over(from[0], count), newer: over(from[1], count) }];
  const parts = [
    ...same([0, 0], head),
    ...partsOf(pairs ?? [], a.length, b.length).map((part) => ({
      same: part.same,
      older: [head + part.older[0], head + part.older[1]] as const,
      newer: [head + part.newer[0], head + part.newer[1]] as const,
    })),
    ...same([older.length - tail, newer.length - tail], tail),
  ];
  return { parts, rough: pairs === null };
}

const over = (from: number, count: number) => [from, from + count] as const;

type Pair = readonly [older: number, newer: number];

/** The lines that go together, in order; null where there are too many edits between them. */
function pairsOf(a: readonly string[], b: readonly string[]): Pair[] | null {
  // What only one of them has goes with nothing: without it what is left is short.
  const [inA, inB] = [new Set(a), new Set(b)];
  const left = a.flatMap((line, at) => (inB.has(line) ? [at] : []));
  const right = b.flatMap((line, at) => (inA.has(line) ? [at] : []));
  if (left.length === 0 || right.length === 0) return [];
  const changes = diffArrays(
    left.map((at) => a[at]!),
    right.map((at) => b[at]!),
    { maxEditLength: mostEdits },
  );
  if (changes === undefined) return null;
  const pairs: Pair[] = [];
  let [x, y] = [0, 0];
  for (const { added, removed, count } of changes) {
    if (!added && !removed)
      for (let at = 0; at < count; at++) pairs.push([left[x + at]!, right[y + at]!]);
    if (!added) x += count;
    if (!removed) y += count;
  }
  return pairs;
}

function partsOf(pairs: readonly Pair[], older: number, newer: number): Part[] {
  const parts: Part[] = [];
  let [x, y] = [0, 0];
  let at = 0;
  while (at < pairs.length) {
    const [toX, toY] = pairs[at]!;
    if (toX > x || toY > y) parts.push({ same: false, older: [x, toX], newer: [y, toY] });
    const from = at;
    while (at + 1 < pairs.length && follows(pairs[at]!, pairs[at + 1]!)) at++;
    const length = ++at - from;
    parts.push({ same: true, older: [toX, toX + length], newer: [toY, toY + length] });
    [x, y] = [toX + length, toY + length];
  }
  if (older > x || newer > y) parts.push({ same: false, older: [x, older], newer: [y, newer] });
  return parts;
}

const follows = ([x, y]: Pair, [nextX, nextY]: Pair): boolean => nextX === x + 1 && nextY === y + 1;
