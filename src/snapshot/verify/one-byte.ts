import { hash } from 'node:crypto';

export interface OneByte {
  /** Offset of the byte that is not what it was. */
  readonly at: number;
  /** All but one of its bits are as they were: so memory and disks damage, and people do not. */
  readonly bit: boolean;
}

/** Counts down what is hashed, so that a search has an end. */
export interface Budget {
  /** bytes */
  left: number;
}

/**
 * Which byte of a line is another one, when it is a single one: found by trying. Null where it is more than one, or
 * when the budget does not suffice. SHA-256 in hex.
 */
export function oneByte(line: Uint8Array, sha256: string, budget: Budget): OneByte | null {
  const bytes = Uint8Array.from(line);
  const bits = Array.from({ length: 8 }, (_, bit) => 1 << bit);
  const others = Array.from({ length: 255 }, (_, at) => at + 1).filter((x) => !bits.includes(x));
  for (const changes of [bits, others]) {
    budget.left -= changes.length * bytes.length ** 2;
    if (budget.left < 0) return null;
    const at = bytes.findIndex((byte, index) =>
      changes.some((change) => {
        bytes[index] = byte ^ change;
        const found = hash('sha256', bytes, 'hex') === sha256;
        bytes[index] = byte;
        return found;
      }),
    );
    if (at >= 0) return { at, bit: changes === bits };
  }
  return null;
}
