import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plain, quiet } from '../../src/view/line.ts';
import { cells, row, rowsByKey } from '../../src/view/table.ts';
import { hostileText } from '../console/hostile.ts';

const widths = [{ width: 6 }, { width: 4, align: 'right' }] as const;
const look = fc.record({
  cursor: fc.boolean(),
  marked: fc.boolean(),
  columns: fc.constantFrom(10, 20),
  dull: fc.boolean(),
});
const span = fc.oneof(
  fc.constantFrom('a', 'b').map(plain),
  fc.constant(quiet('a')),
  hostileText.map(plain),
);

it('a row that is remembered is the row as it would be made', () => {
  const rows = fc.array(fc.tuple(fc.constantFrom('x', 'y'), fc.tuple(span, span), look));
  fc.assert(
    fc.property(rows, (asked) => {
      const rowOf = rowsByKey();
      for (const [key, spans, how] of asked)
        expect(rowOf(key, spans, widths, how)).toEqual(row(cells(spans, widths), how));
    }),
  );
});

it('a row that shows the same is the very same line', () => {
  const rowOf = rowsByKey();
  const how = { cursor: false, marked: false, columns: 20 };
  const first = rowOf('x', [plain('a'), plain('1m')], widths, how);
  expect(rowOf('x', [plain('a'), plain('1m')], widths, { ...how })).toBe(first);
  expect(rowOf('x', [plain('a'), quiet('1m')], widths, how)).not.toBe(first);
  expect(rowOf('x', [plain('a'), plain('1m')], widths, { ...how, cursor: true })).not.toBe(first);
});
