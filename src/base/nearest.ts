/** The known word that differs the least from what was typed, when that is by a slip or two. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const slips = known.map((word) => ({ word, count: distance(typed, word) }));
  const best = slips.reduce((least, next) => (next.count < least.count ? next : least));
  return best.count <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

/** Letters to add, take away, change or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? rows[i - 2]![j - 2]! + 1 : change;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, change, swap));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
