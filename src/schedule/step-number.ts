import { daysFromCivil, secondsPerDay } from './civil.ts';
import { fieldKinds, fieldNames } from './field.ts';
import { instantFromSeconds, rfc3339FromInstant } from './instant.ts';
import { fieldPieces } from './six-fields.ts';

export interface Stepped {
  readonly text: string;
  readonly cursor: number;
}

/**
 * Raises or lowers the number or the name under the cursor; undefined where there is none. Fields
 * go round at their ends, a time of `@at` carries over, steps and `@every` begin at 1.
 */
export function stepNumber(spec: string, cursor: number, by: 1 | -1): Stepped | undefined {
  if (/^@(at|after) /.test(spec)) return stepTime(spec, cursor, by);
  const touched = Array.from(spec.matchAll(/\d+|[a-z]+/gi)).filter(
    ({ 0: text, index }) => index <= cursor && cursor <= index + text.length,
  );
  const word = touched.find(([text]) => /\d/.test(text)) ?? touched[0];
  if (!word) return undefined;
  const value = /@every /.test(spec)
    ? stepInterval(word[0], by)
    : stepInField(spec, word[0], word.index, by);
  if (value === undefined) return undefined;
  const text = spec.slice(0, word.index) + value + spec.slice(word.index + word[0].length);
  return { text, cursor: Math.min(cursor, word.index + value.length) };
}

/** The last character of year, month, day, hour, minute and second in an RFC 3339 time. */
const timeEnds = [4, 7, 10, 13, 16, 19];

function stepTime(spec: string, cursor: number, by: number): Stepped | undefined {
  const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(spec);
  if (!time) return undefined;
  const part = timeEnds.findIndex((end) => cursor - time.index <= end);
  if (part < 0 || cursor < time.index) return undefined;
  const parts = time[0]
    .split(/\D/)
    .map((digits, index) => Number(digits) + (index === part ? by : 0));
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  const seconds =
    daysFromCivil(year, month, day) * secondsPerDay + (hour * 60 + minute) * 60 + second;
  const stepped = rfc3339FromInstant(instantFromSeconds(seconds)).slice(0, time[0].length);
  return { text: spec.replace(time[0], stepped), cursor };
}

const stepInterval = (digits: string, by: number): string | undefined =>
  /^\d+$/.test(digits) ? String(Math.max(1, Number(digits) + by)) : undefined;

function stepInField(spec: string, word: string, at: number, by: number): string | undefined {
  const piece = fieldPieces(spec).findIndex(({ start, end }) => start <= at && at < end);
  const name = fieldNames[piece];
  if (name === undefined) return undefined;
  const kind = fieldKinds[name];
  const isStep = spec[at - 1] === '/';
  const min = isStep ? 1 : kind.min;
  if (/^\d+$/.test(word))
    return goRound(Number(word), by, min, kind.max).toString().padStart(padding(word), '0');
  if (!('names' in kind)) return undefined;
  const index = kind.names.indexOf(word.toLowerCase());
  if (index < 0) return undefined;
  const next = kind.names[goRound(index, by, 0, kind.names.length - 1)] ?? word;
  return word === word.toUpperCase() ? next.toUpperCase() : next;
}

/** `05` stays two digits wide. */
const padding = (digits: string): number => (digits.startsWith('0') ? digits.length : 1);

function goRound(value: number, by: number, min: number, max: number): number {
  const next = value + by;
  if (next > max) return min;
  return next < min ? max : next;
}
