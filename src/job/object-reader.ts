export interface ObjectReader {
  /** Whether an object has begun and not ended yet. */
  readonly inside: boolean;
  /**
   * Reads on from `at`, where an object begins unless one has begun before. Gives the place after
   * its last byte, and its exact bytes; or the chunk's end and null, when there is more to come.
   */
  read(chunk: Uint8Array, at: number): { readonly end: number; readonly object: Uint8Array | null };
}

const quote = 0x22;
const backslash = 0x5c;
const open = 0x7b;
const close = 0x7d;

/**
 * Finds where JSON objects end, in bytes that arrive in pieces of any size, without parsing them.
 * Every byte that means something is ASCII, which UTF-8 never uses inside another character.
 */
export function objectReader(): ObjectReader {
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** The parts of an object that began in an earlier chunk. */
  let begun: Uint8Array[] = [];

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

  return {
    get inside() {
      return depth > 0;
    },
    read(chunk, at) {
      const end = skipObject(chunk, at);
      const part = chunk.subarray(at, end);
      if (depth > 0) {
        begun.push(part);
        return { end, object: null };
      }
      const object = begun.length === 0 ? part : Buffer.concat([...begun, part]);
      begun = [];
      return { end, object };
    },
  };
}
