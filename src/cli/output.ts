import { styleText } from 'node:util';
import { stringifyJson } from '../base/json.ts';
import { bold, type Line, type Span, type Tone } from '../console/line.ts';
import { cell, clean, width } from '../terminal/cell.ts';
import type { Io } from './io.ts';

/** A column of a table for people; the columns of the console's jobs table are such ones. */
export interface Column<Row> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  readonly cell: (row: Row) => Span;
}

const gap = '  ';

/** A table for people: columns as wide as their widest cell, nothing cut, text made fit to show. */
export function printTable<Row>(
  io: Io,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): void {
  const table = [
    columns.map(({ title }) => bold(title)),
    ...rows.map((row) => columns.map((column) => column.cell(row))),
  ];
  const widths = columns.map((_, at) =>
    table.reduce((widest, line) => Math.max(widest, width(line[at]!.text)), 0),
  );
  const fitted = ({ text, ...look }: Span, at: number): Span => ({
    ...look,
    text: cell(text, at === columns.length - 1 ? width(text) : widths[at]!, columns[at]!.align),
  });
  const lines = table.map((line) => line.map((span, at) => dress(io, fitted(span, at))).join(gap));
  io.stdout.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
}

/** Lines for people, each made fit to show. */
export function printLines(io: Io, lines: readonly Line[]): void {
  const text = lines.map((line) => line.map((span) => dress(io, span)).join(''));
  io.stdout.write(text.map((line) => `${line.trimEnd()}\n`).join(''));
}

/** A word on what is going on, on stderr so that it is in nobody's data. */
export function printNote(io: Io, text: string): void {
  io.stderr.write(`${clean(text)}\n`);
}

/** One line of compact JSON; numbers stay as the server wrote them. */
export function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${stringifyJson(value)}\n`);
}

type Style = Parameters<typeof styleText>[0];

const styles: Record<Tone, Style | undefined> = {
  ok: 'green',
  bad: 'red',
  attention: 'yellow',
  quiet: 'dim',
  plain: undefined,
};

/** The span's text in its colours, where stdout shows any and nobody asked for none. */
function dress(io: Io, { text, tone = 'plain', bold }: Span): string {
  const style = bold ? 'bold' : styles[tone];
  return style === undefined ? clean(text) : styleText(style, clean(text), { stream: io.stdout });
}
