import { expect, it } from 'vitest';
import { skewAgainst, skewNote, skewText } from '../../src/view/skew.ts';

it.each([
  [0, null, null],
  [60_000, null, null],
  [-60_000, null, null],
  [60_001, '1m ahead', "1m ahead of the server's"],
  [899_200, '15m ahead', "15m ahead of the server's"],
  [-899_200, '15m behind', "15m behind the server's"],
  [7_200_000, '2h ahead', "2h ahead of the server's"],
  [-90 * 86_400_000, '90d behind', "90d behind the server's"],
])('clocks that are %d ms apart', (skew, text, against) => {
  expect(skewText(skew)).toBe(text);
  expect(skewAgainst(skew)).toBe(against);
  expect(skewNote(skew)?.startsWith(`This machine's clock is ${against};`)).toBe(
    against === null ? undefined : true,
  );
});
