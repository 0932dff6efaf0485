import { objectReader } from './object-reader.ts';

/** What a scanner of a JSON array says when the bytes are no array of objects. */
export class NotAnArray extends Error {}

export interface ArrayScanner {
  /** The objects that these bytes complete, in order, each as its exact bytes. */
  push(chunk: Uint8Array): Uint8Array[];
  /** Whether the closing bracket has been seen. */
  readonly closed: boolean;
}

/** What may come next between two objects. */
type Expected = 'array' | 'object or end' | 'object' | 'comma or end' | 'nothing';

/**
 * Splits a JSON array of objects, arriving in pieces of any size, into its objects, without
 * parsing them: a list of 100 000 jobs is handed out while it is still on its way.
 * Throws NotAnArray when something else than objects stands in the array.
 */
export function scanArray(): ArrayScanner {
  const reader = objectReader();
  let expected: Expected = 'array';

  /** Whether an object begins with this byte. */
  function begins(byte: number): boolean {
    const character = String.fromCharCode(byte);
    if (' \n\r\t'.includes(character)) return false;
    if (character === '[' && expected === 'array') expected = 'object or end';
    else if (character === ',' && expected === 'comma or end') expected = 'object';
    else if (character === ']' && expected.endsWith('end')) expected = 'nothing';
    else if (character === '{' && expected.startsWith('object')) return true;
    else throw new NotAnArray(`${JSON.stringify(character)} where ${expected} should be`);
    return false;
  }

  return {
    get closed() {
      return expected === 'nothing';
    },
    push(chunk) {
      const objects: Uint8Array[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (!reader.inside && !begins(chunk[at]!)) {
          at++;
          continue;
        }
        const { end, object } = reader.read(chunk, at);
        at = end;
        if (object === null) continue;
        objects.push(object);
        expected = 'comma or end';
      }
      return objects;
    },
  };
}
