/**
 * A long line in stretches of a fixed length that end on grapheme boundaries, so that what is shown
 * of it is looked at alone, and a key in a line of a megabyte costs what it costs in a short one.
 */
import { boundary } from './graphemes.ts';

/** UTF-16 units; a line up to this is one stretch. */
const length = 2048;

/** How many stretches the line has: at least one. */
export const stretchesIn = (line: string): number => Math.max(1, Math.ceil(line.length / length));

/** From where to where a stretch goes, as offsets in the line. */
export function stretchOf(
  line: string,
  index: number,
): { readonly from: number; readonly to: number } {
  const last = Math.min(index, stretchesIn(line) - 1);
  return {
    from: edge(line, last),
    to: last + 1 === stretchesIn(line) ? line.length : edge(line, last + 1),
  };
}

/** The stretch that an offset lies in; the end of the line is in its last. */
export function stretchAt(line: string, offset: number): number {
  const index = Math.min(Math.floor(offset / length), stretchesIn(line) - 1);
  return edge(line, index) > offset ? index - 1 : index;
}

const edge = (line: string, index: number): number => boundary(line, index * length);
