/** The difference of two definitions, field by field; bodies line by line. */
import { diffLines } from 'diff';
import { openBody } from '../../job/body.ts';
import type { FieldChange } from '../../job/compare.ts';
import { cleanLines } from '../../terminal/cell.ts';
import { type Line, quiet, type Tone, toned } from '../line.ts';
import { memo } from '../memo.ts';
import { fitLine } from './compose.ts';

const labelWidth = 24;
/** Unchanged lines shown around a change. */
const context = 2;

interface DiffLine {
  readonly sign: '−' | '+' | ' ' | '…';
  readonly text: string;
}

/** `−` what is there, `+` what it would become. */
export const changeLines = (changes: readonly FieldChange[], columns: number): Line[] =>
  changes.flatMap((change) => fieldLines(change, columns));

function fieldLines({ path, before, after }: FieldChange, columns: number): Line[] {
  const tones: Record<DiffLine['sign'], Tone> = {
    '−': 'bad',
    '+': 'ok',
    ' ': 'quiet',
    '…': 'quiet',
  };
  return linesOf(before, after).map(({ sign, text }, at) =>
    fitLine(
      [
        quiet((at === 0 ? ` ${path}` : '').padEnd(labelWidth)),
        toned(`${sign} ${text}`, tones[sign]),
      ],
      columns,
    ),
  );
}

/** A body is laid out as in the editor, so that a change of one value is a change of one line. */
const linesOf = memo((before: string, after: string): DiffLine[] => {
  const [old, now] = [openBody(before), openBody(after)];
  if (old.kind !== 'json' || now.kind !== 'json' || !old.shown.includes('\n'))
    return [...signed('−', before), ...signed('+', after)];
  const parts = diffLines(`${old.shown}\n`, `${now.shown}\n`);
  return parts.flatMap((part, at) => {
    const text = part.value.replace(/\n$/, '');
    if (part.removed) return signed('−', text);
    if (part.added) return signed('+', text);
    return around(signed(' ', text), at === 0, at === parts.length - 1);
  });
});

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
