/** How the lines of a plan's text are written: what `read.ts` expects stands here once. */
import { stringifyJson } from '../../json/numbers.ts';

/** The one that this program writes and reads. */
export const format = 1;
/** Begins the first line of every plan; the number of its format follows. */
export const heading = '# dkron-tui plan, format ';
/** First words of the lines after the jobs. */
export const marks = { about: 'about', definition: 'definition', end: 'end' } as const;

/** Shows nothing, reverses its neighbours, or ends a line for some editors: nobody could review it. */
const unshowable =
  /[\x7f-\x9f\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Line_Separator}\p{Paragraph_Separator}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu;

/** JSON on one line, with nothing in it that cannot be seen. */
export const jsonText = (value: unknown): string =>
  stringifyJson(value).replace(unshowable, (found) =>
    Array.from({ length: found.length }, (_, at) => escaped(found.charCodeAt(at))).join(''),
  );

const escaped = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

const plainName = /^[\p{L}\p{N}_][\p{L}\p{N}_.:@/-]*$/u;

/** A job's name as its line has it: any but a simple one in quotes, as JSON writes it. */
export const nameText = (name: string): string => (plainName.test(name) ? name : jsonText(name));
