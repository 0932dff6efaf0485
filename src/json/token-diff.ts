import { diffArrays } from 'diff';

/** Old tokens `oldFrom` to before `oldTo` became the new ones `from` to before `to`. */
export interface Hunk {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly from: number;
  readonly to: number;
}

/** Beyond so many tokens added and removed, all between the first and the last counts as one change. */
const mostEdits = 500;

/** Where two rows of tokens differ. Linear in their length: the search ends at `mostEdits`. */
export function diffTokens(old: readonly string[], now: readonly string[]): Hunk[] {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const whole = { oldFrom: start, oldTo: old.length - end, from: start, to: now.length - end };
  if (whole.oldFrom === whole.oldTo && whole.from === whole.to) return [];
  const changes = diffArrays(
    old.slice(whole.oldFrom, whole.oldTo),
    now.slice(whole.from, whole.to),
    { maxEditLength: mostEdits },
  );
  if (changes === undefined) return [whole];
  const hunks: Hunk[] = [];
  let [oldAt, at, changing] = [start, start, false];
  for (const { count, added, removed } of changes) {
    const [oldTo, to] = [oldAt + (added ? 0 : count), at + (removed ? 0 : count)];
    const changed = added || removed;
    if (changed && changing) hunks.push({ ...hunks.pop()!, oldTo, to });
    else if (changed) hunks.push({ oldFrom: oldAt, oldTo, from: at, to });
    [oldAt, at, changing] = [oldTo, to, changed];
  }
  return hunks;
}
