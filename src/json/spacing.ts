/** The white space between the tokens of a JSON text: how it is usually set, and how a text sets it. */
import { isClose, isOpen, type JsonToken } from './tokens.ts';

type Side = 'edge' | 'open' | 'close' | 'comma' | 'colon' | 'value';

/** A place for white space: between two tokens, before the first, or behind the last. */
export interface Gap {
  readonly left: Side;
  readonly right: Side;
  /** The bracket that holds it, "" outside all of them. */
  readonly container: string;
  /** How many brackets hold the token behind it; a closing one stands outside its own. */
  readonly depth: number;
}

/** The gaps of a text, one more than it has tokens: the one at an index is before that token. */
export function gapsOf(tokens: readonly JsonToken[]): Gap[] {
  const open: string[] = [];
  return Array.from({ length: tokens.length + 1 }, (_, index) => {
    const [before, after] = [tokens[index - 1], tokens[index]];
    if (before && isOpen(before)) open.push(before.text);
    if (isClose(before)) open.pop();
    const left = isClose(before) ? 'value' : sideOf(before);
    const right = isOpen(after) ? 'value' : sideOf(after);
    const depth = open.length - (right === 'close' ? 1 : 0);
    return { left, right, container: open.at(-1) ?? '', depth };
  });
}

function sideOf(token: JsonToken | undefined): Side {
  if (token === undefined) return 'edge';
  if (isOpen(token)) return 'open';
  if (isClose(token)) return 'close';
  if (token.text === ',') return 'comma';
  return token.text === ':' ? 'colon' : 'value';
}

export const sameGap = (a: Gap, b: Gap): boolean => keyOf(a) === keyOf(b);

const kindOf = ({ container, left, right }: Gap): string => `${container} ${left} ${right}`;
const keyOf = (gap: Gap): string => `${kindOf(gap)} ${gap.depth}`;

/** Deeper levels get no more indentation: a body of 100 000 brackets would grow to 20 GB. */
export const deepestIndent = 50;

/** JSON over lines, a member or an element each. */
export function indented({ left, right, depth }: Gap, unit = '  ', newline = '\n'): string {
  const empty = left === 'open' && right === 'close';
  const breaks = (left === 'open' || left === 'comma' || right === 'close') && !empty;
  if (breaks) return newline + unit.repeat(Math.min(depth, deepestIndent));
  return left === 'colon' ? ' ' : '';
}

const spaced = ({ left }: Gap): string => (left === 'comma' || left === 'colon' ? ' ' : '');

/** The tokens written out with the white space of `space`. */
export function writeTokens(tokens: readonly JsonToken[], space: (gap: Gap) => string): string {
  return gapsOf(tokens)
    .map((gap, index) => space(gap) + (tokens[index]?.text ?? ''))
    .join('');
}

export interface Spacing {
  /** What stands in each gap of the text. */
  readonly spaces: readonly string[];
  /** What a new gap gets: what the text has in gaps like it, else what is usual for its kind. */
  spaceFor(gap: Gap): string;
}

export function spacingOf(
  text: string,
  tokens: readonly JsonToken[],
  gaps: readonly Gap[],
): Spacing {
  const spaces = gaps.map((_, index) =>
    text.slice(tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? text.length),
  );
  const seen = new Map<string, string>();
  gaps.forEach((gap, index) => {
    const space = spaces[index]!;
    // Within a line the depth makes no difference.
    for (const key of space.includes('\n') ? [keyOf(gap)] : [keyOf(gap), kindOf(gap)])
      if (!seen.has(key)) seen.set(key, space);
  });
  const usual = usualIn(spaces.slice(1, -1), gaps.slice(1, -1));
  const spaceFor = (gap: Gap) => seen.get(keyOf(gap)) ?? seen.get(kindOf(gap)) ?? usual(gap);
  return { spaces, spaceFor };
}

/** `[1,2]`, `[1, 2]`, or one element a line: how the text sets most of its gaps. */
function usualIn(spaces: readonly string[], gaps: readonly Gap[]): (gap: Gap) => string {
  const broken = spaces.findIndex((space, index) => gaps[index]!.depth > 0 && space.includes('\n'));
  if (broken >= 0) {
    const [newline = '\n', indent = ''] = /\r?\n([ \t]*)$/.exec(spaces[broken]!) ?? [];
    const unit = indent.slice(0, indent.length / gaps[broken]!.depth);
    return (gap) => indented(gap, unit, newline.slice(0, newline.length - indent.length));
  }
  return spaces.some((space) => space !== '') ? spaced : () => '';
}
