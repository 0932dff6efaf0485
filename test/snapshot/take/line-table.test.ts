import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  definitionsHash,
  sortedDefinitionsHash,
} from '../../../src/snapshot/archive/definition.ts';
import { LineTable } from '../../../src/snapshot/take/line-table.ts';

const lineOf = (name: string, at: number) => ({
  name,
  bytes: at,
  sha256: hash('sha256', `${name} ${at}`),
  definition: hash('sha256', name).slice(0, 32),
});

test('gives back every line in its order, and finds the first of each name', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }))), (names) => {
      const table = new LineTable();
      const lines = names.map(lineOf);
      for (const line of lines) table.add(line);
      expect([...table]).toEqual(lines);
      expect(table.count).toBe(names.length);
      for (const name of [...names, 'of nobody else'])
        expect(table.find(name)).toBe(names.indexOf(name));
      expect(sortedDefinitionsHash(table.definitions())).toBe(definitionsHash(lines));
    }),
  );
});

test('many lines, and long names', () => {
  const table = new LineTable();
  const names = Array.from({ length: 20_000 }, (_, at) => `job-${at}`);
  for (const [at, name] of ['x'.repeat(100_000), ...names].entries()) table.add(lineOf(name, at));
  expect(table.find('job-19999')).toBe(20_000);
  expect([...table].at(-1)).toEqual(lineOf('job-19999', 20_000));
  expect(table.find('job-20000')).toBe(-1);
});
