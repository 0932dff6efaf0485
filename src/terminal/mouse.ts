/** The coordinates that follow an old report of the mouse: so many characters that mean no key. */
import { ground, type InputState } from './input-state.ts';

export interface MouseCoordinates {
  /** What comes after this byte, with so many coordinates to go; null when it is none of them. */
  readonly take: (byte: number, left: number) => InputState | null;
  readonly reset: () => void;
}

/** A coordinate is a byte, or (mode 1005) a character of two. */
export function mouseCoordinates(): MouseCoordinates {
  /** The first byte of a coordinate of two was taken. */
  let lead = false;
  const after = (left: number): InputState => (left > 1 ? { at: 'mouse', left: left - 1 } : ground);

  function take(byte: number, left: number): InputState | null {
    if (lead && byte >= 0x80 && byte < 0xc0) {
      lead = false;
      return after(left);
    }
    const done = lead ? left - 1 : left;
    lead = false;
    if (done === 0 || byte === 0x1b) return null;
    if (byte < 0xc2 || byte >= 0xe0) return after(done);
    lead = true;
    return { at: 'mouse', left: done };
  }

  const reset = (): void => {
    lead = false;
  };
  return { take, reset };
}
