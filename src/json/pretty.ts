/** JSON in a text that may be anything: an output. */
import { openBody } from './layout.ts';

const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);

/** JSON over lines; null for what is none, and for what would look the same. */
function laidOut(text: string): string | null {
  if (!looksLikeJson(text)) return null;
  const { kind, shown } = openBody(text);
  return kind === 'json' && shown !== text ? shown : null;
}

/** The text with its JSON formatted, all of it or line by line; null when there is none. */
export function laidOutJson(text: string): string | null {
  const whole = laidOut(text);
  if (whole !== null) return whole;
  const lines = text.split('\n');
  const pretty = lines.map((line) => laidOut(line.replace(/\r$/, '')) ?? line);
  return pretty.some((line, at) => line !== lines[at]) ? pretty.join('\n') : null;
}
