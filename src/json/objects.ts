export interface ObjectReader {
  /** Whether an object has begun and not ended yet. */
  readonly inside: boolean;
  /**
   * Reads on from `at`, where an object begins unless one has begun before. Gives the place after
   * its last byte, and its exact bytes; or the chunk's end and null, when there is more to come.
   */
  read(chunk: Uint8Array, at: number): { readonly end: number; readonly object: Uint8Array | null };
  /** How many bytes it keeps of an object whose end has not come. */
  readonly begun: number;
  /** Hands over what it keeps, and reads on to the end of the object. */
  take(): Uint8Array;
  /** Gives up an object that has begun: the next byte is outside of any. */
  reset(): void;
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
  let parts: Uint8Array[] = [];
  let begun = 0;

  function take(): Uint8Array {
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    parts = [];
    begun = 0;
    return bytes;
  }

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
      parts.push(chunk.subarray(at, end));
      begun += end - at;
      return { end, object: depth > 0 ? null : take() };
    },
    get begun() {
      return begun;
    },
    take,
    reset() {
      depth = 0;
      inString = false;
      escaped = false;
      take();
    },
  };
}
