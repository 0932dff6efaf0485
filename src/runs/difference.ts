/** How the outputs of two runs differ, as rows to show. */

import { alignLines, type Part } from '../base/align-lines.ts';
import { counted } from '../base/counted.ts';
import { fold } from './fold.ts';
import type { OutputLines } from './lines.ts';

/**
 * `−` only the older run has the line, `+` only the newer one; `≈` both have it but for what is folded,
 * and it is the newer one's; ` ` both have the same; `…` is a word on what is left out.
 */
export interface OutputRow {
  readonly sign: '−' | '+' | '≈' | ' ' | '…';
  readonly text: string;
  /** Of a line that only one of them has: that of the other which stands in its place, if there is one. */
  readonly other?: string;
}

export interface OutputDifference {
  readonly rows: readonly OutputRow[];
  /** The rows at which differences begin that are more than what is folded. */
  readonly places: readonly number[];
  /** The lines at which the first begins, counted from 1; behind the last where one of them has no more. */
  readonly first: { readonly older: number; readonly newer: number } | null;
  /** Lines that only the older, and only the newer one has. */
  readonly removed: number;
  readonly added: number;
  /** Lines that differ in nothing but what is folded. */
  readonly alike: number;
  /** There are too many differences to tell which lines go together. */
  readonly rough: boolean;
}

/** Lines that are the same, shown around a difference. */
const context = 3;
/** Lines of one output before those of the other in their place. */
const turn = 8;

export function outputDifference(older: OutputLines, newer: OutputLines): OutputDifference {
  const bare = older.json || newer.json ? withoutComma : asItIs;
  const told = ({ lines }: OutputLines): string[] => lines.map((line) => fold(bare(line)));
  const { parts, rough } = alignLines(told(older), told(newer));
  const rows: OutputRow[] = [];
  const places: number[] = [];
  let first: OutputDifference['first'] = null;
  const counts = { removed: 0, added: 0, alike: 0 };
  let isCut = false;
  for (const [at, part] of parts.entries()) {
    if (part.same) {
      const hidden = hiddenOf(part, rows.length === 0 || isCut, at === parts.length - 1);
      isCut = false;
      const same = sameRows(part, { older, newer, bare, hidden });
      counts.alike += same.alike;
      for (const row of same.rows) rows.push(row);
      continue;
    }
    const [before, after] = at === 0 && !rough ? excused(part, older, newer) : [0, 0];
    isCut = before + after > 0;
    if (isCut)
      rows.push(left(`${counted(before + after, 'line')} from before the other output begins`));
    const removed = before > 0 ? [] : older.lines.slice(...part.older);
    const added = after > 0 ? [] : newer.lines.slice(...part.newer);
    if (removed.length + added.length === 0) continue;
    places.push(rows.length);
    first ??= { older: part.older[0] + 1, newer: part.newer[0] + 1 };
    counts.removed += removed.length;
    counts.added += added.length;
    inTurns(rows, removed, added);
  }
  return { rows, places, first, ...counts, rough };
}

const left = (text: string): OutputRow => ({ sign: '…', text });

/** The last of an object has no comma, and is another one where something was put in behind it. */
const withoutComma = (line: string): string => (line.endsWith(',') ? line.slice(0, -1) : line);
const asItIs = (line: string): string => line;

/**
 * How many lines only one has at its beginning because Dkron cut the other there: which begins in the middle of
 * the first, with nothing of its own.
 */
function excused(part: Part, older: OutputLines, newer: OutputLines): readonly [number, number] {
  const [removed, added] = [part.older[1] - part.older[0], part.newer[1] - part.newer[0]];
  const isWhole = removed === older.lines.length || added === newer.lines.length;
  if (isWhole) return [0, 0];
  return [newer.cut && added === 0 ? removed : 0, older.cut && removed === 0 ? added : 0];
}

type Range = readonly [from: number, to: number];

/** Which of the equal lines are left out: those next to a difference are not. */
function hiddenOf({ newer: [from, to] }: Part, first: boolean, last: boolean): Range {
  const head = from + (first ? 0 : context);
  const end = to - (last ? 0 : context);
  return end - head > 1 ? [head, end] : [to, to];
}

interface Same {
  readonly older: OutputLines;
  readonly newer: OutputLines;
  readonly bare: (line: string) => string;
  /** Lines of the newer one. */
  readonly hidden: Range;
}

/** Lines that both have, and how many of them are alike only. */
function sameRows(
  { older: [start], newer: [from, to] }: Part,
  { older, newer, bare, hidden: [first, end] }: Same,
): { readonly rows: readonly OutputRow[]; readonly alike: number } {
  const rows: OutputRow[] = [];
  let [alike, hidden] = [0, 0];
  for (let at = from; at < to; at++) {
    const text = newer.lines[at]!;
    const isAlike = bare(older.lines[start + at - from]!) !== bare(text);
    if (isAlike) alike++;
    if (at < first || at >= end) rows.push({ sign: isAlike ? '≈' : ' ', text });
    else if (isAlike) hidden++;
    if (at === end - 1 && end > first) rows.push(left(equalText(end - first, hidden)));
  }
  return { rows, alike };
}

function equalText(count: number, alike: number): string {
  const but = 'but for times, ids or numbers';
  if (alike === count) return `${count} lines, equal ${but}`;
  return `${count} equal lines${alike === 0 ? '' : `, ${alike} of them ${but}`}`;
}

/** Long ones in turns, so that both are seen where they begin. */
function inTurns(rows: OutputRow[], removed: readonly string[], added: readonly string[]): void {
  const row = (sign: '−' | '+', text: string, other: string | undefined): OutputRow =>
    other === undefined ? { sign, text } : { sign, text, other };
  const length = Math.max(removed.length, added.length);
  for (let at = 0; at < length; at += turn) {
    for (const [index, text] of removed.slice(at, at + turn).entries())
      rows.push(row('−', text, added[at + index]));
    for (const [index, text] of added.slice(at, at + turn).entries())
      rows.push(row('+', text, removed[at + index]));
  }
}
