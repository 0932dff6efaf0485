/** The editor of a field: line numbers, colours of JSON, what is wrong with the text. */

import { counted } from '../../../base/counted.ts';
import { isBody, pathOf } from '../../../job/field-path.ts';
import { checkJson, isJson } from '../../../json/check.ts';
import { tokensOf } from '../../../json/highlight.ts';
import { slice, width } from '../../../terminal/cell.ts';
import { cursorPlace, type TextRow, visibleRows } from '../../../terminal/layout.ts';
import { showLine } from '../../../terminal/line-cells.ts';
import { contentOf } from '../../../terminal/text.ts';
import { fillRows, fitLine, paragraph, spread } from '../../../view/compose.ts';
import { findingLines, findingsBelow } from '../../../view/findings.ts';
import { bold, type Line, plain, quiet, type Span, type Tone, toned } from '../../../view/line.ts';
import { memo, memoEach } from '../../../view/memo.ts';
import { aroundOf } from '../../state/around.ts';
import { editorSize, gutter, headerRows } from '../../state/layout.ts';
import type { State, ValueOverlay } from '../../state/model.ts';
import { textAt } from '../field-values.ts';
import { isAt, judgeText } from '../judging.ts';
import { choicesOf } from './choices.ts';
import { isLarge } from './keys.ts';
import { levelOf } from './levels.ts';

const wasJsonText = memo(isJson);
const problemOf = memo(checkJson);

function editorTitle(state: State, overlay: ValueOverlay): Line {
  const { text } = levelOf(overlay);
  const depth = overlay.levels.length > 1 ? `  level ${overlay.levels.length}` : '';
  const { line, column } = text.cursor;
  return spread(
    [plain(' '), bold(overlay.seen.name), quiet(`  ${pathOf(overlay.keys)}${depth}`)],
    [quiet(`${line + 1}:${column + 1} of ${counted(text.lines.length, 'line')} `)],
    state.columns,
  );
}

/** What is wrong with the text, in lines above it: the checks that every plan asks as well. */
function verdict(state: State, overlay: ValueOverlay): Line[] {
  if (isLarge(overlay) && overlay.checked !== levelOf(overlay).text.lines)
    return [[quiet(' … a text of this length is checked when you stop typing')]];
  const { keys, seen, levels } = overlay;
  // Inside a string of the body only JSON counts.
  if (levels.length > 1) return bodyVerdict(overlay, state.columns);
  const text = contentOf(levelOf(overlay).text);
  const { error, findings } = judgeText(seen, keys, text, aroundOf(state));
  if (error !== undefined)
    return paragraph(`✗ ${error}`, state.columns - 2).map((said) => [toned(` ${said}`, 'bad')]);
  const path = pathOf(keys);
  const here = findings.filter((found) => isAt(path, found) && found.rule !== 'setting-body');
  const elsewhere = findings.filter((found) => !isAt(path, found));
  const said = [
    ...findingsBelow(here, state.columns, 1),
    ...findingLines(elsewhere, state.columns),
  ];
  if (isBody(keys)) return [...bodyVerdict(overlay, state.columns), ...said];
  const choices = quiet(choicesOf(state, overlay).slice(0, 12).join('  '));
  if (here.length === 0) return [[toned(' ✓ ', 'ok'), choices], ...said];
  return choices.text === '' ? said : [...said, [plain('   '), choices]];
}

function bodyVerdict(overlay: ValueOverlay, columns: number): Line[] {
  const { text } = levelOf(overlay);
  if (contentOf(text) === '') return [[quiet(' empty: Dkron sends no body')]];
  const problem = problemOf(contentOf(text));
  if (problem === null) return [[toned(' ✓ JSON', 'ok')]];
  const { line, column, message } = problem;
  const wasJson = wasJsonText(textAt(overlay.seen, overlay.keys));
  const stored = wasJson ? '' : ' (it is stored as plain text)';
  return paragraph(`✗ ${line}:${column}  ${message}${stored}`, columns - 2).map(
    (said): Line => [toned(` ${said}`, wasJson ? 'bad' : 'attention')],
  );
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
  const json = isBody(overlay.keys) && wasJsonText(textAt(overlay.seen, overlay.keys));
  // What is said takes rows from the text, never the one that is typed into.
  const above = verdict(state, overlay).slice(0, Math.ceil(size.rows / 2));
  const room = size.rows + 1 - above.length;
  const at = Math.max(
    0,
    rows.findIndex(({ line, row }) => line === place.line && row === place.row),
  );
  const first = Math.max(0, at - room + 1);
  const lines = rows
    .slice(first, first + room)
    .map((row) =>
      rowLine(`${row.line} ${row.row}`, row, level.text.lines[row.line]!, json, state.columns),
    );
  return {
    title: editorTitle(state, overlay),
    body: [...above, ...fillRows(lines, room)],
    cursor: { x: gutter + place.column, y: headerRows + above.length + at - first },
  };
}

/** A key changes a row or two of those that show: which part of its line a row is lies in its place. */
const rowLine = memoEach(
  200,
  (row: TextRow, line: string, json: boolean, columns: number): Line =>
    fitLine([number(row), ...rowSpans(row, line, json)], columns),
  ([row, ...others], [now, ...theirs]) =>
    others.every((each, at) => each === theirs[at]) &&
    row.selected?.[0] === now.selected?.[0] &&
    row.selected?.[1] === now.selected?.[1],
);

const number = ({ line, row }: TextRow): Span => ({
  ...quiet(`${row === 0 ? String(line + 1).padStart(gutter - 1) : ' '.repeat(gutter - 1)} `),
  entry: true,
});

const tones: Partial<Record<string, Tone>> = {
  string: 'ok',
  number: 'attention',
  literal: 'attention',
  punctuation: 'quiet',
  error: 'bad',
};

type Style = Pick<Span, 'tone' | 'bold'>;

/** Where the look changes in a line, in cells. A stretch of a long line has no colours: what it is begins too far off. */
const looksOf = (line: string, { from, to }: TextRow): [cell: number, look: Style][] => {
  if (from > 0 || to < line.length) return [];
  const shown = showLine(line);
  return tokensOf(line).flatMap(({ kind, start, end }): [number, Style][] => {
    const tone = tones[kind];
    const look = kind === 'key' ? { bold: true } : tone ? { tone } : {};
    return [
      [shown.columnOf(start), look],
      [shown.columnOf(end), {}],
    ];
  });
};

/** The cells of a row cut where the colour or the selection changes. */
function rowSpans(row: TextRow, line: string, json: boolean): Span[] {
  const looks = json ? looksOf(line, row) : [];
  const [from, to] = row.selected ?? [0, 0];
  const end = row.start + Math.max(width(row.text), to);
  const places = [...looks.map(([at]) => at), row.start, row.start + from, row.start + to, end];
  const edges = [...new Set(places)]
    .filter((at) => at >= row.start && at <= end)
    .sort((a, b) => a - b);
  return edges.slice(0, -1).map((at, index) => {
    const size = edges[index + 1]! - at;
    const text = slice(row.text, at - row.start, size).padEnd(row.selected ? size : 0);
    const inverse = row.selected !== undefined && at >= row.start + from && at < row.start + to;
    const look = looks.findLast(([begin]) => begin <= at)?.[1] ?? {};
    return { text, ...look, ...(inverse ? { inverse } : {}) };
  });
}
