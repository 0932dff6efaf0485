/** The six fields of a schedule as text, in the shortest way to write what they allow. */
import { memoOf } from '../base/memo-of.ts';
import { type Field, type FieldName, fieldKinds, fieldNames } from './field.ts';
import type { FieldSchedule } from './schedule.ts';

/** The six fields without a zone. */
export const printFields = (fields: FieldSchedule['fields']): string =>
  fieldNames.map((name) => printField(name, fields[name])).join(' ');

/** Every value a field allows, in order. Schedules share fields (six-fields.ts), and all that is told of one asks. */
export const valuesOf = memoOf((field: Field): readonly number[] =>
  field.allows.flatMap((allowed, value) => (allowed ? [value] : [])),
);

/**
 * The least number of values written as a step rather than a list. Days and months read better one
 * by one: "every 3 months" hides which.
 */
const leastStepped: Record<FieldName, number> = {
  second: 3,
  minute: 3,
  hour: 3,
  dom: 9,
  month: 13,
  dow: 8,
};

export function printField(name: FieldName, field: Field): string {
  const { min, max } = fieldKinds[name];
  const values = valuesOf(field);
  const isDay = name === 'dom' || name === 'dow';
  // For days a star yields to the other day field, which 1-31 does not.
  if (isDay ? field.star : values.length === max - min + 1) return '*';
  if (values.length === 0) return ',';
  return printStep(name, values) ?? printValues(values);
}

/** `5/15`, where the steps go round evenly; `0-56/7` where the last one is cut short. */
function printStep(name: FieldName, values: readonly number[]): string | undefined {
  const { min, max } = fieldKinds[name];
  const [first = min, second = first] = values;
  const step = second - first;
  if (step < 2 || values.some((value, index) => value !== first + index * step)) return undefined;
  const even = values.length * step === max - min + 1 && first - min < step;
  if (even && leastStepped[name] <= 3) return `${first === min ? '*' : first}/${step}`;
  return values.length < leastStepped[name] ? undefined : `${first}-${values.at(-1)}/${step}`;
}

/** `1-3,7` */
export const printValues = (values: readonly number[]): string =>
  rangesOf(values).map(printRange).join(',');

type Range = readonly [first: number, last: number];

/** Neighbouring values together: 1,2,3,7 is 1-3 and 7. */
export function rangesOf(values: readonly number[]): Range[] {
  const starts = values.filter((value) => !values.includes(value - 1));
  const ends = values.filter((value) => !values.includes(value + 1));
  return starts.map((start, index) => [start, ends[index] ?? start]);
}

const printRange = ([first, last]: Range): string => {
  if (first === last) return `${first}`;
  return last === first + 1 ? `${first},${last}` : `${first}-${last}`;
};
