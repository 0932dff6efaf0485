/**
 * Everything that a command prints goes through here: nothing of a server, a file or an operator
 * reaches a terminal raw, and everything reaches a pipe as it is.
 */
import { stringifyJson } from '../json/numbers.ts';
import { cell, clean, cleanLines, width } from '../terminal/cell.ts';
import { escapeJson } from '../terminal/json-escapes.ts';
import { type TabProgress, tabProgress } from '../terminal/tab-progress.ts';
import { bold, type Line, plain, type Span, toned } from '../view/line.ts';
import { paint } from '../view/paint.ts';
import type { Theme } from '../view/theme.ts';
import { discreet } from './discreet.ts';
import type { Io } from './io.ts';
import { themeFor } from './look.ts';
import { write } from './outlet.ts';

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
  const theme = themeFor(io, io.stdout);
  const lines = table.map((line) =>
    line.map((span, at) => dressed(fitted(span, at), theme)).join(gap),
  );
  io.stdout.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
}

/** Lines for people, each made fit to show. */
export function printLines(io: Io, lines: readonly Line[]): void {
  const theme = themeFor(io, io.stdout);
  const text = lines.map((line) => line.map((span) => dressed(span, theme)).join(''));
  io.stdout.write(text.map((line) => `${line.trimEnd()}\n`).join(''));
}

/** A note on what is going on, on stderr so that it never mixes with the output. */
export function printNote(io: Io, text: string): void {
  io.stderr.write(`${clean(discreet(io, text))}\n`);
}

/** One line of compact JSON; numbers stay as the server wrote them. */
export const printJson = (io: Io, value: unknown): void => printJsonText(io, stringifyJson(value));

/** JSON as somebody else wrote it, exactly; on a terminal as JSON that means the same. */
export function printJsonText(io: Io, text: string): void {
  io.stdout.write(`${onTerminal(io.stdout, text)}\n`);
}

/** An error for people, on stderr: what happened, and below it what it means and what to do. */
export function printErrorLines(io: Io, [what = '', ...advice]: readonly string[]): void {
  const label = dressed(toned('error:', 'bad'), themeFor(io, io.stderr));
  const lines = [`${label} ${clean(what)}`, ...advice.map((line) => `  ${clean(line)}`)];
  io.stderr.write(`${lines.join('\n')}\n`);
}

/** An error, as JSON, on stderr. */
export function printJsonError(io: Io, value: unknown): void {
  io.stderr.write(`${onTerminal(io.stderr, stringifyJson(value))}\n`);
}

/** Bytes of JSON that come in pieces, as `printJsonText` prints them. Resolves when all are out. */
export async function printJsonBytes(io: Io, parts: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const part of io.stdout.isTTY ? shownParts(parts) : parts)
    await write(io.stdout, part);
}

async function* shownParts(parts: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const part of parts) yield escapeJson(decoder.decode(part, { stream: true }));
  yield escapeJson(decoder.decode());
}

const onTerminal = (stream: { isTTY?: boolean }, json: string): string =>
  stream.isTTY ? escapeJson(json) : json;

/** Text of any kind, exactly; a terminal gets its lines without control codes. */
export function printText(io: Io, text: string): void {
  if (io.stdout.isTTY)
    printLines(
      io,
      cleanLines(text).map((line) => [plain(line)]),
    );
  else io.stdout.write(text);
}

/** As `printText`, of a text that comes in pieces: on a terminal each ends its line. */
export const printPiece = (io: Io, piece: string): void =>
  printText(io, io.stdout.isTTY ? piece.replace(/\r?\n$/, '') : piece);

const eraseLine = '\x1b[K';

/** On a terminal, in place of what was written so before; null: nothing stays of it. */
export function printOver(io: Io, text: string | null): void {
  const { columns = 80 } = io.stderr;
  const shown = clean(text ?? '');
  // A line that wraps cannot be written over.
  io.stderr.write(`\r${cell(shown, Math.min(width(shown), columns - 1))}${eraseLine}`);
}

/** What the tab of the terminal shows. */
export const tabOf = (io: Io): TabProgress =>
  tabProgress((sequence) => io.stderr.write(sequence), io.env);

/** The span's text in its colours, made fit to show. */
const dressed = (span: Span, theme: Theme): string => paint(clean(span.text), theme(span));
