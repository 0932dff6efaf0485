import { expect, it } from 'vitest';
import { arrow, sortOf, stepped } from '../../../src/console/state/sort.ts';

const ids = ['name', 'next', 'last'] as const;

it('steps through the columns and round their end', () => {
  expect(stepped(ids, 'name', 1)).toEqual({ column: 'next', descending: false });
  expect(stepped(ids, 'last', 1).column).toBe('name');
  expect(stepped(ids, 'name', -1).column).toBe('last');
});

it.each([
  ['next', { column: 'next', descending: false }],
  ['next asc', { column: 'next', descending: false }],
  ['last:d', { column: 'last', descending: true }],
  ['last  descending', { column: 'last', descending: true }],
  ['', { problem: ':sort takes one of name, next, last' }],
  ['size', { problem: ':sort takes one of name, next, last' }],
  ['next up', { problem: ':sort next takes asc or desc, not up' }],
])('reads %j', (words, sort) => {
  expect(sortOf(words, ids)).toEqual(sort);
});

it('points where the rows go', () => {
  expect([arrow({ descending: false }), arrow({ descending: true })]).toEqual(['▲', '▼']);
});
