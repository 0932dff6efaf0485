/** The difference of two definitions, field by field; bodies line by line. */

import { alignLines } from '../base/align-lines.ts';
import type { FieldChange } from '../job/compare.ts';
import { openBody } from '../json/layout.ts';
import { cleanLines } from '../terminal/cell.ts';
import { fitLine, from, spanWidth } from './compose.ts';
import { type Line, quiet, type Span, type Tone, toned } from './line.ts';
import { memoEach } from './memo.ts';

const labelWidth = 24;
/** Unchanged lines shown around a change. */
const context = 2;

export interface DiffLine {
  readonly sign: '−' | '+' | ' ' | '…';
  readonly text: string;
}

/** `−` what is there, `+` what it would become; in lines of exactly so many cells, from one on. */
export const changeLines = (changes: readonly FieldChange[], columns: number, left = 0): Line[] =>
  changes
    .flatMap((change) => fieldLines(change, labelColumns(changes, columns)))
    .map(([label, text]) => fitLine([label, { ...text, text: from(text.text, left) }], columns));

/** How many cells the longest of these lines has too many. */
export const differenceOverhang = (changes: readonly FieldChange[], columns: number): number =>
  changes
    .flatMap((change) => fieldLines(change, labelColumns(changes, columns)))
    .reduce((most, line) => Math.max(most, spanWidth(line) - columns), 0);

/** Room for the longest path, as far as the values keep more than half of the line. */
const labelColumns = (changes: readonly FieldChange[], columns: number): number =>
  Math.min(longestLabel(changes), Math.max(labelWidth, Math.floor(columns * 0.45)));

const longestLabel = (changes: readonly FieldChange[]): number =>
  Math.max(labelWidth, ...changes.map(({ path }) => path.length + 2));

/** Paths that are longer move their own line only: those of all the lines below would be as long. */
const mostLabel = 120;

/** The same in lines of any length, aligned behind the longest path. */
export const wholeChangeLines = (changes: readonly FieldChange[]): Line[] =>
  changes.flatMap((change) => fieldLines(change, Math.min(mostLabel, longestLabel(changes))));

const tones: Record<DiffLine['sign'], Tone> = { '−': 'bad', '+': 'ok', ' ': 'quiet', '…': 'quiet' };

const fieldLines = ({ path, before, after }: FieldChange, label: number): [Span, Span][] =>
  diffOf(before, after).map(({ sign, text }, at) => [
    quiet(`${at === 0 ? ` ${path}` : ''} `.padEnd(label)),
    toned(`${sign} ${text}`, tones[sign]),
  ]);

/** A body is laid out as in the editor, so that a change of one value is a change of one line. */
export const diffOf = (before: string, after: string): readonly DiffLine[] =>
  remembered(before, before, after);

const remembered = memoEach(50, (before: string, after: string): readonly DiffLine[] => {
  const [old, now] = [laidOut(before), laidOut(after)];
  if (old === null || now === null || !(old + now).includes('\n'))
    return [...signed('−', before), ...signed('+', after)];
  if (old === now) return [{ sign: '…', text: 'the same except for white space' }];
  const [a, b] = [linesIn(old), linesIn(now)];
  const { parts } = alignLines(a, b);
  return parts.flatMap(({ same, older, newer }, at) => {
    const gone = a.slice(...older).join('\n');
    if (same) return around(signed(' ', gone), at === 0, at === parts.length - 1);
    return [...signed('−', gone), ...signed('+', b.slice(...newer).join('\n'))];
  });
});

const linesIn = (text: string): string[] =>
  text === '' ? [] : text.replace(/\n$/, '').split('\n');

/** JSON in whole lines, where it takes several; null for other text. */
function laidOut(text: string): string | null {
  if (text === '') return '';
  const { kind, shown } = openBody(text);
  if (kind !== 'json') return null;
  return shown.includes('\n') ? `${shown}\n` : shown;
}

const signed = (sign: DiffLine['sign'], text: string): DiffLine[] =>
  text === '' ? [] : cleanLines(text).map((line) => ({ sign, text: line }));

/** The unchanged lines next to a change; the others are one `…`. */
function around(lines: DiffLine[], first: boolean, last: boolean): DiffLine[] {
  const head = first ? [] : lines.slice(0, context);
  const tail = last ? [] : lines.slice(Math.max(head.length, lines.length - context));
  return head.length + tail.length < lines.length
    ? [...head, { sign: '…', text: '' }, ...tail]
    : lines;
}
