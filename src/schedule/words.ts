/** A schedule in words. */
import cronstrue from 'cronstrue';
import { type Field, type FieldName, fieldKinds, fieldNames } from './field.ts';
import { type Instant, nanosPerSecond, rfc3339FromInstant } from './instant.ts';
import { neverMatches } from './never.ts';
import { parseSchedule, type ScheduleContext } from './parse.ts';
import { printFields, rangesOf, valuesOf } from './print.ts';
import type { FieldSchedule, Schedule } from './schedule.ts';

/** A schedule of a job as an operator would say it; "" for one that Dkron refuses. */
export function describe(spec: string, context: ScheduleContext = {}): string {
  const parsed = parseSchedule(spec, context);
  return parsed.valid ? wordsOf(parsed.schedule) : '';
}

/** `every 15 minutes, from 08:00 to 18:59, Monday to Friday, Europe/Paris`. */
export function wordsOf(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'fields':
      return fieldWords(schedule);
    case 'every':
      return `every ${durationWords(schedule.interval)}`.replace(/^every 1 (\w+)$/, 'every $1');
    case 'at':
      return `once, ${dateWords(schedule.at)}`;
    case 'after':
      return `${dateWords(schedule.at)}, or up to ${durationWords(Number(schedule.grace / nanosPerSecond))} later if that was missed`;
    case 'manually':
      return 'only when it is run by hand';
  }
}

function fieldWords({ fields, zone, zoneFrom }: FieldSchedule): string {
  const inZone = zoneFrom === 'server' ? [] : [zone];
  if (neverMatches(fields)) return 'never: no day and time match it';
  return [timeWords(fields), dayWords(fields), ...inZone].filter((part) => part !== '').join(', ');
}

/** What a sentence lists before it becomes hard to read. */
const longestList = 6;

/** Times of day: `at 06:30 and 18:30`, `every 15 minutes, from 08:00 to 18:59`. */
function timeWords(fields: FieldSchedule['fields']): string {
  const [seconds, minutes, hours] = [fields.second, fields.minute, fields.hour].map(valuesOf);
  if (!seconds || !minutes || !hours) return '';
  const past = cronWords({ second: fields.second, minute: fields.minute });
  if (hours.length === 24) return past;
  if (seconds.length * minutes.length * hours.length <= longestList) {
    const times = hours.flatMap((hour) =>
      minutes.flatMap((minute) => seconds.map((second) => clock(hour, minute, second))),
    );
    return `${everyDay(fields) ? 'every day ' : ''}at ${listWords(times)}`;
  }
  const ranges = rangesOf(hours);
  const scattered = ranges.length > longestList / 2;
  if (scattered && minutes.length === 1 && seconds.length === 1)
    return cronWords({ second: fields.second, minute: fields.minute, hour: fields.hour });
  if (scattered) return `${past}, in the hours ${listWords(hours.map(two))}`;
  const [from = 0, to = from] = minutes.length === 1 ? minutes : [0, 59];
  const spans = ranges.map(([first, last]) =>
    from === to && first === last
      ? `at ${clock(first, from, 0)}`
      : `from ${clock(first, from, 0)} to ${clock(last, to, 0)}`,
  );
  return `${past}, ${listWords(spans)}`;
}

const everyDay = ({ dom, month, dow }: FieldSchedule['fields']): boolean =>
  dom.star && dow.star && isFull('month', month);

/** `Monday to Friday`, `on day 1 of the month or on Monday`, `in July`. */
function dayWords({ dom, month, dow }: FieldSchedule['fields']): string {
  const months = isFull('month', month) ? [] : [cronWords({ month })];
  const days = { dom: daysOf('dom', dom), dow: daysOf('dow', dow) };
  return [daysTogether(days, dom.star || dow.star), ...months]
    .filter((part) => part !== '')
    .join(', ');
}

type Days = 'every' | 'none' | { readonly words: string };

function daysOf(name: 'dom' | 'dow', field: Field): Days {
  if (isFull(name, field)) return 'every';
  return field.allows.includes(true) ? { words: cronWords({ [name]: field }) } : 'none';
}

/** Where neither day field has a star, Dkron runs on a day that either of them allows. */
function daysTogether({ dom, dow }: { dom: Days; dow: Days }, bothMustMatch: boolean): string {
  const words = [dom, dow].flatMap((days) => (typeof days === 'string' ? [] : [days.words]));
  if (bothMustMatch) return words.join(', ');
  return dom === 'every' || dow === 'every' ? 'every day' : words.join(' or ');
}

const isFull = (name: FieldName, field: Field): boolean =>
  valuesOf(field).length === fieldKinds[name].max - fieldKinds[name].min + 1;

/** cronstrue's words for some of the fields, the others left open, put as an operator says it. */
function cronWords(chosen: Partial<FieldSchedule['fields']>): string {
  const expression = printFields({ ...anyTime, ...chosen });
  const words = cronstrue.toString(expression, { use24HourTimeFormat: true });
  const ours = words
    .replace(/^Every second, /, 'second' in chosen ? '$&' : '')
    .replace(/^On the hour, every/, 'Every')
    .replace(/ in a month, between day/, ', between day')
    .replace(/\bbetween (day )?(\S+) and /g, 'from $1$2 to ')
    .replace(/ through /g, ' to ')
    .replace(/\bonly (on|in) /g, '$1 ')
    .replace(/, and /g, ' and ');
  return lowerFirst(ours);
}

const anyTime = Object.fromEntries(
  fieldNames.map((name): [FieldName, Field] => {
    const { min, max } = fieldKinds[name];
    const allows = Array.from({ length: max + 1 }, (_, value) => value >= min);
    return [name, { text: '*', star: true, allows }];
  }),
) as Record<FieldName, Field>;

const listWords = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

const two = (value: number): string => String(value).padStart(2, '0');

const clock = (hour: number, minute: number, second: number): string =>
  [hour, minute, ...(second === 0 ? [] : [second])].map(two).join(':');

/** `15 minutes`, `1 hour 30 minutes`. */
function durationWords(seconds: number): string {
  const parts: readonly [number, string][] = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const words = parts.flatMap(([count, unit]) =>
    count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`],
  );
  return words.join(' ') || 'less than a second';
}

/** `Monday` stays as it is. */
const lowerFirst = (text: string): string =>
  /^(Every|At|On|Seconds|Minutes)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;

/** `on 2030-01-01 at 00:00:00 UTC`. */
function dateWords(at: Instant): string {
  const [date, time] = rfc3339FromInstant(at).replace('Z', '').split('T');
  return `on ${date} at ${time} UTC`;
}
