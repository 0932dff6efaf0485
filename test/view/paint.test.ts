import { expect, it } from 'vitest';
import { paint, switched } from '../../src/view/paint.ts';
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

it.each<[Look, Look, string]>([
  [{}, {}, ''],
  [{ bold: true, fg: 1 }, { bold: true, fg: 1 }, ''],
  [{}, { fg: 1, inverse: true }, '\x1b[7;31m'],
  [{ fg: 160, inverse: true }, {}, '\x1b[m'],
  [{ fg: 160, inverse: true }, { fg: 160 }, '\x1b[27m'],
  [{ fg: 160 }, { fg: 28 }, '\x1b[38;5;28m'],
  [{ fg: 160, bg: 88 }, { fg: 160, bold: true }, '\x1b[49;1m'],
  // Both end by 22.
  [{ bold: true }, { dim: true }, '\x1b[;2m'],
  [{ bold: true, dim: true, fg: 160 }, { dim: true, fg: 160 }, '\x1b[22;2m'],
])('from %j to %j', (from, to, code) => {
  expect(switched(from, to)).toBe(code);
});
