/** What a view-model is made of: lines of spans with meaning instead of colour. Ink maps them to a theme. */

import type { BadgeColour } from '../config/looks.ts';

/** What a piece of text says, not how it looks. */
export type Tone = 'ok' | 'bad' | 'attention' | 'quiet' | 'plain';

export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  readonly bold?: boolean;
  /** Selection. */
  readonly inverse?: boolean;
  /** Of the first span of a row of a list: a reader of screens is told of it when the cursor is on it. */
  readonly entry?: true;
  /** A word on a ground of that colour; inverse where there are none. */
  readonly badge?: BadgeColour;
}

export type Line = readonly Span[];

export const plain = (text: string): Span => ({ text });
export const quiet = (text: string): Span => ({ text, tone: 'quiet' });
export const bold = (text: string): Span => ({ text, bold: true });
/** A word that marks something by its colour, which never says it alone. */
export const badge = (word: string, colour: BadgeColour): Span => ({
  text: ` ${word} `,
  badge: colour,
});
export const toned = (text: string, tone: Tone): Span => ({ text, tone });

/** A line as the text it shows, for tests and for copying. */
export const lineText = (line: Line): string => line.map((span) => span.text).join('');

/** Whether two lines show the same. */
export function sameLine(a: Line | undefined, b: Line): boolean {
  if (a === b) return true;
  return a?.length === b.length && a.every((span, at) => sameSpan(span, b[at]!));
}

const sameSpan = (a: Span, b: Span): boolean =>
  a === b ||
  (a.text === b.text &&
    a.tone === b.tone &&
    a.bold === b.bold &&
    a.inverse === b.inverse &&
    a.badge === b.badge);
