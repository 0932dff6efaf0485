/** A place in a file: both count from 1, as editors and `head -c` do. */
export interface Position {
  readonly line: number;
  readonly byte: number;
}

/** An object of a file: its exact bytes, and where it begins. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly at: Position;
}

/**
 * What may stand between two objects: at the beginning of the file, in an array (its first
 * element, a comma, an element after a comma), after its end, between objects without an array;
 * or inside an object, when the file ends there.
 */
type Expected = 'begin' | 'first' | 'comma' | 'element' | 'end' | 'object' | 'inside';

/** The file is something else than objects; `character` is what stands there, "" at its end. */
export class Unexpected extends Error {
  readonly at: Position;
  readonly character: string;
  readonly expected: Expected;
  /** How many whole objects come before it. */
  readonly objects: number;

  constructor(at: Position, character: string, expected: Expected, objects: number) {
    super(`unexpected ${JSON.stringify(character)}`);
    this.at = at;
    this.character = character;
    this.expected = expected;
    this.objects = objects;
  }
}

export interface FileScanner {
  /** The objects that these bytes complete, in order. Throws Unexpected. */
  push(chunk: Uint8Array): Piece[];
  /** Says that the file ends here. Throws Unexpected when it ends in the middle. */
  end(): void;
}

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const open = 0x7b;
const close = 0x7d;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09;

/**
 * Splits a file into the JSON objects in it, whether they stand in one array, one a line, one
 * after the other, or pretty-printed; without parsing them, in chunks of any size. A client's
 * list is one array and nothing else: src/job/scan.ts.
 */
export function scanFile(): FileScanner {
  let expected: Expected = 'begin';
  let inArray = false;
  let objects = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let line = 1;
  /** Bytes of the file before the present chunk. */
  let before = 0;
  let begin: Position = { line: 1, byte: 1 };
  /** The parts of an object that began in an earlier chunk. */
  let begun: Uint8Array[] = [];

  const mayBegin = (): boolean => expected !== 'comma' && expected !== 'end';

  const between = (byte: number, at: number): void => {
    const character = String.fromCharCode(byte);
    if (expected === 'begin' && character === '[') {
      inArray = true;
      expected = 'first';
    } else if (character === ']' && (expected === 'first' || expected === 'comma'))
      expected = 'end';
    else if (character === ',' && expected === 'comma') expected = 'element';
    else if (byte !== byteOrderMark[before + at])
      throw new Unexpected({ line, byte: before + at + 1 }, character, expected, objects);
  };

  const whole = (last: Uint8Array): Uint8Array => {
    if (begun.length === 0) return last;
    const bytes = Buffer.concat([...begun, last]);
    begun = [];
    return bytes;
  };

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      let start = 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at]!;
        if (byte === newline) line++;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === backslash) escaped = true;
          else if (byte === quote) inString = false;
        } else if (depth === 0) {
          if (byte === open && mayBegin()) {
            depth = 1;
            start = at;
            begin = { line, byte: before + at + 1 };
          } else if (!isSpace(byte)) between(byte, at);
        } else if (byte === quote) inString = true;
        else if (byte === open) depth++;
        else if (byte === close && --depth === 0) {
          pieces.push({ bytes: whole(chunk.subarray(start, at + 1)), at: begin });
          expected = inArray ? 'comma' : 'object';
          objects++;
        }
      }
      if (depth > 0) begun.push(chunk.subarray(start));
      before += chunk.length;
      return pieces;
    },
    end() {
      if (depth > 0) throw new Unexpected(begin, '', 'inside', objects);
      if (expected !== 'end' && expected !== 'object')
        throw new Unexpected({ line, byte: before + 1 }, '', expected, objects);
    },
  };
}
