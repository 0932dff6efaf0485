/** Which crons a text can be of, and the six fields it has in each. */
import { counted } from '../base/counted.ts';
import type { Counting } from './crontab-field.ts';
import { descriptors } from './descriptor.ts';
import { fieldKinds, fieldNames } from './field.ts';
import { splitOnSpace } from './go-text.ts';

/** What a schedule is read as: six fields of `crontab` are those of the crons that have seconds. */
export const origins = ['crontab', 'quartz', 'eventbridge'] as const;
export type Origin = (typeof origins)[number];

/** One way to read a text. */
export interface Reading {
  readonly from: Origin;
  /** `TZ=…` as it was written, or "". */
  readonly prefix: string;
  /** Six, seconds first. */
  readonly fields: readonly string[];
  readonly counting: Counting;
  /** What was done to the text, in words. */
  readonly changes: readonly string[];
}

/** The ways to read a text, the likeliest first; `lacks` is why there is none. */
export type Readings = { readonly readings: readonly Reading[] } | { readonly lacks: string };

export function readDialect(text: string, from?: Origin): Readings {
  const [, prefix = '', rest = ''] = /^((?:CRON_)?TZ=\S+)?\s*(.*)$/s.exec(text) ?? [];
  if (rest.startsWith('#')) return { lacks: 'it is a comment: there is no schedule in it' };
  if (/^\w+\s*=/.test(rest)) return { lacks: 'it sets a variable: there is no schedule in it' };
  if (prefix !== '' && rest === '') return { lacks: 'it sets a time zone and no schedule' };
  const [, inner] = /^cron\((.*)\)$/is.exec(rest) ?? [];
  const body = inner ?? rest;
  const [, nickname, behind] = /^(@[a-z]+)(\s.*)?$/is.exec(body) ?? [];
  if (nickname !== undefined) return readNickname(prefix, nickname.toLowerCase(), behind);
  const words = splitOnSpace(body).map((word) => word.text.replace(longName, '$1'));
  const fieldCount = words.findIndex((word) => !cronField.test(word));
  const [fields, changes] =
    fieldCount < 5 ? [words, []] : [words.slice(0, fieldCount), [commandLeft]];
  const ways = inner === undefined ? originsOf(fields) : (['eventbridge'] as const);
  const readings = (from === undefined ? ways : [from]).map((origin) =>
    readAs(origin, prefix, fields, changes),
  );
  const known = readings.flatMap((reading) => ('lacks' in reading ? [] : [reading]));
  const [lacking] = readings.flatMap((reading) => ('lacks' in reading ? [reading] : []));
  return known.length === 0 && lacking !== undefined ? lacking : { readings: known };
}

const commandLeft = 'the command is left out';

const names = [...fieldKinds.month.names, ...fieldKinds.dow.names];

/** `Monday`, but not the `FRIL` of a last Friday. */
const longName = new RegExp(`(${names.join('|')})(?!l\\b)[a-z]+`, 'gi');

const cronField = new RegExp(`^(?!#)(?:[\\d*?,/#~-]|[LWHR]|${names.join('|')})+$`, 'i');

/** By the number of fields, and where a `?` or a day that only some crons know stands. */
function originsOf(fields: readonly string[]): readonly Origin[] {
  if (fields.length === 7) return ['quartz'];
  const dow = fields[fields.length - 1] ?? '';
  const isNumber = /\d/.test(dow.replace(/[#/]\d+/g, ''));
  if (fields.length === 6 && [0, 1, 2, 4].some((at) => fields[at] === '?')) return ['eventbridge'];
  // Quartz demands a ?; the 7 of a six-field schedule is Dkron's least of all.
  const marked = fields.includes('?') || (fields.length === 6 && /(?<![\d#/])7/.test(dow));
  return isNumber && marked ? ['quartz', 'crontab'] : ['crontab'];
}

function readAs(
  from: Origin,
  prefix: string,
  fields: readonly string[],
  changes: readonly string[],
): Reading | { readonly lacks: string } {
  const count = fields.length;
  const counting: Counting = from === 'crontab' ? 'crontab' : 'quartz';
  const asQuartz = from === 'crontab' ? [] : ['days of the week are read as Quartz counts them'];
  const yearAt = from === 'eventbridge' ? 5 : from === 'quartz' ? 6 : undefined;
  const year = yearAt === undefined ? undefined : fields[yearAt];
  if (year !== undefined && !/^[*?]$/.test(year))
    return { lacks: `Dkron has no field for the year (${year})` };
  const yearless = year === undefined ? [] : ['the year is left out'];
  const inFront = from === 'eventbridge' ? count === 6 : count === 5;
  const right = inFront || (from === 'crontab' ? count === 6 : count === 6 || count === 7);
  if (!right || (from === 'eventbridge' && count !== 6))
    return {
      lacks: `${counted(count, 'field')} ${count === 1 ? 'is' : 'are'} no schedule that ${from === 'crontab' ? 'cron' : from} knows`,
    };
  return {
    from,
    prefix,
    fields: inFront ? ['0', ...fields.slice(0, 5)] : fields.slice(0, 6),
    counting,
    changes: [
      ...(inFront ? ['a field for seconds is added in front'] : []),
      ...yearless,
      ...asQuartz,
      ...changes,
    ],
  };
}

/** Dkron's own nicknames in capitals, and those that only other crons know. */
const nicknames = new Map([
  ...descriptors,
  ['@minutely', '0 * * * * *'],
  ['@secondly', '* * * * * *'],
  ['@weekdays', '0 0 0 * * 1-5'],
  ['@weekends', '0 0 0 * * 0,6'],
]);

function readNickname(prefix: string, name: string, command = ''): Readings {
  if (name === '@reboot')
    return { lacks: 'Dkron has no @reboot: jobs run by the clock, not when a machine starts' };
  const text = nicknames.get(name);
  if (text === undefined) return { lacks: `${name} is not a schedule that cron knows` };
  const fields = text.split(' ');
  const changes = [`${name} is written as six fields`, ...(command === '' ? [] : [commandLeft])];
  return { readings: [{ from: 'crontab', prefix, fields, counting: 'crontab', changes }] };
}

export const fieldsOf = ({ fields }: Reading) =>
  fieldNames.map((name, at) => ({ name, text: fields[at] ?? '' }));
