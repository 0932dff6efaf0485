/**
 * Bytes of a terminal as code points, in any split. Unlike TextDecoder it tells a stray byte of
 * 0x80 to 0x9f for what a terminal with 8-bit controls means by it: a C1 control.
 */
export interface CodePoints {
  /** The code points that this byte completes: none, one, or a broken one and its own. */
  readonly add: (byte: number) => readonly number[];
}

const broken = 0xfffd;

export function codePoints(): CodePoints {
  let value = 0;
  let missing = 0;
  let least = 0;

  function start(byte: number): readonly number[] {
    if (byte < 0xa0) return [byte];
    if (byte < 0xc2 || byte > 0xf4) return [broken];
    missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    least = [0x80, 0x800, 0x1_0000][missing - 1]!;
    value = byte & (0x3f >> missing);
    return [];
  }

  return {
    add(byte) {
      if (missing === 0) return start(byte);
      if ((byte & 0xc0) !== 0x80) {
        missing = 0;
        return [broken, ...start(byte)];
      }
      value = (value << 6) | (byte & 0x3f);
      missing -= 1;
      if (missing > 0) return [];
      const isNone = value < least || value > 0x10_ffff || (value >= 0xd800 && value < 0xe000);
      return [isNone ? broken : value];
    },
  };
}
