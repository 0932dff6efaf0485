import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readTable, rowKey, type TtlColumns } from '../../../src/job/ttl/table.ts';

const columns: TtlColumns = {
  match: { route: 'path', kind: 'query.kind' },
  soft: 'soft',
  hard: 'hard',
  unit: 'min',
};

const read = (text: string, more: Partial<TtlColumns> = {}) => {
  const table = readTable(text, { ...columns, ...more });
  return 'problem' in table
    ? table.problem
    : { ...table, columns: undefined, rows: Object.fromEntries(table.rows) };
};
const key = rowKey(['/v1/zones', 'a']);

describe('a table', () => {
  it.each([
    ['CSV', 'route,kind,soft,hard\n/v1/zones,a,20,60\n'],
    ['CSV of another order, with more', 'x,hard,soft,kind,route\r\n1,60,20,a,/v1/zones\r\n'],
    ['a semicolon', 'route;kind;soft;hard\n/v1/zones;a;20;60'],
    ['tabs', 'route\tkind\tsoft\thard\n/v1/zones\ta\t20\t60\n'],
    ['quotes', '\ufeff"route","kind","soft","hard"\n"/v1/zones","a","20","60"\n\n'],
    ['JSON', '[{"route":"/v1/zones","kind":"a","soft":20,"hard":60}]'],
    ['durations', 'route,kind,soft,hard\n/v1/zones,a,20m,1h\n'],
    ['a path as an address', 'route,kind,soft,hard\nhttp://a:1/v1/zones/?b=c,a,20,60\n'],
    ['a path with fewer slashes', 'route,kind,soft,hard\n v1/zones ,a,20,60\n'],
  ])('is read from %s', (_, text) => {
    expect(read(text)).toEqual({
      rows: { [key]: { soft: 1200, hard: 3600 } },
      doubled: 0,
      unread: 0,
    });
  });

  it.each([
    ['0', '', null, null],
    ['\\N', 'NULL', null, null],
    ['1.5', '0s', 90, null],
    ['90s', '2', 90, 120],
  ])('takes %s and %s as %s and %s', (soft, hard, ...seconds) => {
    const text = `route,kind,soft,hard\n/v1/zones,a,${soft},${hard}`;
    expect(read(text)).toMatchObject({ rows: { [key]: { soft: seconds[0], hard: seconds[1] } } });
  });

  it('counts what says the same again, of which the shortest counts, and what it cannot read', () => {
    const rows = ['/v1/zones,a,20,60', '/v1/zones/,a,30,', '/x,b,soon,1', '/x,b,-1,1'];
    expect(read(['route,kind,soft,hard', ...rows].join('\n'))).toEqual({
      rows: { [key]: { soft: 1200, hard: 3600 } },
      doubled: 1,
      unread: 2,
    });
  });

  it.each([
    ['', 'is empty'],
    ['route,kind,soft\n', 'has no column hard: there is route, kind, soft'],
    ['route,kind,soft,hard\n/a,b,1\n', 'has 4 titles and 3 cells in its row 1'],
    ['[1]', 'is not a JSON list of rows, each an object'],
    ['{"route":1}', 'is not a JSON list of rows, each an object'],
    ['[{', 'begins like JSON and is not JSON'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(read(text)).toBe(problem);
  });
});

test('cells come out of CSV as they went in', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', ';') });
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (kinds) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const lines = kinds.map((kind, at) => `/${at},${quoted(kind)},1,2`);
      const table = readTable(['route,kind,soft,hard', ...lines, ''].join('\r\n'), columns);
      if ('problem' in table) throw new Error(table.problem);
      expect([...table.rows.keys()]).toEqual(
        kinds.map((kind, at) => rowKey([`/${at}`, kind.trim()])),
      );
    }),
  );
});
