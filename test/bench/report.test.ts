import { describe, expect, it } from 'vitest';
import { asTable, isMet, type Row, ratioOf } from '../../bench/report.ts';

const row: Row = { measure: 'backup', unit: 'ms', ours: 120, against: { what: 'curl', value: 60 } };

describe('a row', () => {
  it('is compared as often as it takes theirs, or as theirs takes it', () => {
    expect(ratioOf({ ...row, by: 'times' }, 120)).toBe(2);
    expect(ratioOf({ ...row, by: 'faster' }, 120)).toBe(0.5);
    expect(ratioOf(row, 120)).toBeUndefined();
  });

  it.each<[string, Partial<Row>, boolean | undefined]>([
    ['no aim', {}, undefined],
    ['its value', { aim: { most: 120 } }, true],
    ['its value, above', { aim: { most: 119 } }, false],
    ['its value, below', { aim: { least: 121 } }, false],
    ['its ratio', { by: 'times', aim: { most: 2 } }, true],
    ['its ratio, above', { by: 'times', aim: { most: 1.9 } }, false],
    ['how much faster it is', { by: 'faster', aim: { least: 0.6 } }, false],
    ['nothing measured', { ours: Number.NaN, aim: { most: 1 } }, undefined],
    ['nothing beside', { missing: 'no curl', by: 'times', aim: { most: 1 } }, undefined],
  ])('meets its aim, or not: %s', (_what, more, met) => {
    expect(isMet({ ...row, ...more })).toBe(met);
  });
});

it('is a table that says what was aimed at and whether it was reached', () => {
  const rows: Row[] = [
    { ...row, before: 300, by: 'times', aim: { most: 1.5 } },
    { measure: 'memory', unit: 'bytes', ours: 104_857_600, aim: { most: 110e6 } },
  ];
  const table = asTable({
    measuredAt: '',
    machine: 'A machine',
    server: 'Dkron 4.1.2',
    quiet: 'a quiet machine',
    rows: rows.map((each) => ({ ...each, met: isMet(each) })),
  });
  expect(table).toBe(`A machine, on Dkron 4.1.2; a quiet machine

| measure | before        | ours          | against    | aim      | met |
| ------- | ------------- | ------------- | ---------- | -------- | --- |
| backup  | 300 ms, 5.00× | 120 ms, 2.00× | curl 60 ms | ≤ 1.5×   | NO  |
| memory  |               | 105 MB        |            | ≤ 110 MB | yes |`);
});
