import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test.each(['first.cjs', 'dkron-tui.cjs', 'screen.cjs', 'ink.cjs', 'others.cjs'])(
  'the program is read a byte a character: %s is written in ASCII',
  (file) => {
    const program = readFileSync(`dist/${file}`);
    expect(program.findIndex((byte) => byte > 0x7f)).toBe(-1);
  },
);
