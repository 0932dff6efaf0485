/** The body editor: line numbers, colours of JSON, where it stops being JSON. */

import { tokensOf } from '../../job/highlight.ts';
import { checkJson, isJson } from '../../job/json-check.ts';
import { slice, width } from '../../terminal/cell.ts';
import { cursorPlace, type TextRow, visibleRows } from '../../terminal/layout.ts';
import { showLine } from '../../terminal/shown.ts';
import { contentOf } from '../../terminal/text.ts';
import { editorSize, gutter, headerRows } from '../layout.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../line.ts';
import { memo } from '../memo.ts';
import type { BodyOverlay, State } from '../model.ts';
import { levelOf } from '../overlays/body.ts';
import { fillRows, spread } from './compose.ts';

const problemOf = memo((lines: readonly string[]) => checkJson(lines.join('\n')));

function bodyTitle(state: State, overlay: BodyOverlay): Line {
  const { text } = levelOf(overlay);
  const depth = overlay.levels.length > 1 ? `  level ${overlay.levels.length}` : '';
  const { line, column } = text.cursor;
  return spread(
    [plain(' '), bold(overlay.seen.name), quiet(`  body${depth}`)],
    [quiet(`${line + 1}:${column + 1} of ${text.lines.length} lines `)],
    state.columns,
  );
}

/** What is wrong with the text, in the line above it. */
function verdict(overlay: BodyOverlay): Line {
  const { text } = levelOf(overlay);
  if (contentOf(text) === '') return [quiet(' empty: Dkron sends no body')];
  const problem = problemOf(text.lines);
  if (problem === null) return [toned(' ✓ JSON', 'ok')];
  const { line, column, message } = problem;
  const wasJson = isJson(overlay.seen.executor_config?.['body'] ?? '');
  return [
    toned(` ✗ ${line}:${column}  ${message}`, wasJson ? 'bad' : 'attention'),
    quiet(wasJson ? '' : '   (it is stored as plain text)'),
  ];
}

export interface BodyView {
  readonly title: Line;
  readonly body: readonly Line[];
  /** In columns and rows of the screen. */
  readonly cursor: { readonly x: number; readonly y: number };
}

export function bodyEditor(state: State, overlay: BodyOverlay): BodyView {
  const size = editorSize(state);
  const level = levelOf(overlay);
  const rows = visibleRows(level.text, { top: level.top, ...size });
  const place = cursorPlace(level.text, size.columns);
  const json =
    problemOf(level.text.lines) === null || isJson(overlay.seen.executor_config?.['body'] ?? '');
  const lines = rows.map((row) => [
    number(row),
    ...rowSpans(row, level.text.lines[row.line]!, json),
  ]);
  const y = rows.findIndex(({ line, row }) => line === place.line && row === place.row);
  return {
    title: bodyTitle(state, overlay),
    body: [verdict(overlay), ...fillRows(lines, size.rows)],
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
