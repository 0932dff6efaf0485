/** Labelled groups of lines, as the details of a job have them. */
import { paragraph } from './compose.ts';
import { type Line, plain, quiet } from './line.ts';

export const labelWidth = 11;

/** Lines of one group: the label stands once, what does not fit goes on below it. */
export function group(label: string, lines: readonly Line[]): Line[] {
  return lines.map((line, at) => [quiet((at === 0 ? label : '').padEnd(labelWidth)), ...line]);
}

export const texts = (text: string, columns: number): Line[] =>
  paragraph(text, Math.max(10, columns - labelWidth - 2)).map((line) => [plain(line)]);

export const optional = (label: string, text: string, columns: number): Line[] =>
  text === '' ? [] : group(label, texts(text, columns));
