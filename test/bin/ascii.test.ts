import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the program is read a byte a character: it is written in ASCII', () => {
  const program = readFileSync('dist/dkron-tui.cjs');
  expect(program.findIndex((byte) => byte > 0x7f)).toBe(-1);
});
