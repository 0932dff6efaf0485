/** Schedules of other crons, as the Dkron schedules that run at the same instants. */
import { daysInMonth } from './civil.ts';
import { fieldsOf, type Origin, type Reading, readDialect } from './crontab-dialect.ts';
import { all, type ForeignField, readForeignField } from './crontab-field.ts';
import { lackOf } from './crontab-lacks.ts';
import { compareRuns, type ForeignFields, type ForeignSchedule } from './crontab-runs.ts';
import { dayNames, type FieldName, fieldKinds, parseField } from './field.ts';
import type { Instant } from './instant.ts';
import { parseSchedule, withoutPrefix } from './parse.ts';
import { printValues, rangesOf } from './print.ts';

/** A Dkron schedule that runs at the same instants; so many runs of both were compared. */
export interface Offer {
  readonly schedule: string;
  readonly changes: readonly string[];
  readonly compared: number;
}

/** What becomes of a schedule written for another cron. */
export type Imported =
  /** Dkron takes it as it is. */
  | { readonly kind: 'dkron'; readonly schedule: string }
  /** Dkron runs this one at the same instants. */
  | ({ readonly kind: 'offer' } & Offer)
  /** Two crons mean different things by it: only who wrote it knows. */
  | { readonly kind: 'choice'; readonly readings: readonly (Offer & { readonly from: Origin })[] }
  /** Dkron lacks a part of it, or no cron knows it. */
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Reads another dialect: crontab's five fields and its line with a command, six fields with seconds,
 * Quartz, EventBridge, `@weekdays`, long names. Where the days of the week can be counted in two ways
 * both are given, unless `origin` says which. Each offer is proven by comparing its runs with those of
 * the fields as their own cron reads them, over the year after `from`.
 */
export function importCrontab(text: string, from: Instant, origin?: Origin): Imported {
  const spec = text.trim();
  const own = parseSchedule(spec, { name: 'job' });
  if (!own.valid && /^@(?:every|at|after) /.test(spec)) return none(withoutPrefix(own.error));
  const dialect = readDialect(spec, origin);
  const asItIs: Imported = { kind: 'dkron', schedule: spec };
  if ('lacks' in dialect) return own.valid && origin === undefined ? asItIs : none(dialect.lacks);
  const [first] = dialect.readings;
  if (own.valid && dialect.readings.length === 1 && first?.from === 'crontab') return asItIs;
  const results = dialect.readings.map((reading) => ({
    from: reading.from,
    offer: offerFor(reading, from, dialect.readings.length > 1),
  }));
  const offers = results.flatMap(({ from, offer }) =>
    typeof offer === 'string' ? [] : [{ from, ...offer }],
  );
  const ways = new Set(offers.map(({ schedule }) => schedule));
  if (ways.size > 1) return { kind: 'choice', readings: offers };
  const [reason] = results.flatMap(({ offer }) => (typeof offer === 'string' ? [offer] : []));
  // Of readings that say the same, the one that changes least.
  const { from: as, ...offer } = offers.at(-1) ?? { from: origin ?? 'crontab' };
  if (own.valid && as === 'crontab') return asItIs;
  return 'schedule' in offer ? { kind: 'offer', ...offer } : none(reason ?? '');
}

const none = (reason: string): Imported => ({ kind: 'none', reason });

/** A text is why there is none. Days are `named` where they could be counted in two ways. */
function offerFor(reading: Reading, from: Instant, named: boolean): Offer | string {
  const read = new Map<FieldName, ForeignField>();
  for (const { name, text } of fieldsOf(reading)) {
    const plain = withoutLast(text, name, reading);
    const lack = lackOf(plain, name, reading.counting);
    if (lack !== undefined) return lack;
    const field = readForeignField(plain, name, reading.counting);
    if (typeof field === 'string')
      return text.toLowerCase() === 'l' && name === 'dom'
        ? `Dkron has no L: these months end on different days (${text})`
        : `no cron knows this: ${field}`;
    read.set(name, field);
  }
  const fields = Object.fromEntries(read) as ForeignFields;
  const days = daysFor(fields, reading, named);
  if (typeof days === 'string') return days;
  const { second, minute, hour, month } = fields;
  const texts = [
    printed(second, 'second'),
    printed(minute, 'minute'),
    printed(hour, 'hour'),
    days.dom,
    printed(month, 'month'),
    days.dow,
  ];
  const prefix = reading.prefix === '' ? [] : [reading.prefix];
  const schedule = [...prefix, ...texts].join(' ');
  const parsed = parseSchedule(schedule);
  if (!parsed.valid) return withoutPrefix(parsed.error);
  const compared = compareRuns({ fields, both: days.both }, texts.join(' '), from);
  if (compared === undefined) return 'no Dkron schedule runs at the same times';
  const parts = Object.values(fields);
  const changes = [
    ...reading.changes,
    ...(parts.some((field) => field.round) ? [roundText] : []),
    ...(reading.counting === 'crontab' && parts.some((field) => field.open) ? [openText] : []),
  ];
  return { schedule, changes, compared };
}

