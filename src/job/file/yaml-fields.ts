/** A job's fields as they come out of a YAML file. */
import { numberText } from '../../json/numbers.ts';
import { type Field, fieldOf } from '../fields.ts';
import { isMap, type Misshapen, shapeProblem } from '../shape.ts';
import type { FileError, Locate } from './yaml-text.ts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Where Dkron takes text only, numbers and flags become the text they were written as. What is still
 * of a wrong kind is told.
 */
export function readFields(values: Fields): {
  readonly given: Fields;
  readonly misshapen: readonly Misshapen[];
} {
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = fieldOf(name);
      return [name, field ? asType(field.type, value) : value];
    }),
  );
  return { given, misshapen: misshapenIn(given) };
}

/** What Dkron's decoder would refuse. */
export const misshapenIn = (given: Fields): Misshapen[] =>
  Object.entries(given).flatMap(([name, value]) => {
    const field = fieldOf(name);
    return (field && shapeProblem(field, value)) ?? [];
  });

/** The errors of a file, from its start to its end. */
export const errorsAt = (place: Locate, wrong: readonly Misshapen[]): FileError[] =>
  wrong
    .map(({ keys, text }) => ({ ...place(keys), message: `${keys.join('.')} ${text}` }))
    .sort((a, b) => a.line - b.line || a.column - b.column);

/** A map with its values changed; anything but a map stays. */
export const inMap = (value: unknown, change: (inner: unknown) => unknown): unknown =>
  isMap(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]))
    : value;

function asType(type: Field['type'], value: unknown): unknown {
  if (type === 'text') return asText(value);
  if (type === 'map') return inMap(value, asText);
  return type === 'maps' ? inMap(value, (map) => inMap(map, asText)) : value;
}

const asText = (value: unknown): unknown =>
  value === null ? '' : typeof value === 'boolean' ? String(value) : (numberText(value) ?? value);
