import { objectReader } from './objects.ts';

/** What a scanner of a JSON array says when the bytes are not an array of objects. */
export class NotAnArray extends Error {}

export interface ArrayScanner {
  /** The objects that these bytes complete, in order, each as its exact bytes. */
  push(chunk: Uint8Array): Uint8Array[];
  /** Whether the closing bracket has been seen. */
  readonly closed: boolean;
}

/** What may come next between two objects. */
type Expected = 'array' | 'object or end' | 'object' | 'comma or end' | 'nothing';

export interface ScanOptions {
  /**
   * All objects are written alike, as one server writes its jobs: with the same first key, the same
   * spacing, and no array of such objects inside. Then their borders can be searched for, which is
   * several times faster than reading every byte. Where it is not so, the objects are too many or
   * too few.
   */
  readonly alike?: boolean;
}

/**
 * Splits a JSON array of objects, arriving in pieces of any size, into its objects, without
 * parsing them: a list of 100 000 jobs is handed out while it is still on its way.
 * Throws NotAnArray when something else than objects stands in the array.
 */
export function scanArray({ alike = false }: ScanOptions = {}): ArrayScanner {
  const reader = objectReader();
  let expected: Expected = 'array';
  /** `},{"id":`, say. No string holds it, because a quote inside a string has a backslash. */
  let border: Buffer | null = null;

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
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let at = 0;
      while (at < chunk.length) {
        if (!reader.inside && !begins(chunk[at]!)) {
          at++;
          continue;
        }
        const next = border === null || reader.inside ? -1 : bytes.indexOf(border, at);
        const { end, object } =
          next < 0
            ? reader.read(chunk, at)
            : { end: next + 1, object: chunk.subarray(at, next + 1) };
        at = end;
        if (object === null) continue;
        objects.push(object);
        expected = 'comma or end';
        if (alike && border === null) border = borderAfter(object);
      }
      return objects;
    },
  };
}

const colon = 0x3a;

/** The border between this object and one that begins like it; null for an empty object. */
function borderAfter(object: Uint8Array): Buffer | null {
  const key = object.subarray(0, object.indexOf(colon) + 1);
  return key.length === 0 ? null : Buffer.concat([Buffer.from('},'), key]);
}
