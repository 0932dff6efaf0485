/** A look as the codes that switch it on and off (ECMA-48, "select graphic rendition"). */
import type { Colour, Look } from './theme.ts';

/** The text, which holds no codes, in that look. */
export function paint(text: string, look: Look): string {
  const codes = codesOf(look);
  if (text === '' || codes.length === 0) return text;
  const on = codes.map(([code]) => code).join(';');
  const off = [...new Set(codes.map(([, code]) => code))].join(';');
  return `\x1b[${on}m${text}\x1b[${off}m`;
}

/** What switches that look on, without what stands around it; "" for no look. */
export const switchedOn = (look: Look): string =>
  codesOf(look)
    .map(([code]) => code)
    .join(';');

const codesOf = ({
  fg,
  bg,
  bold,
  dim,
  underline,
  inverse,
}: Look): (readonly [string, number])[] => [
  ...(bold ? [['1', 22] as const] : []),
  ...(dim ? [['2', 22] as const] : []),
  ...(underline ? [['4', 24] as const] : []),
  ...(inverse ? [['7', 27] as const] : []),
  ...(fg === undefined ? [] : [[colourCode(fg, 30), 39] as const]),
  ...(bg === undefined ? [] : [[colourCode(bg, 40), 49] as const]),
];

/** `from` is 30 for letters, 40 for their ground. */
function colourCode(colour: Colour, from: 30 | 40): string {
  if (colour < 8) return String(from + colour);
  return colour < 16 ? String(from + 52 + colour) : `${from + 8};5;${colour}`;
}
