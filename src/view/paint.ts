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

/** The shortest code that makes one look of another; "" where they are the same. */
export function switched(from: Look, to: Look): string {
  const [before, after] = [codesOf(from), codesOf(to)];
  const isOf = (codes: Codes, code: string): boolean => codes.some(([other]) => other === code);
  const offs = before
    .filter(([code]) => !isOf(after, code))
    .map(([, off]) => off)
    // One colour takes the place of another; bold and dim, which share their off, do not.
    .filter((off) => off === weight || !after.some(([, other]) => other === off));
  const ons = after.filter(([code, off]) => !isOf(before, code) || offs.includes(off));
  const steps = [...new Set(offs), ...ons.map(([code]) => code)];
  if (steps.length === 0) return '';
  // Nothing before the first `;` is the 0 that switches all off.
  const anew = ['', ...after.map(([code]) => code)];
  const [one, other] = [steps.join(';'), anew.join(';')];
  return `\x1b[${one.length < other.length ? one : other}m`;
}

type Codes = readonly (readonly [on: string, off: number])[];

/** Neither bold nor dim. */
const weight = 22;

const codesOf = ({ fg, bg, bold, dim, underline, inverse }: Look): Codes => [
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
