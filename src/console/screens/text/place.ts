/** Where one reads on when a text was replaced by another one that has its lines. */

/**
 * The line of `after` that was line `at` of `before`, where others came before it and between: each
 * line in turn is looked for below the one that was found last. For one that is gone it is the last
 * one found before it.
 */
export function lineAfter(before: readonly string[], after: readonly string[], at: number): number {
  const places = Map.groupBy(after.keys(), (line) => after[line]!);
  const tried = new Map<string, number>();
  let found = -1;
  for (const line of before.slice(0, at + 1)) {
    const where = places.get(line) ?? [];
    let next = tried.get(line) ?? 0;
    while (next < where.length && where[next]! <= found) next++;
    tried.set(line, next);
    found = where[next] ?? found;
  }
  return Math.max(0, found);
}
