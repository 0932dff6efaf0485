/** The whole screen as lines: exactly as many as the terminal has rows. Pure. */

import { fillRows, fitLine, spanWidth } from '../../view/compose.ts';
import { bold, type Line, plain, quiet, type Span } from '../../view/line.ts';
import { pickView } from '../editors/pick/view.ts';
import { type Inset, scheduleInset } from '../editors/schedule/view.ts';
import { valueEditor } from '../editors/value/view.ts';
import { choicesBody } from '../overlays/choose/view.ts';
import { rowOfScreen } from '../screens/table.ts';
import { bodyRows, leastColumns, leastRows, tooSmall } from '../state/layout.ts';
import type { Overlay, Screen, State } from '../state/model.ts';
import { topScreen } from '../state/stack.ts';
import { banner } from './banner.ts';
import { footer } from './footer.ts';
import { topLine } from './header.ts';

export interface Frame {
  readonly lines: readonly Line[];
  /** Where the terminal's own cursor stands while something is typed. */
  readonly cursor?: { readonly x: number; readonly y: number };
}

export function frameOf(state: State): Frame {
  if (tooSmall(state)) return { lines: smallLines(state) };
  const { overlay } = state;
  const screen = topScreen(state);
  const inset = overlay?.kind === 'schedule' ? scheduleInset(within(state, screen), overlay) : null;
  const editor = overlay && editorOf(state, overlay);
  const row = rowOfScreen(screen);
  const body =
    overlay?.kind === 'help' || overlay?.kind === 'palette'
      ? choicesBody(state, overlay)
      : (editor?.body ?? row.body(state, screen, inset?.lines ?? []));
  const bottom = footer(state);
  const lines = [
    topLine(state),
    banner(state) ?? editor?.title ?? row.title(state, screen),
    ...fillRows(body, bodyRows(state) + 1 - bottom.lines.length),
    ...bottom.lines,
  ].map((line) => fitLine(line, state.columns));
  if (bottom.cursor !== undefined)
    return { lines, cursor: { x: bottom.cursor, y: state.rows - 1 } };
  const cursor = editor?.cursor ?? (inset && insetCursor(lines, inset));
  return cursor ? { lines, cursor } : { lines };
}

/** What takes the whole body to edit one field. */
function editorOf(
  state: State,
  overlay: Overlay,
): { title: Line; body: readonly Line[]; cursor?: { x: number; y: number } } | null {
  if (overlay.kind === 'value') return valueEditor(state, overlay);
  return overlay.kind === 'pick' ? pickView(state, overlay) : null;
}

/** As wide as the part of the screen that an inset stands in. */
const within = (state: State, screen: Screen): State => ({
  ...state,
  columns: rowOfScreen(screen).insetColumns?.(state) ?? state.columns - 1,
});

/** The inset's place in the frame, found by its first line: views put it where it belongs. */
function insetCursor(lines: readonly Line[], inset: Inset): Frame['cursor'] {
  const isFirst = ({ text }: Span): boolean => text === inset.lines[0]?.[0]?.text;
  const y = lines.findIndex((line) => line.some(isFirst));
  const line = lines[y];
  if (line === undefined) return undefined;
  const left = spanWidth(line.slice(0, line.findIndex(isFirst)));
  return { x: left + inset.cursor.column, y: y + inset.cursor.line };
}

function smallLines({ columns, rows }: State): Line[] {
  const lines: Line[] = [
    [bold('dkron-tui')],
    [plain(`This terminal is ${columns}×${rows};`)],
    [plain(`at least ${leastColumns}×${leastRows} is needed.`)],
    [quiet('Enlarge it, or ctrl-c quits.')],
  ];
  return fillRows(lines, rows).map((line) => fitLine(line, columns));
}
