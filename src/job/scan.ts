/** What a scanner of a JSON array says when the bytes are no array of objects. */
export class NotAnArray extends Error {}

export interface ArrayScanner {
  /** The objects that these bytes complete, in order, each as its exact bytes. */
  push(chunk: Uint8Array): Uint8Array[];
  /** Whether the closing bracket has been seen. */
  readonly closed: boolean;
}

const code = (character: string): number => character.charCodeAt(0);
const quote = code('"');
const backslash = code('\\');
const open = code('{');
const close = code('}');
const comma = code(',');
const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** What may stand between two objects of the array. */
type Expected = 'array' | 'first' | 'next' | 'object' | 'end';

/**
 * Splits a JSON array of objects, arriving in pieces of any size, into its objects, without
 * parsing them: a list of 100 000 jobs is handed out while it is still on its way. Works on bytes;
 * every byte that means something is ASCII, which UTF-8 never uses inside another character.
 * Throws NotAnArray when something else than objects stands in the array.
 */
export function scanArray(): ArrayScanner {
  let expected: Expected = 'array';
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** The parts of an object that began in an earlier chunk. */
  let begun: Uint8Array[] = [];

  const between = (byte: number): void => {
    if (isSpace(byte)) return;
    const character = String.fromCharCode(byte);
    if (expected === 'array' && character === '[') expected = 'first';
    else if (expected === 'first' && character === ']') expected = 'end';
    else if (expected === 'next' && character === ']') expected = 'end';
    else if (expected === 'next' && byte === comma) expected = 'object';
    else throw new NotAnArray(`unexpected ${JSON.stringify(character)}`);
  };

  const whole = (last: Uint8Array): Uint8Array => {
    if (begun.length === 0) return last;
    const bytes = Buffer.concat([...begun, last]);
    begun = [];
    return bytes;
  };

  return {
    get closed() {
      return expected === 'end';
    },
    push(chunk) {
      const objects: Uint8Array[] = [];
      let start = 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at]!;
        if (inString) {
          if (escaped) escaped = false;
          else if (byte === backslash) escaped = true;
          else if (byte === quote) inString = false;
        } else if (depth === 0) {
          if (byte === open && (expected === 'first' || expected === 'object')) {
            depth = 1;
            start = at;
          } else between(byte);
        } else if (byte === quote) inString = true;
        else if (byte === open) depth++;
        else if (byte === close && --depth === 0) {
          objects.push(whole(chunk.subarray(start, at + 1)));
          expected = 'next';
        }
      }
      if (depth > 0) begun.push(chunk.subarray(start));
      return objects;
    },
  };
}
