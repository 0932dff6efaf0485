import { objectReader } from '../../json/objects.ts';
import { moved, type Position } from './position.ts';

/**
 * `object`: what stands between braces. `large`: the beginning of an object that is longer than any
 * job. `cut`: one that the file ends in, or no bytes where it ends in a list. `stray`: no object.
 */
export interface Piece {
  readonly kind: 'object' | 'large' | 'cut' | 'stray';
  readonly bytes: Uint8Array;
  /** Where it begins. */
  readonly at: Position;
}

export interface FileScanner {
  /** The pieces that these bytes complete, in order. */
  push(chunk: Uint8Array): Generator<Piece>;
  /** The pieces that are left when the file ends here. */
  end(): Generator<Piece>;
  /** Called while a piece is looked at: these bytes, the last of it, are read once more. */
  rewind(bytes: Uint8Array, at: Position): void;
}

/** Twice what Dkron takes for a job (the messages to its leader hold 4 MB). */
export const largest = 8 << 20;

const open = 0x7b;
const newline = 0x0a;
const bracket = 0x5b;
const closing = 0x5d;
const close = 0x7d;
const gaps: ReadonlySet<number> = new Set([0x20, 0x09, newline, 0x0d, 0x2c, bracket, closing]);
const wrappedGaps: ReadonlySet<number> = new Set([...gaps, close]);

/**
 * Splits a file into the JSON objects in it, whether they stand in arrays, one a line, one after the
 * other, or pretty-printed; without parsing them, in chunks of any size. `wrapped`: an object around
 * them has begun already.
 */
export function scanFile(start: Position, wrapped = false): FileScanner {
  const gap = wrapped ? wrappedGaps : gaps;
  const reader = objectReader();
  /** As far as lines were counted. */
  let known = start;
  /** What has been read behind that: it is counted when somebody asks, and what is read again asks nobody. */
  let behind: Uint8Array[] = [];
  /** Where the object stands that has begun. */
  let begin = start;
  let brackets = 0;
  let straying = false;
  /** The object that is read was too large, and is passed over. */
  let passing = false;
  let again: { readonly bytes: Uint8Array; readonly at: Position } | null = null;

  /** Where the next byte stands. */
  function here(): Position {
    known = behind.reduce(moved, known);
    behind = [];
    return known;
  }

  function goTo(place: Position): void {
    known = place;
    behind = [];
  }

  /** The first byte that is neither white space, comma nor bracket. */
  function gapEnd(bytes: Uint8Array, from: number): number {
    let next = from;
    for (; next < bytes.length && gap.has(bytes[next]!); next++)
      if (bytes[next] === bracket) brackets++;
      else if (bytes[next] === closing) brackets = Math.max(0, brackets - 1);
    return next;
  }

  function* between(bytes: Uint8Array, from: number): Generator<Piece, number> {
    let next = straying ? from : gapEnd(bytes, from);
    behind.push(bytes.subarray(from, next));
    if (next === bytes.length || bytes[next] === open) return next;
    const begun = next;
    while (next < bytes.length && ![open, newline, bracket, closing].includes(bytes[next]!)) next++;
    const stray = bytes.subarray(begun, next);
    // Other fields of an object around the list are not ours.
    if (!straying && (!wrapped || brackets > 0)) yield { kind: 'stray', bytes: stray, at: here() };
    straying = next === bytes.length;
    behind.push(stray);
    return next;
  }

  function* object(bytes: Uint8Array, from: number): Generator<Piece, number> {
    if (!reader.inside) begin = here();
    straying = false;
    const { end, object } = reader.read(bytes, from);
    behind.push(bytes.subarray(from, end));
    if (object !== null) {
      if (!passing) yield { kind: 'object', bytes: object, at: begin };
      passing = false;
    } else if (reader.begun > largest) {
      const large = reader.take();
      if (!passing) yield { kind: 'large', bytes: large, at: begin };
      passing = again === null;
      if (again !== null) reader.reset();
      else here();
    }
    return end;
  }

  function* push(chunk: Uint8Array): Generator<Piece> {
    let bytes = chunk;
    let next = 0;
    while (next < bytes.length) {
      const inObject = reader.inside || bytes[next] === open;
      next = yield* inObject ? object(bytes, next) : between(bytes, next);
      if (again === null) continue;
      const rest = bytes.subarray(next);
      bytes = rest.length === 0 ? again.bytes : Buffer.concat([again.bytes, rest]);
      next = 0;
      goTo(again.at);
      again = null;
    }
    // Of an object that goes on the reader keeps the bytes anyhow.
    if (!reader.inside) here();
  }

  return {
    push,
    *end() {
      while (reader.inside) {
        const bytes = reader.take();
        reader.reset();
        if (passing) break;
        yield { kind: 'cut', bytes, at: begin };
        const rest = again;
        if (rest === null) return;
        again = null;
        goTo(rest.at);
        yield* push(rest.bytes);
      }
      if (brackets > 0) yield { kind: 'cut', bytes: new Uint8Array(), at: here() };
    },
    rewind(bytes, place) {
      again = { bytes, at: place };
    },
  };
}
