import { numberText } from '../json/numbers.ts';
import { instantFromRfc3339, rfc3339FromInstant } from '../schedule/index.ts';
import type { Field } from './fields.ts';

/** A value of a kind that Dkron does not take there. */
export interface Misshapen {
  /** The field, and the keys inside it. */
  readonly keys: readonly string[];
  /** A sentence without its subject. */
  readonly text: string;
}

/** Dkron's decoder refuses the whole job for one value of another kind; null is none to it. */
export function shapeProblem({ name, type }: Field, value: unknown): Misshapen | undefined {
  if (value === undefined || value === null) return undefined;
  if (type === 'map') return stringsProblem([name], value);
  if (type === 'maps') return mapsProblem([name], value);
  const [what, fits] = shapes[type];
  if (!fits(value)) return { keys: [name], text: `must be ${what}` };
  return type === 'time' && !isShown(String(value)) ? { keys: [name], text: unshown } : undefined;
}

const shapes: Readonly<
  Record<Exclude<Field['type'], 'map' | 'maps'>, readonly [string, (value: unknown) => boolean]>
> = {
  text: ['text', (value) => typeof value === 'string'],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  count: [
    'a whole number, 0 or more',
    (value) => (Number.isSafeInteger(value) ? (value as number) >= 0 : isLongCount(value)),
  ],
  time: ['a time like 2026-11-23T07:00:00Z, or null', isTime],
  names: ['a list of names', Array.isArray],
};

const isLongCount = (value: unknown): boolean =>
  /^\d+$/.test(numberText(value) ?? '') && BigInt(numberText(value)!) < 2n ** 64n;

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function isTime(value: unknown): boolean {
  return (
    typeof value === 'string' && rfc3339.test(value) && instantFromRfc3339(value) !== undefined
  );
}

const unshown = 'must be in the years 0 to 9999 in UTC: Dkron could not show any job after that';

/** Such a job is stored, and then it and the list of all jobs are answered with nothing (4.x). */
const isShown = (time: string): boolean =>
  rfc3339.test(rfc3339FromInstant(instantFromRfc3339(time)!));

export const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  // A number that JavaScript could not hold is an object to it.
  numberText(value) === undefined;

function stringsProblem(keys: readonly string[], value: unknown): Misshapen | undefined {
  if (!isMap(value)) return { keys, text: 'must be names with texts' };
  const [wrong] = Object.entries(value).find(([, text]) => typeof text !== 'string') ?? [];
  const text = 'must be text in quotes: Dkron takes no numbers, flags or lists here';
  return wrong === undefined ? undefined : { keys: [...keys, wrong], text };
}

function mapsProblem(keys: readonly string[], value: unknown): Misshapen | undefined {
  if (!isMap(value)) return { keys, text: 'must be names with settings' };
  return Object.entries(value)
    .map(([name, map]) => (map === null ? undefined : stringsProblem([...keys, name], map)))
    .find((problem) => problem !== undefined);
}
