/** Children under their parents, in the order given. */
import { forEachBelow } from '../../../base/steps.ts';
import type { JobTable } from '../../../job/table.ts';

export interface InFamilies {
  readonly places: Uint32Array;
  /** Steps below a family's root; jobs that are not in it stand at 0. */
  readonly depth: ReadonlyMap<string, number>;
}

/**
 * The order of `families` (job/family.ts) by places, in steps: those of a circle, and below one, at the end. A job
 * whose parent is not there stands where it sorts.
 */
export function* inFamilies(
  { rows, places }: JobTable,
  order: Uint32Array,
): Generator<void, InFamilies> {
  const children = new Map<number, number[]>();
  const isChild = new Uint8Array(rows.length);
  yield* forEachBelow(order.length, (at) => {
    const place = order[at]!;
    const above = places.get(rows[place]!.parent_job);
    if (above === undefined) return;
    isChild[place] = 1;
    const others = children.get(above);
    if (others === undefined) children.set(above, [place]);
    else others.push(place);
  });
  if (children.size === 0) return { places: order, depth: new Map() };
  const found = new Uint32Array(order.length);
  const isFound = new Uint8Array(rows.length);
  const depth = new Map<string, number>();
  let end = 0;
  /** A stack of its own: a chain of jobs may be longer than the call stack is deep. */
  const putFamily = (root: number): void => {
    const below = children.get(root);
    if (below === undefined && isFound[root] === 0) {
      isFound[root] = 1;
      found[end++] = root;
      return;
    }
    const waiting = [root];
    for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
      if (isFound[place] === 1) continue;
      isFound[place] = 1;
      found[end++] = place;
      const { name, parent_job } = rows[place]!;
      if (place !== root) depth.set(name, (depth.get(parent_job) ?? 0) + 1);
      waiting.push(...(children.get(place) ?? []).toReversed());
    }
  };
  yield* forEachBelow(order.length, (at) => {
    if (isChild[order[at]!] === 0) putFamily(order[at]!);
  });
  if (end < order.length) for (const place of order) putFamily(place);
  return { places: found, depth };
}
