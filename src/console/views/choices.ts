/** `?` and `:` as lists over the body, with all there is to say of the chosen one below. */
import { bodyRows } from '../layout.ts';
import { bold, type Line, plain, quiet } from '../line.ts';
import type { Overlay, State } from '../model.ts';
import { commandOf, helpChoices, suggestions } from '../overlays/choose.ts';
import { reasonAgainst } from '../registry.ts';
import { fillRows, fitLine, fitSpan, paragraph, rule } from './compose.ts';
import { keyLabel } from './keys.ts';

type Choosing = Extract<Overlay, { kind: 'help' | 'palette' }>;

interface Entry {
  /** What stands before its help on its line. */
  readonly head: Line;
  readonly help: string;
}

/** Lines of help below the list; the longest take so many at 80 columns. */
const helpRows = 4;

export function choicesBody(state: State, overlay: Choosing): Line[] {
  const body = bodyRows(state);
  const rows = body >= 12 ? body - helpRows - 1 : body;
  const entries =
    overlay.kind === 'help' ? helpEntries(state, overlay) : paletteEntries(state, overlay);
  const start = Math.max(0, Math.min(overlay.cursor - rows + 3, entries.length - rows));
  const lines = entries.slice(start, start + rows).map(({ head, help }, at): Line => {
    const line = fitLine([...head, quiet(help)], state.columns);
    return start + at === overlay.cursor ? line.map((span) => ({ ...span, inverse: true })) : line;
  });
  const list = fillRows(lines.length === 0 ? [[quiet('  nothing like that')]] : lines, rows);
  if (rows === body) return list;
  const help = entries[overlay.cursor]?.help || (commandOf(state, overlay)?.help ?? '');
  return [
    ...list,
    rule(state.columns),
    ...fillRows(
      paragraph(help, state.columns - 2).map((text) => [plain(` ${text}`)]),
      helpRows,
    ),
  ];
}

const helpEntries = (state: State, overlay: Extract<Overlay, { kind: 'help' }>): Entry[] =>
  helpChoices(state, overlay).map((action) => {
    const reason = reasonAgainst(state, action);
    const keys = action.keys.map(keyLabel).join(' ') || `:${action.command ?? ''}`;
    return {
      head: [fitSpan(bold(` ${keys}`), 14), fitSpan(plain(action.title), 25), plain('  ')],
      help: reason === null ? action.help : `not now: ${reason}`,
    };
  });

const paletteEntries = (state: State, overlay: Extract<Overlay, { kind: 'palette' }>): Entry[] =>
  suggestions(state, overlay).map(({ text, help }) => ({
    head: [fitSpan(bold(` :${text}`), Math.max(16, Math.min(40, text.length + 4)))],
    help,
  }));
