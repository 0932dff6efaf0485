/** How many jobs differ between two snapshots, by their indexes. */
import type { Index } from './index-file.ts';

export interface Difference {
  readonly added: number;
  readonly removed: number;
  /** In what an operator defines; counters do not count. */
  readonly changed: number;
}

export function differences(before: Index, after: Index): Difference {
  let [added, removed, changed] = [0, 0, 0];
  let [old, now] = [0, 0];
  while (old < before.jobs && now < after.jobs) {
    const order = before.compareNames(old, after, now);
    if (order < 0) removed++;
    else if (order > 0) added++;
    else if (!before.sameDefinition(old, after, now)) changed++;
    if (order <= 0) old++;
    if (order >= 0) now++;
  }
  return { added: added + after.jobs - now, removed: removed + before.jobs - old, changed };
}
