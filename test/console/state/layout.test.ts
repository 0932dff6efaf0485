import { expect, it } from 'vitest';
import {
  bodyRows,
  editorSize,
  firstShown,
  jobRows,
  listRows,
  paneColumns,
  planRows,
  stripHeight,
  tableColumns,
  tableRows,
  tooSmall,
} from '../../../src/console/state/layout.ts';
import type { State } from '../../../src/console/state/model.ts';
import { started } from '../states.ts';

const at = (columns: number, rows: number): State => ({ ...started(), columns, rows });

it.each([
  [40, 10, false],
  [39, 10, true],
  [40, 9, true],
])('%i × %i is too small: %s', (columns, rows, small) => {
  expect(tooSmall(at(columns, rows))).toBe(small);
});

it.each([
  [10, 7, 6],
  [24, 21, 20],
  [3, 1, 1],
])('of %i rows the body has %i, and a list below its titles %i', (rows, body, list) => {
  expect([bodyRows(at(80, rows)), listRows(at(80, rows))]).toEqual([body, list]);
});

it.each([
  { columns: 149, rows: 24, pane: 0, strip: 4, table: [149, 16] },
  { columns: 150, rows: 24, pane: 51, strip: 0, table: [98, 20] },
  { columns: 300, rows: 24, pane: 76, strip: 0, table: [223, 20] },
  { columns: 80, rows: 16, pane: 0, strip: 4, table: [80, 8] },
  { columns: 80, rows: 15, pane: 0, strip: 0, table: [80, 11] },
])('the jobs at $columns × $rows', ({ columns, rows, pane, strip, table }) => {
  const state = at(columns, rows);
  expect([paneColumns(state), stripHeight(state)]).toEqual([pane, strip]);
  expect([tableColumns(state), tableRows(state)]).toEqual(table);
});

it.each([
  [24, 30, { details: 14, runs: 6 }],
  [24, 5, { details: 5, runs: 15 }],
  [14, 30, { details: 6, runs: 4 }],
  [10, 30, { details: 3, runs: 3 }],
])('a job in %i rows, with %i lines of details', (rows, details, shared) => {
  expect(jobRows(at(80, rows), details)).toEqual(shared);
});

it.each([
  [17, 30, { list: 12, diff: 0 }],
  [18, 30, { list: 7, diff: 6 }],
  [24, 30, { list: 11, diff: 8 }],
  [24, 3, { list: 3, diff: 16 }],
  [24, 0, { list: 1, diff: 18 }],
  [60, 90, { list: 43, diff: 12 }],
])('a plan in %i rows, of %i jobs', (rows, jobs, shared) => {
  expect(planRows(at(80, rows), jobs)).toEqual(shared);
});

it('the editor of a value has a gutter at its left and a line above', () => {
  expect(editorSize(at(80, 24))).toEqual({ columns: 73, rows: 20 });
  expect(editorSize(at(10, 4))).toEqual({ columns: 8, rows: 1 });
});

it.each([
  [undefined, 30, 10, 0],
  [5, 30, 10, 5],
  [25, 30, 10, 20],
  [5, 8, 10, 0],
  [-1, 30, 10, 0],
])('from line %s of %i in a window of %i, line %i is on top', (top, lines, height, first) => {
  expect(firstShown(top, lines, height)).toBe(first);
});
