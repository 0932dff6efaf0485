import { objectReader } from '../job/object-reader.ts';

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

const newline = 0x0a;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Splits a file into the JSON objects in it, whether they stand in one array, one a line, one
 * after the other, or pretty-printed; without parsing them, in chunks of any size.
 */
export function scanFile(): FileScanner {
  const reader = objectReader();
  let expected: Expected = 'begin';
  let inArray = false;
  let objects = 0;
  let begin: Position = { line: 1, byte: 1 };
  /** Where the chunk begins in the file; and its lines, counted up to a place in it. */
  let before = 0;
  let line = 1;
  let counted = 0;

  const position = (chunk: Uint8Array, at: number): Position => {
    for (let next = chunk.indexOf(newline, counted); next >= 0 && next < at; ) {
      line++;
      counted = next + 1;
      next = chunk.indexOf(newline, counted);
    }
    return { line, byte: before + at + 1 };
  };

  /** Whether an object begins with this byte. */
  const begins = (chunk: Uint8Array, at: number): boolean => {
    const byte = chunk[at]!;
    const character = String.fromCharCode(byte);
    if (' \n\r\t'.includes(character)) return false;
    if (character === '{' && expected !== 'comma' && expected !== 'end') return true;
    if (character === '[' && expected === 'begin') {
      inArray = true;
      expected = 'first';
    } else if (character === ']' && (expected === 'first' || expected === 'comma'))
      expected = 'end';
    else if (character === ',' && expected === 'comma') expected = 'element';
    else if (byte !== byteOrderMark[before + at])
      throw new Unexpected(position(chunk, at), character, expected, objects);
    return false;
  };

  return {
    push(chunk) {
      const pieces: Piece[] = [];
      counted = 0;
      let at = 0;
      while (at < chunk.length) {
        if (!reader.inside) {
          if (!begins(chunk, at)) {
            at++;
            continue;
          }
          begin = position(chunk, at);
        }
        const { end, object } = reader.read(chunk, at);
        at = end;
        if (object === null) continue;
        pieces.push({ bytes: object, at: begin });
        expected = inArray ? 'comma' : 'object';
        objects++;
      }
      position(chunk, chunk.length);
      before += chunk.length;
      return pieces;
    },
    end() {
      if (reader.inside) throw new Unexpected(begin, '', 'inside', objects);
      if (expected !== 'end' && expected !== 'object')
        throw new Unexpected({ line, byte: before + 1 }, '', expected, objects);
    },
  };
}