const openText =
  'a step after one number goes on to the end, as in 5-59/15; some crontabs read that number alone';
const roundText = 'a range that passes the end is written as two; crontab itself refuses it';

/** `L` as the last day of all these months, if it is the same one every year; in Quartz' week it is 7. */
function withoutLast(text: string, name: FieldName, { fields, counting }: Reading): string {
  if (text.toUpperCase() !== 'L') return text;
  if (name === 'dow') return counting === 'quartz' ? '7' : text;
  if (name !== 'dom') return text;
  const months = readForeignField(fields[4] ?? '', 'month', counting);
  const last = typeof months === 'string' ? undefined : lastDayOf(months.values);
  return last === undefined ? text : String(last);
}

function lastDayOf(months: readonly number[]): number | undefined {
  const [commonYear, leapYear] = [2001, 2000];
  const lengths = new Set(
    months.flatMap((month) => [daysInMonth(commonYear, month), daysInMonth(leapYear, month)]),
  );
  return lengths.size === 1 ? [...lengths][0] : undefined;
}

interface Days extends Pick<ForeignSchedule, 'both'> {
  readonly dom: string;
  readonly dow: string;
}

/**
 * The two day fields as Dkron writes them. A day of month and a day of week that are both told are
 * one or the other for Dkron; crontab means both where one of them begins with a star, and Quartz
 * takes only one. A text is why there are none.
 */
function daysFor(
  { dom, dow }: ForeignFields,
  { counting }: Reading,
  named: boolean,
): Days | string {
  const [anyDom, anyDow] = [isFull(dom, 'dom'), isFull(dow, 'dow')];
  const texts = { dom: printed(dom, 'dom'), dow: printedDays(dow, named || counting === 'quartz') };
  if (counting === 'quartz' && !anyDom && !anyDow)
    return 'Quartz takes only one of the two day fields: the other is a ?';
  const both = counting === 'quartz' || dom.star || dow.star;
  if (!both) return { dom: withoutStar(texts.dom, dom), dow: withoutStar(texts.dow, dow), both };
  if (!anyDom && !anyDow)
    return 'Dkron cannot express it: cron runs this on days that match both day fields, Dkron on days that match one';
  return {
    dom: anyDom ? star(texts.dom) : texts.dom,
    dow: anyDow ? star(texts.dow) : texts.dow,
    both,
  };
}

const isFull = ({ values }: ForeignField, name: FieldName): boolean =>
  values.length === all(name).length;

const star = (text: string): string => (text === '?' ? text : '*');

/** Both fields are given, so neither may give way to the other. */
const withoutStar = (text: string, { values }: ForeignField): string =>
  /[*?]/.test(text) ? printValues(values) : text;

/** As it was written where Dkron reads the same in it. */
function printed({ text, values }: ForeignField, name: FieldName): string {
  try {
    const origin = { text, start: 0, end: text.length };
    const { allows } = parseField(text, fieldKinds[name], origin, 0);
    const same = all(name).every((value) => (allows[value] ?? false) === values.includes(value));
    if (same) return text;
  } catch {
    // Dkron refuses what another cron takes.
  }
  return printValues(values);
}

const printedDays = (field: ForeignField, named: boolean): string =>
  !named || /^[*?]$/.test(field.text)
    ? printed(field, 'dow')
    : rangesOf(field.values).map(namedRange).join(',');

const namedRange = ([first, last]: readonly [number, number]): string =>
  [...new Set([first, last])].map((day) => dayNames[day]).join(last === first + 1 ? ',' : '-');
