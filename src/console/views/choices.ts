/** `?` and `:` as lists over the body. */

import { bodyRows } from '../layout.ts';
import { bold, type Line, plain, quiet } from '../line.ts';
import type { Overlay, State } from '../model.ts';
import { helpChoices, suggestions } from '../overlays/choose.ts';
import { reasonAgainst } from '../registry.ts';
import { fillRows, fitLine, fitSpan } from './compose.ts';
import { keyLabel } from './keys.ts';

type Choosing = Extract<Overlay, { kind: 'help' | 'palette' }>;

export function choicesBody(state: State, overlay: Choosing): Line[] {
  const rows = bodyRows(state);
  const entries =
    overlay.kind === 'help' ? helpEntries(state, overlay) : paletteEntries(state, overlay);
  const start = Math.max(0, Math.min(overlay.cursor - rows + 3, entries.length - rows));
  const lines = entries.slice(start, start + rows).map((entry, at): Line => {
    const line = fitLine(entry, state.columns);
    return start + at === overlay.cursor ? line.map((span) => ({ ...span, inverse: true })) : line;
  });
  return fillRows(lines.length === 0 ? [[quiet('  nothing like that')]] : lines, rows);
}

function helpEntries(state: State, overlay: Extract<Overlay, { kind: 'help' }>): Line[] {
  return helpChoices(state, overlay).map((action) => {
    const reason = reasonAgainst(state, action);
    const keys = action.keys.map(keyLabel).join(' ') || `:${action.command ?? ''}`;
    return [
      fitSpan(bold(` ${keys}`), 20),
      fitSpan(plain(action.title), 25),
      plain('  '),
      quiet(reason === null ? action.help : `not now: ${reason}`),
    ];
  });
}

const paletteEntries = (state: State, overlay: Extract<Overlay, { kind: 'palette' }>): Line[] =>
  suggestions(state, overlay).map(({ text, help }) => [
    fitSpan(bold(` :${text}`), Math.max(16, Math.min(40, text.length + 4))),
    quiet(help),
  ]);
