import { descriptors } from './descriptor.ts';
import { dayNames, type FieldKind, fieldKinds, fieldNames } from './field.ts';
import { splitOnSpace } from './go-text.ts';

/**
 * A schedule of another cron's dialect, put as the six fields that cron-parser reads; or which part
 * of it no schedule of Dkron's can say.
 */
export type Dialect =
  | {
      /** `TZ=…` as it was written, or "". */
      readonly prefix: string;
      readonly fields: readonly string[];
      /** What was done to the text, in words. */
      readonly changes: readonly string[];
    }
  | { readonly lacks: string };

export function readDialect(text: string): Dialect {
  const [, prefix = '', body = ''] = /^((?:CRON_)?TZ=\S+)?\s*(.*)$/s.exec(text) ?? [];
  if (/^@[a-z]+$/i.test(body)) return readNickname(prefix, body.toLowerCase());
  const words = splitOnSpace(body).map((word) => word.text.replace(longName, '$1'));
  const fieldCount = words.findIndex((word) => !cronField.test(word));
  const [fields, changes] =
    fieldCount < 5 ? [words, []] : [words.slice(0, fieldCount), ['the command is left out']];
  const six = toSixFields(fields, changes);
  if ('lacks' in six) return six;
  return lettersLacked(six.fields) ?? { ...six, prefix, fields: six.fields.map(unwrapField) };
}

const names = fieldNames.flatMap((name) => {
  const kind: FieldKind = fieldKinds[name];
  return kind.names ?? [];
});

/** `Monday`, but not the `FRIL` of a last Friday. */
const longName = new RegExp(`(${names.join('|')})(?!l\\b)[a-z]+`, 'gi');

const anyName = new RegExp(names.join('|'), 'gi');

const cronField = new RegExp(`^(?:[\\d*?,/#-]|[LWH]|${names.join('|')})+$`, 'i');

/** Dkron's own nicknames in capitals, and those that only other crons know. */
const nicknames = new Map([
  ...descriptors,
  ['@minutely', '0 * * * * *'],
  ['@secondly', '* * * * * *'],
  ['@weekdays', '0 0 0 * * 1-5'],
  ['@weekends', '0 0 0 * * 0,6'],
]);

function readNickname(prefix: string, name: string): Dialect {
  if (name === '@reboot')
    return { lacks: 'Dkron has no @reboot: jobs run by the clock, not when a machine starts' };
  const fields = nicknames.get(name);
  if (fields === undefined) return { lacks: `${name} is no schedule that cron knows` };
  return { prefix, fields: fields.split(' '), changes: [`${name} is written as six fields`] };
}

type SixFields =
  | { readonly fields: readonly string[]; readonly changes: readonly string[] }
  | { readonly lacks: string };

function toSixFields(fields: readonly string[], changes: readonly string[]): SixFields {
  if (fields.length === 5)
    return { fields: ['0', ...fields], changes: ['seconds are put in front', ...changes] };
  if (fields.length === 6) return { fields, changes };
  if (fields.length === 7) return fromQuartz(fields, changes);
  return { lacks: `${fields.length} fields are no schedule that cron knows` };
}

/** Quartz has a seventh field for the year, and counts days of the week from 1 for Sunday. */
function fromQuartz(fields: readonly string[], changes: readonly string[]): SixFields {
  const [year = '', dow = ''] = fields.toReversed();
  if (!/^[*?]$/.test(year)) return { lacks: `Dkron has no field for the year (${year})` };
  const named = dow.replace(/(?<![\d#/])\d/g, (digit) => dayNames[Number(digit) - 1] ?? digit);
  return {
    fields: [...fields.slice(0, 5), named],
    changes: [
      'the year is left out',
      'days of the week are read as Quartz counts them',
      ...changes,
    ],
  };
}

function lettersLacked(fields: readonly string[]): { lacks: string } | undefined {
  // The W and H of names are no letters of their own.
  const letters = fields.map((field) => field.replace(anyName, ''));
  const working = fields[letters.findIndex((field) => /W/i.test(field))];
  if (working !== undefined)
    return { lacks: `Dkron has no W: it cannot say the working day nearest to one (${working})` };
  const hashed = fields[letters.findIndex((field) => /H/i.test(field))];
  if (hashed !== undefined)
    return {
      lacks: `Dkron has no H (${hashed}): its ~ is a number made of the job's name too, but another one`,
    };
  return undefined;
}

/** Ranges that go round the end, `fri-mon` and `22-4`, as two that do not. */
function unwrapField(field: string, index: number): string {
  const kind: FieldKind = fieldKinds[fieldNames[index]!];
  return field
    .split(',')
    .map((item) => unwrapItem(item, kind))
    .join(',');
}

function unwrapItem(item: string, kind: FieldKind): string {
  const [first, last, ...more] = item.split('-').map((atom) => numberOf(atom, kind));
  if (first === undefined || last === undefined || more.length > 0 || first <= last) return item;
  return `${range(first, kind.max)},${range(kind.min, last)}`;
}

const range = (first: number, last: number): string =>
  first === last ? `${first}` : `${first}-${last}`;

function numberOf(atom: string, { min, names = [] }: FieldKind): number | undefined {
  const named = names.indexOf(atom.toLowerCase());
  if (named >= 0) return min + named;
  return /^\d+$/.test(atom) ? Number(atom) : undefined;
}
