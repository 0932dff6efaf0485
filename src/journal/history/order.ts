/**
 * Sightings and changes in the order in which they happened. A snapshot may come from another machine, whose
 * clock is a little ahead or behind: how the job was tells the order where the times mislead.
 */
import { type Change, mayFollow, type Sighting, same } from './seen.ts';

/** Clocks that are looked after differ by less, ms. */
const mostSkew = 120_000;

/** The sightings that fall between two changes, or before the first, or after the last. */
interface Gap {
  readonly sightings: Sighting[];
  /** The change that ends it; null: none does. */
  readonly end: Change | null;
}

/** Oldest first. A sighting that was moved gets the time of the change that it was moved across. */
export function inOrder(
  sightings: readonly Sighting[],
  changes: readonly Change[],
): (Sighting | Change)[] {
  const sorted = changes.toSorted((a, b) => a.at - b.at);
  const gaps: Gap[] = [...sorted, null].map((end) => ({ sightings: [], end }));
  for (const sighting of sightings) {
    const at = gapOf(sighting, sorted);
    gaps[at]!.sightings.push({ ...sighting, at: within(sighting.at, sorted[at - 1], sorted[at]) });
  }
  return gaps.flatMap(({ sightings: seen, end }) => [
    ...seen.sort((a, b) => a.at - b.at),
    ...(end === null ? [] : [end]),
  ]);
}

const within = (at: number, before?: Change, after?: Change): number =>
  Math.max(before?.until ?? at, Math.min(after?.at ?? at, at));

/** The gap that the sighting fits into: that of its time, or else the nearest that clocks allow. */
function gapOf({ at, state, source }: Sighting, changes: readonly Change[]): number {
  const own = changes.filter((change) => change.at <= at).length;
  if (source.kind === 'server') return own;
  const fits = (gap: number): boolean => {
    const [before, after] = [changes[gap - 1], changes[gap]];
    return (
      (before !== undefined && mayFollow(state, before)) ||
      (after !== undefined && same(state, after.before))
    );
  };
  const distance = (gap: number): number =>
    gap < own ? at - changes[gap]!.until : changes[gap - 1]!.at - at;
  const near = changes
    .map((_, before) => (before < own ? before : before + 1))
    .filter((gap) => distance(gap) <= mostSkew && fits(gap))
    .sort((a, b) => distance(a) - distance(b));
  return fits(own) ? own : (near[0] ?? own);
}
