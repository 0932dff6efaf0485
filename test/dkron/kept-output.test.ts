import { expect, it } from 'vitest';
import { cutText } from '../../src/dkron/kept-output.ts';

const is = 'Dkron keeps the last 256 000 bytes of an output: the beginning is cut';
const perhaps = 'Dkron keeps the last 256 000 bytes of an output: the beginning may be cut';

it.each([
  ['', null],
  ['x'.repeat(255_999), null],
  ['x'.repeat(256_000), is],
  ['é'.repeat(127_999), null],
  ['é'.repeat(128_000), is],
  // Cut within a character: a byte of it came as U+FFFD.
  [`\ufffd${'x'.repeat(255_999)}`, is],
  [`\ufffd${'x'.repeat(255_998)}`, perhaps],
  // 100 000 bytes that are no UTF-8.
  ['\ufffd'.repeat(100_000), perhaps],
  ['\ufffd'.repeat(85_333), null],
])('case %#', (output, text) => {
  expect(cutText(output)).toBe(text);
});
