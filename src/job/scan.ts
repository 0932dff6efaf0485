/** What a scanner of a JSON array says when the bytes are no array of objects. */
export class NotAnArray extends Error {}

export interface ArrayScanner {
  /** The objects that these bytes complete, in order, each as its exact bytes. */
  push(chunk: Uint8Array): Uint8Array[];
  /** Whether the closing bracket has been seen. */
  readonly closed: boolean;
}

const quote = 0x22;
const backslash = 0x5c;
const open = 0x7b;
const close = 0x7d;

/** What may come next between two objects. */
type Expected = 'array' | 'object or end' | 'object' | 'comma or end' | 'nothing';

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

  /** Reads on to the byte after the object's last, or to the chunk's end. */
  function skipObject(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let at = from;
    while (at < length) {
      if (inString) at = skipString(chunk, at);
      else {
        const byte = chunk[at++];
        if (byte === quote) inString = true;
        else if (byte === open) depth++;
        else if (byte === close && --depth === 0) break;
      }
    }
    return at;
  }

  function skipString(chunk: Uint8Array, from: number): number {
    const { length } = chunk;
    let at = from;
    if (escaped) {
      escaped = false;
      at++;
    }
    for (; at < length; at++) {
      const byte = chunk[at];
      if (byte === quote) {
        inString = false;
        return at + 1;
      }
      if (byte === backslash) at++;
    }
    escaped = at > length;
    return length;
  }

  function between(byte: number): void {
    const character = String.fromCharCode(byte);
    if (' \n\r\t'.includes(character)) return;
    if (character === '[' && expected === 'array') expected = 'object or end';
    else if (character === ',' && expected === 'comma or end') expected = 'object';
    else if (character === ']' && expected.endsWith('end')) expected = 'nothing';
    else if (character === '{' && expected.startsWith('object')) depth = 1;
    else throw new NotAnArray(`${JSON.stringify(character)} where ${expected} should be`);
  }

  function whole(last: Uint8Array): Uint8Array {
    const bytes = begun.length === 0 ? last : Buffer.concat([...begun, last]);
    begun = [];
    return bytes;
  }

  return {
    get closed() {
      return expected === 'nothing';
    },
    push(chunk) {
      const objects: Uint8Array[] = [];
      let at = 0;
      while (at < chunk.length) {
        const start = at;
        if (depth === 0) between(chunk[at++]!);
        if (depth === 0) continue;
        at = skipObject(chunk, at);
        const part = chunk.subarray(start, at);
        if (depth > 0) begun.push(part);
        else {
          objects.push(whole(part));
          expected = 'comma or end';
        }
      }
      return objects;
    },
  };
}
