/** A whole frame on a terminal of its size, for what has no painter yet. */
import type { Line } from '../view/line.ts';
import type { Theme } from '../view/theme.ts';
import { looksOf, plainLook } from './looks.ts';

/** Shown all at once; a text that is too long breaks no line, which would scroll the others. */
export function paintedWhole(lines: readonly Line[], theme: Theme): string {
  const { of, switched } = looksOf(theme);
  let out = '\x1b[?2026h\x1b[?7l\x1b[m\x1b[H\x1b[J';
  for (const [row, line] of lines.entries()) {
    let pen = plainLook;
    out += `\x1b[${row + 1}H`;
    for (const span of withoutEnd(line)) {
      const look = of(span);
      out += switched(pen, look) + span.text;
      pen = look;
    }
    out += switched(pen, plainLook);
  }
  return `${out}\x1b[?7h\x1b[?2026l`;
}

/** Blanks at the end that show nothing would show the ground of a look (ui/cells.ts). */
function withoutEnd(line: Line): Line {
  const last = line.at(-1);
  if (last === undefined || last.inverse || last.badge !== undefined) return line;
  const text = last.text.trimEnd();
  const before = line.slice(0, -1);
  return text === '' ? withoutEnd(before) : [...before, { ...last, text }];
}
