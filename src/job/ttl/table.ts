/** For how long what jobs fetch is kept, as a table says it: CSV with a line of titles, or JSON. */
import { withoutEnds } from '../../base/trimmed.ts';
import { parseNames } from '../../json/names.ts';
import { parseGoDuration } from '../../schedule/index.ts';
import { isMap } from '../shape.ts';

/** Seconds; null where there is none, which is so of 0, too. */
export interface Ttl {
  /** From then on it is fetched anew. */
  readonly soft: number | null;
  /** From then on it is not shown any more. */
  readonly hard: number | null;
}

export const units = { ms: 0.001, s: 1, min: 60, h: 3_600, d: 86_400 } as const;

/** How a table is read. */
export interface TtlColumns {
  /** Where a job has what stands in each of these columns: `path`, `query.NAME`, `body.PATH` … */
  readonly match: Readonly<Record<string, string>>;
  readonly soft: string;
  readonly hard: string | null;
  /** Of a cell that is only a number. */
  readonly unit: keyof typeof units;
}

export interface TtlTable {
  readonly columns: TtlColumns;
  /** By what a job has in the columns (`rowKey`). */
  readonly rows: ReadonlyMap<string, Ttl>;
  /** How many rows say the same again; the shortest of their TTLs count. */
  readonly doubled: number;
  /** How many rows have no TTL that can be read. */
  readonly unread: number;
}

/** Where in a job a column may look. */
export const isPlace = (where: string): boolean =>
  /^(path|name|(query|body|metadata)\..+)$/s.test(where);

export const rowKey = (values: readonly string[]): string => JSON.stringify(values);

/** Why a text is no such table: a sentence without what stands in its cells. */
export interface NoTable {
  readonly problem: string;
}

export function readTable(text: string, columns: TtlColumns): TtlTable | NoTable {
  const read = /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text);
  if ('problem' in read) return read;
  const wanted = [
    ...Object.keys(columns.match),
    columns.soft,
    ...(columns.hard ? [columns.hard] : []),
  ];
  const missing = wanted.find((name) => !read.titles.includes(name));
  if (missing !== undefined)
    return { problem: `has no column ${missing}: there is ${read.titles.join(', ') || 'none'}` };
  const rows = new Map<string, Ttl>();
  let [doubled, unread] = [0, 0];
  for (const cells of read.rows) {
    const key = rowKey(
      Object.entries(columns.match).map(([name, where]) => normal(where, cells.get(name) ?? '')),
    );
    const soft = secondsOf(cells.get(columns.soft), columns.unit);
    const hard = secondsOf(columns.hard === null ? '' : cells.get(columns.hard), columns.unit);
    if (soft === undefined || hard === undefined) {
      unread += 1;
      continue;
    }
    const before = rows.get(key);
    if (before !== undefined) doubled += 1;
    rows.set(key, before === undefined ? { soft, hard } : shorter(before, { soft, hard }));
  }
  return { columns, rows, doubled, unread };
}

const shorter = (a: Ttl, b: Ttl): Ttl => ({
  soft: least(a.soft, b.soft),
  hard: least(a.hard, b.hard),
});

const least = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** A path is the same with a slash at its end, and as a whole address. */
export function normal(where: string, text: string): string {
  const trimmed = text.trim();
  if (where !== 'path') return trimmed;
  const path = trimmed.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return `/${withoutEnds(path, /\//)}`;
}

/** `900`, `15m`, empty; undefined for what is neither a number nor a duration. */
function secondsOf(cell = '', unit: TtlColumns['unit']): number | null | undefined {
  const text = cell.trim();
  if (text === '' || text === '\\N' || text.toLowerCase() === 'null') return null;
  const number = /^\d{1,12}(\.\d+)?$/.test(text) ? Number(text) * units[unit] : durationOf(text);
  return number === 0 ? null : number;
}

function durationOf(text: string): number | undefined {
  const read = parseGoDuration(text);
  return 'nanos' in read && read.nanos >= 0n ? Number(read.nanos) / 1e9 : undefined;
}

interface Cells {
  readonly titles: readonly string[];
  readonly rows: readonly ReadonlyMap<string, string>[];
}

function readJson(text: string): Cells | NoTable {
  let value: unknown;
  try {
    value = parseNames(text);
  } catch {
    return { problem: 'begins like JSON and is not JSON' };
  }
  if (!Array.isArray(value) || !value.every(isMap))
    return { problem: 'is not a JSON list of rows, each an object' };
  const rows = value.map(
    (row) => new Map(Object.entries(row).map(([name, cell]) => [name, String(cell ?? '')])),
  );
  return { titles: [...new Set(rows.flatMap((row) => [...row.keys()]))], rows };
}

/** RFC 4180; a semicolon or a tab may stand in place of the comma, as the titles have it. */
function readCsv(text: string): Cells | NoTable {
  const [first = ''] = text.replace(/^\u{feff}/u, '').split(/\r?\n/, 1);
  const separator = [',', ';', '\t'].find((one) => first.includes(one)) ?? ',';
  const [titles = [], ...lines] = csvLines(text.replace(/^\u{feff}/u, ''), separator);
  if (titles.every((title) => title.trim() === '')) return { problem: 'is empty' };
  const names = titles.map((title) => title.trim());
  const at = lines.findIndex((cells) => cells.length !== names.length);
  if (at >= 0)
    return {
      problem: `has ${names.length} titles and ${lines[at]!.length} cells in its row ${at + 1}`,
    };
  return {
    titles: names,
    rows: lines.map((cells) => new Map(cells.map((cell, column) => [names[column]!, cell]))),
  };
}

function csvLines(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, end } = cellAt(text, at, separator);
    cells.push(cell);
    at = end + 1;
    if (text[end] === separator && end < text.length) {
      // What a separator ends with is one more cell.
      if (at === text.length) cells.push('');
      continue;
    }
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    if (cells.length > 1 || cells[0] !== '') lines.push(cells);
    cells = [];
  }
  if (cells.length > 0) lines.push(cells);
  return lines;
}

function cellAt(text: string, start: number, separator: string): { cell: string; end: number } {
  const isEnd = (at: number): boolean =>
    at >= text.length || text[at] === separator || text[at] === '\n' || text[at] === '\r';
  let at = start;
  let cell = '';
  if (text[at] === '"') {
    for (at += 1; at < text.length; at += 1) {
      if (text[at] !== '"') cell += text[at];
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else {
        at += 1;
        break;
      }
    }
  }
  while (!isEnd(at)) {
    cell += text[at];
    at += 1;
  }
  return { cell, end: at };
}
