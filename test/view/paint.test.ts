import { expect, it } from 'vitest';
import { paint } from '../../src/view/paint.ts';
import type { Look } from '../../src/view/theme.ts';

it.each<[Look, string]>([
  [{}, 'x'],
  [{ fg: 1 }, '\x1b[31mx\x1b[39m'],
  [{ fg: 9, bg: 15 }, '\x1b[91;107mx\x1b[39;49m'],
  [{ fg: 160 }, '\x1b[38;5;160mx\x1b[39m'],
  [{ fg: 16, bg: 226 }, '\x1b[38;5;16;48;5;226mx\x1b[39;49m'],
  [{ bold: true, dim: true, underline: true, inverse: true }, '\x1b[1;2;4;7mx\x1b[22;24;27m'],
])('%j', (look, bytes) => {
  expect(paint('x', look)).toBe(bytes);
  expect(paint('', look)).toBe('');
});
