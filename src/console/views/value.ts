/** The editor of a field: line numbers, colours of JSON, what is wrong with the text. */

import { tokensOf } from '../../job/highlight.ts';
import { checkJson, isJson } from '../../job/json-check.ts';
import { slice, width } from '../../terminal/cell.ts';
import { cursorPlace, type TextRow, visibleRows } from '../../terminal/layout.ts';
import { showLine } from '../../terminal/shown.ts';
import { contentOf } from '../../terminal/text.ts';
import { liveJobs } from '../bulk.ts';
import { isBody, jobWith, pathOf, textAt } from '../field-values.ts';
import { editorSize, gutter, headerRows } from '../layout.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../line.ts';
import { memo } from '../memo.ts';
import type { State, ValueOverlay } from '../model.ts';
import { choicesOf, levelOf } from '../overlays/value.ts';
import { fillRows, spread } from './compose.ts';

const problemOf = memo((lines: readonly string[]) => checkJson(lines.join('\n')));

function editorTitle(state: State, overlay: ValueOverlay): Line {
  const { text } = levelOf(overlay);
  const depth = overlay.levels.length > 1 ? `  level ${overlay.levels.length}` : '';
  const { line, column } = text.cursor;
  return spread(
    [plain(' '), bold(overlay.seen.name), quiet(`  ${pathOf(overlay.keys)}${depth}`)],
    [quiet(`${line + 1}:${column + 1} of ${text.lines.length} lines `)],
    state.columns,
  );
}

/** What is wrong with the text, in the line above it. */
function verdict(state: State, overlay: ValueOverlay): Line {
  const { text } = levelOf(overlay);
  if (isBody(overlay.keys)) return bodyVerdict(overlay);
  const read = jobWith(overlay.seen, overlay.keys, contentOf(text), liveJobs(state));
  if ('error' in read) return [toned(` ✗ ${read.error}`, 'bad')];
  const choices = choicesOf(state, overlay).slice(0, 12).join('  ');
  return [toned(' ✓ ', 'ok'), quiet(choices)];
}

function bodyVerdict(overlay: ValueOverlay): Line {
  const { text } = levelOf(overlay);
  if (contentOf(text) === '') return [quiet(' empty: Dkron sends no body')];
  const problem = problemOf(text.lines);
  if (problem === null) return [toned(' ✓ JSON', 'ok')];
  const { line, column, message } = problem;
  const wasJson = isJson(textAt(overlay.seen, overlay.keys));
  return [
    toned(` ✗ ${line}:${column}  ${message}`, wasJson ? 'bad' : 'attention'),
    quiet(wasJson ? '' : '   (it is stored as plain text)'),
  ];
}

export interface EditorView {
  readonly title: Line;
  readonly body: readonly Line[];
  /** In columns and rows of the screen. */
  readonly cursor: { readonly x: number; readonly y: number };
}

export function valueEditor(state: State, overlay: ValueOverlay): EditorView {
  const size = editorSize(state);
  const level = levelOf(overlay);
  const rows = visibleRows(level.text, { top: level.top, ...size });
  const place = cursorPlace(level.text, size.columns);
  const json = isBody(overlay.keys) && isJson(textAt(overlay.seen, overlay.keys));
  const lines = rows.map((row) => [
    number(row),
    ...rowSpans(row, level.text.lines[row.line]!, json),
  ]);
  const y = rows.findIndex(({ line, row }) => line === place.line && row === place.row);
  return {
    title: editorTitle(state, overlay),
    body: [verdict(state, overlay), ...fillRows(lines, size.rows)],
    cursor: { x: gutter + place.column, y: headerRows + 1 + Math.max(0, y) },
  };
}

const number = ({ line, row }: TextRow): Span =>
  quiet(`${row === 0 ? String(line + 1).padStart(gutter - 1) : ' '.repeat(gutter - 1)} `);

const tones: Partial<Record<string, Tone>> = {
  string: 'ok',
  number: 'attention',
  literal: 'attention',
  punctuation: 'quiet',
  error: 'bad',
};

/** The cells of a row cut where the colour or the selection changes. */
function rowSpans(row: TextRow, line: string, json: boolean): Span[] {
  const shown = showLine(line);
  const cuts = new Map<number, Pick<Span, 'tone' | 'bold'>>([[0, {}]]);
  if (json)
    for (const { kind, start, end } of tokensOf(line)) {
      const tone = tones[kind];
      cuts.set(shown.columnOf(start), kind === 'key' ? { bold: true } : tone ? { tone } : {});
      if (!cuts.has(shown.columnOf(end))) cuts.set(shown.columnOf(end), {});
    }
  const [from, to] = row.selected ?? [0, 0];
  const end = row.start + Math.max(width(row.text), to);
  const places = [...cuts.keys(), row.start, row.start + from, row.start + to, end];
  const edges = [...new Set(places)]
    .filter((at) => at >= row.start && at <= end)
    .sort((a, b) => a - b);
  const lookAt = (at: number): Pick<Span, 'tone' | 'bold'> => {
    const before = [...cuts.keys()].filter((cut) => cut <= at);
    return cuts.get(Math.max(...before)) ?? {};
  };
  return edges.slice(0, -1).map((at, index) => {
    const size = edges[index + 1]! - at;
    const text = slice(row.text, at - row.start, size).padEnd(row.selected ? size : 0);
    const inverse = row.selected !== undefined && at >= row.start + from && at < row.start + to;
    return { text, ...lookAt(at), ...(inverse ? { inverse } : {}) };
  });
}
