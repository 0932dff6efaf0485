/** Reads one of the six fields as robfig/cron does. */
import { atoi, type Piece, pieces } from './go-text.ts';
import { Refusal } from './refusal.ts';

/** One of the six fields of a schedule (robfig/cron parser.go getField). */
export interface Field {
  /** As written, `~` replaced. */
  readonly text: string;
  /** `allows[value]`; all false where the list is empty (`,`), and then the schedule never fires. */
  readonly allows: readonly boolean[];
  /** A `*` or `?` without a step stands in it: for days, it yields to the other day field. */
  readonly star: boolean;
}

export interface FieldKind {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Three letters, in any case, in the order of their values; the first stands for `min`. */
  readonly names?: readonly string[];
}

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
export const dayNames: readonly string[] = 'sun mon tue wed thu fri sat'.split(' ');

/** In the order they are written. */
export const fieldKinds = {
  second: { name: 'second', min: 0, max: 59 },
  minute: { name: 'minute', min: 0, max: 59 },
  hour: { name: 'hour', min: 0, max: 23 },
  dom: { name: 'day of month', min: 1, max: 31 },
  month: { name: 'month', min: 1, max: 12, names: monthNames },
  dow: { name: 'day of week', min: 0, max: 6, names: dayNames },
} as const satisfies Record<string, FieldKind>;

export type FieldName = keyof typeof fieldKinds;

export const fieldNames = Object.keys(fieldKinds) as readonly FieldName[];

/** Items of a list; empty ones are dropped, so `1,,15` is `1,15` and `,` is nothing. */
export const splitItems = (field: string): Piece[] => pieces(field, /[^,]+/g);

/**
 * Reads a field. `origin` is the same field as the operator wrote it (with `~`), to point at.
 * Throws Refusal with Dkron's words at the first bad item.
 */
export function parseField(text: string, kind: FieldKind, origin: Piece, index: number): Field {
  const allows = Array<boolean>(kind.max + 1).fill(false);
  const written = splitItems(origin.text);
  let star = false;
  splitItems(text).forEach((item, at) => {
    const range = parseItem(item.text, kind);
    if (typeof range === 'string') {
      const { start = 0, end = origin.text.length } = written[at] ?? {};
      const where = { start: origin.start + start, end: origin.start + end, field: index };
      throw new Refusal(range, where);
    }
    for (let value = range.start; value <= range.end; value += range.step) allows[value] = true;
    star ||= range.star;
  });
  return { text, allows, star };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly star: boolean;
}

/** `*`, `?`, `a`, `a-b`, each with `/step`; a text is Dkron's refusal, in the order it checks. */
function parseItem(item: string, kind: FieldKind): Range | string {
  const [range = '', step, ...moreSteps] = item.split('/');
  const [low = '', high, ...moreHyphens] = range.split('-');
  let [start, end]: [bigint, bigint] = [BigInt(kind.min), BigInt(kind.max)];
  // What follows the hyphen of `*-5` is never looked at.
  const any = low === '*' || low === '?';
  if (!any) {
    const first = parseAtom(low, kind);
    if (typeof first === 'string') return first;
    if (moreHyphens.length > 0) return `too many hyphens: ${item}`;
    const last = high === undefined ? first : parseAtom(high, kind);
    if (typeof last === 'string') return last;
    [start, end] = [first, last];
  }
  if (moreSteps.length > 0) return `too many slashes: ${item}`;
  const stride = step === undefined ? 1n : parseNumber(step);
  if (typeof stride === 'string') return stride;
  if (step !== undefined && high === undefined) end = BigInt(kind.max);
  if (start < kind.min) return `beginning of range (${start}) below minimum (${kind.min}): ${item}`;
  if (end > kind.max) return `end of range (${end}) above maximum (${kind.max}): ${item}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${item}`;
  if (stride === 0n) return `step of range should be a positive number: ${item}`;
  return {
    start: Number(start),
    end: Number(end),
    step: Number(stride),
    star: any && stride === 1n,
  };
}

function parseAtom(text: string, kind: FieldKind): bigint | string {
  // Go lower-cases İ to a plain i, JavaScript to an i and a dot above.
  const named = kind.names?.indexOf(text.replaceAll('İ', 'i').toLowerCase()) ?? -1;
  return named >= 0 ? BigInt(kind.min + named) : parseNumber(text);
}

function parseNumber(text: string): bigint | string {
  const read = atoi(text);
  if ('error' in read) return `failed to parse int from ${text}: ${read.error}`;
  return read.value < 0n ? `negative number (${read.value}) not allowed: ${text}` : read.value;
}
