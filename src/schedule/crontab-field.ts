/** One field of a schedule of another cron, read by that cron's own rules. */
import { dayNames, type FieldKind, type FieldName, fieldKinds } from './field.ts';

/** How days of the week are counted: crontab from 0 for Sunday (and 7), Quartz from 1 for Sunday. */
export type Counting = 'crontab' | 'quartz';

/** What a field allows. */
export interface ForeignField {
  /** Long names made short, ranges round the end in two. */
  readonly text: string;
  /** In order, each once; Sunday is 0. */
  readonly values: readonly number[];
  /** It begins with `*`, or is `?`: of the two day fields, crontab then asks for both. */
  readonly star: boolean;
  /** A range in it goes round the end. */
  readonly round: boolean;
  /** A step in it begins at a number and names no end. */
  readonly open: boolean;
}

/** A text is why no cron knows the field. */
export function readForeignField(
  text: string,
  name: FieldName,
  counting: Counting,
): ForeignField | string {
  const isDay = name === 'dom' || name === 'dow';
  if (text === '?')
    return isDay
      ? { text, values: all(name), star: true, round: false, open: false }
      : `? stands for a day only, not for a ${fieldKinds[name].name}`;
  const kind = kindOf(name, counting);
  const items = text.split(',').map((item) => readItem(item, kind, counting));
  const wrong = items.find((item) => typeof item === 'string');
  if (wrong !== undefined) return wrong;
  const read = items.filter((item) => typeof item !== 'string');
  const values = new Set(
    read.flatMap((item) => item.values).map((value) => dayOf(value, name, counting)),
  );
  return {
    text: read.map((item) => item.text).join(','),
    values: [...values].sort((a, b) => a - b),
    star: text.startsWith('*'),
    round: read.some((item) => item.round === true),
    open: read.some((item) => item.open === true),
  };
}

export const all = (name: FieldName): number[] => {
  const { min, max } = fieldKinds[name];
  return Array.from({ length: max - min + 1 }, (_, at) => min + at);
};

export function kindOf(name: FieldName, counting: Counting): FieldKind {
  if (name !== 'dow') return fieldKinds[name];
  return { ...fieldKinds.dow, ...(counting === 'quartz' ? { min: 1, max: 7 } : { max: 7 }) };
}

function dayOf(value: number, name: FieldName, counting: Counting): number {
  if (name !== 'dow') return value;
  return counting === 'quartz' ? value - 1 : value % 7;
}

interface Item extends Pick<ForeignField, 'text' | 'values'> {
  readonly round?: true;
  readonly open?: true;
}

/** `*`, `a`, `a-b`, each with `/step`; `a/step` goes on to the end. */
function readItem(item: string, kind: FieldKind, counting: Counting): Item | string {
  const [range = '', step, ...moreSteps] = item.split('/');
  const [low = '', high, ...more] = range.split('-');
  if (moreSteps.length > 0 || more.length > 0 || (low === '*' && high !== undefined))
    return `${item} is not a list, range or step`;
  const stride = step === undefined ? 1 : numberIn(step);
  if (stride === undefined || stride === 0) return `${step} is not a step`;
  if (counting === 'quartz' && stride > kind.max) return `Quartz takes no step of ${stride} there`;
  if (low === '*') return { text: item, values: stepped(kind.min, lastOf(kind), stride) };
  const first = atomIn(low, kind);
  const last = high === undefined ? first : atomIn(high, kind);
  if (first === undefined) return notOf(low, kind);
  if (last === undefined) return notOf(high ?? '', kind);
  if (high === undefined && step !== undefined)
    return { text: item, values: stepped(first, kind.max, stride), open: true };
  if (first <= last) return { text: item, values: stepped(first, last, stride) };
  return roundTheEnd(first, last, stride, kind);
}

/** `22-4`: crontab has no such ranges, but nobody means anything else by one. */
function roundTheEnd(first: number, last: number, stride: number, kind: FieldKind): Item {
  // Sunday is 0 and 7, and a day of a week once.
  const size = lastOf(kind) - kind.min + 1;
  const around = stepped(first, last + size, stride).map(
    (value) => kind.min + ((value - kind.min) % size),
  );
  const text =
    stride === 1 ? `${span(first, lastOf(kind))},${span(kind.min, last)}` : around.join(',');
  return { text, values: around, round: true };
}

/** 7 is another name for Sunday. */
const lastOf = ({ min, max, names }: FieldKind): number =>
  names === dayNames && min === 0 ? max - 1 : max;

const span = (first: number, last: number): string =>
  first >= last ? `${first}` : `${first}-${last}`;

function stepped(first: number, last: number, stride: number): number[] {
  const values: number[] = [];
  for (let value = first; value <= last; value += stride) values.push(value);
  return values;
}

const notOf = (text: string, { name, min, max }: FieldKind): string =>
  `${text || 'an empty text'} is not a ${name} (${min} to ${max})`;

function atomIn(text: string, { min, max, names = [] }: FieldKind): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  const value = named >= 0 ? min + named : numberIn(text);
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

const numberIn = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text) ? Number(text) : undefined;
