/** Two compared runs as lines to show; console and command print the same ones. */
import { counted } from '../base/counted.ts';
import { durationOf, unfinished } from '../dkron/execution.ts';
import type { Execution } from '../dkron/shapes.ts';
import type { FieldChange } from '../job/compare.ts';
import { serverTime } from '../job/time.ts';
import { slice, width } from '../terminal/cell.ts';
import { fitSpan, paragraph } from '../view/compose.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../view/line.ts';
import { shortDuration } from '../view/short.ts';
import type { ComparedRuns } from './compare.ts';
import type { OutputRow } from './difference.ts';
import { divergence } from './fold.ts';

export interface Telling {
  /** A moment, ms since the epoch. */
  readonly clock: (at: number) => string;
  /** Cells of a line: longer texts are broken. */
  readonly columns: number;
  /** Cells of each of the two columns. */
  readonly room: number;
  /** What of the definitions differs, as lines. */
  readonly changes: (changes: readonly FieldChange[]) => readonly Line[];
}

const labelWidth = 12;
const label = (word: string): Span => quiet(` ${word}`.padEnd(labelWidth));

/** A text beside its label, in as many lines as it takes. */
const told = (word: string, text: string, look: (text: string) => Span, columns: number): Line[] =>
  paragraph(text, columns - labelWidth).map((line, at) => [
    label(at === 0 ? word : ''),
    look(line),
  ]);

/** What is known of both runs, side by side, and how the job was defined for each. */
export function headLines(compared: ComparedRuns, telling: Telling): Line[] {
  const { older, newer, lines } = compared;
  const row = (word: string, value: (run: Execution) => Span): Line => [
    label(word),
    fitSpan(value(older), telling.room),
    plain('  '),
    value(newer),
  ];
  /** What may be why stands out where it differs. */
  const cause = (word: string, text: (run: Execution) => string): Line => {
    const look = text(older) === text(newer) ? quiet : bold;
    return row(word, (run) => look(text(run)));
  };
  return [
    row('', (run) => titleOf(run === older ? 'older' : 'newer', run)),
    row('started', (run) => plain(startedText(run, telling))),
    row('took', (run) => plain(unfinished(run) ? '–' : shortDuration(durationOf(run)))),
    cause('node', ({ node_name }) => node_name),
    cause('attempt', ({ attempt }) => String(attempt)),
    ...definitionLines(compared, telling),
    [label('output'), ...outputSpans(compared)],
    ...noteLines(lines, telling),
  ];
}

function noteLines({ older, newer }: ComparedRuns['lines'], { columns }: Telling): Line[] {
  const both = older.notes.filter((note) => newer.notes.includes(note));
  const own = (notes: readonly string[]) => notes.filter((note) => !both.includes(note));
  const notes = { both, older: own(older.notes), newer: own(newer.notes) };
  return Object.entries(notes).flatMap(([which, words]) =>
    words.length === 0 ? [] : told(which, words.join('; '), quiet, columns),
  );
}

function titleOf(which: string, run: Execution): Span {
  if (unfinished(run)) return toned(`${which}: no end`, 'attention');
  return run.success ? toned(`${which}: ✓ success`, 'ok') : toned(`${which}: ✗ failed`, 'bad');
}

function startedText({ started_at: text }: Execution, { clock }: Telling): string {
  const at = serverTime(text)?.getTime();
  return at === undefined ? text : clock(at);
}

function definitionLines({ definitions: found }: ComparedRuns, telling: Telling): Line[] {
  const said = (
    text: string,
    look: (text: string) => Span,
    changes: readonly FieldChange[] = [],
  ): Line[] => [...told('definition', text, look, telling.columns), ...telling.changes(changes)];
  const striking = (text: string): Span => toned(text, 'attention');
  switch (found.kind) {
    case 'same':
      return said('the same for both, by snapshots and journal', plain);
    case 'changed':
      return said('was changed between them:', striking, found.changes);
    case 'maybe':
      return said('was changed about then, perhaps between them:', striking, found.changes);
    case 'unread':
      return said(`not known: ${found.why}`, quiet);
    case 'unknown': {
      const since = found.since === null ? '' : ` before ${telling.clock(found.since)}`;
      const word = found.changes.length === 0 ? '' : '; changed since:';
      return said(`not known by snapshot or journal${since}${word}`, quiet, found.changes);
    }
  }
}

/** `3 differences, −4 +1 lines; 7 equal but for times and ids`. */
function outputSpans({ output: { places, removed, added, alike, rough } }: ComparedRuns): Line {
  if (places.length === 0)
    return [
      plain(
        alike === 0
          ? 'the same in both'
          : `the same but for times, ids or numbers in ${counted(alike, 'line')}`,
      ),
    ];
  const often = rough
    ? 'too many differences to match lines'
    : counted(places.length, 'difference');
  return [
    toned(often, 'attention'),
    plain(`, −${removed} +${added} lines`),
    quiet(alike === 0 ? '' : `; ${alike} equal but for times and ids`),
  ];
}

const tones: Readonly<Record<OutputRow['sign'], Tone>> = {
  ...{ '−': 'bad', '+': 'ok', ' ': 'plain', '≈': 'quiet', '…': 'quiet' },
};

/** The row from a cell on, at most so many cells of it; what differs from its counterpart is bold. */
export function rowLine(
  row: OutputRow,
  { left, columns }: { readonly left: number; readonly columns: number },
): Line {
  const tone = tones[row.sign];
  const { text } = row;
  const [from, to] = cellsThatDiffer(row);
  const span = (start: number, end: number, isBold: boolean): Span[] => {
    const first = Math.max(start, left);
    const length = Math.min(end, left + columns) - first;
    const shown = length > 0 ? slice(text, first, length) : '';
    return shown === '' ? [] : [isBold ? bold(shown) : toned(shown, tone)];
  };
  return [
    toned(`${row.sign}${left > 0 && text !== '' ? '…' : ' '}`, tone),
    ...span(0, from, false),
    ...span(from, to, true),
    ...span(to, Number.MAX_SAFE_INTEGER, false),
  ];
}

/** From which cell to which a row differs from its counterpart; from its end where there is none. */
export function cellsThatDiffer({ text, other }: OutputRow): readonly [from: number, to: number] {
  if (other === undefined) return [0, 0];
  const [[from, to]] = divergence(text, other);
  const before = width(text.slice(0, from));
  return [before, before + width(text.slice(from, to))];
}
