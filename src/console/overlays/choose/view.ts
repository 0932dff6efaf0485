/** `?` and `:` as lists over the body, with all there is to say of the chosen one below. */

import { fillRows, fitLine, fitSpan, paragraph, rule } from '../../../view/compose.ts';
import { keyLabel } from '../../../view/keys.ts';
import { bold, type Line, plain, quiet, type Span } from '../../../view/line.ts';
import { chosenLine } from '../../../view/table.ts';
import { keysOfAction, reasonAgainst } from '../../registry.ts';
import { bodyRows } from '../../state/layout.ts';
import type { Overlay, State } from '../../state/model.ts';
import { groupOf } from './groups.ts';
import { commandOf, helpChoices, suggestions } from './keys.ts';

type Choosing = Extract<Overlay, { kind: 'help' | 'palette' }>;

interface Entry {
  /** What stands before its help on its line. */
  readonly head: Line;
  readonly help: string;
  /** What it is about, above the first of its kind. */
  readonly group?: string;
}

/** Lines of help below the list; the longest take so many at 80 columns. */
const helpRows = 4;

export function choicesBody(state: State, overlay: Choosing): Line[] {
  const body = bodyRows(state);
  const rows = body >= 12 ? body - helpRows - 1 : body;
  const entries =
    overlay.kind === 'help' ? helpEntries(state, overlay) : paletteEntries(state, overlay);
  const all = listLines(entries, overlay.cursor, state.columns);
  const chosen = Math.max(
    0,
    all.findIndex(({ at }) => at === (overlay.cursor ?? 0)),
  );
  const start = Math.max(0, Math.min(chosen - rows + 3, all.length - rows));
  const shown = all.slice(start, start + rows).map(({ line }) => line);
  const list = fillRows(shown.length === 0 ? [[quiet('  no match')]] : shown, rows);
  if (rows === body) return list;
  return [
    ...list,
    rule(state.columns, extent(start, shown.length, all.length)).map(told),
    ...fillRows(
      paragraph(helpOf(state, overlay, entries), state.columns - 2).map((text) => [
        plain(` ${text}`),
      ]),
      helpRows,
    ),
  ];
}

/** The entries, each below the title of its group where that begins; `at` counts entries only. */
function listLines(entries: readonly Entry[], cursor: number | null, columns: number) {
  return entries.flatMap(({ head, help, group }, at) => {
    const line = fitLine([...head.map(told), quiet(help)], columns);
    const shown = at === cursor ? chosenLine(line) : line;
    const title =
      group === undefined || group === entries[at - 1]?.group
        ? []
        : [{ ...quiet(` ${group}`), entry: true } as const];
    return [...(title.length > 0 ? [{ at: -1, line: title }] : []), { at, line: shown }];
  });
}

/** Only when one comes to it. */
const told = (span: Span): Span => ({ ...span, entry: true });

/** How much of the list is not in sight. */
function extent(start: number, shown: number, all: number): string {
  const below = all - start - shown;
  const parts = [start > 0 ? `↑ ${start} more` : '', below > 0 ? `↓ ${below} more` : ''];
  return parts.filter(Boolean).join(' · ');
}

/** All there is to say of the chosen one, or of the command that is typed. */
function helpOf(state: State, overlay: Choosing, entries: readonly Entry[]): string {
  if (overlay.cursor !== null) return entries[overlay.cursor]?.help ?? '';
  return overlay.kind === 'palette' ? (commandOf(state, overlay)?.help ?? '') : '';
}

const helpEntries = (state: State, overlay: Extract<Overlay, { kind: 'help' }>): Entry[] =>
  helpChoices(state, overlay).map((action) => {
    const reason = reasonAgainst(state, action);
    const keys = keysOfAction(state, action).map(keyLabel).join(' ') || `:${action.command ?? ''}`;
    return {
      group: groupOf(action),
      head: [fitSpan(bold(`  ${keys}`), 15), fitSpan(plain(action.title), 25), plain('  ')],
      help: reason === null ? action.help : `not now: ${reason}`,
    };
  });

const paletteEntries = (state: State, overlay: Extract<Overlay, { kind: 'palette' }>): Entry[] =>
  suggestions(state, overlay).map(({ text, help }) => ({
    head: [fitSpan(bold(` :${text}`), Math.max(16, Math.min(40, text.length + 4)))],
    help,
  }));
