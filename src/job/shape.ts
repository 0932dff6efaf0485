import { numberText } from '../base/json.ts';
import { instantFromRfc3339 } from '../schedule/index.ts';
import type { Field } from './fields.ts';
import type { Problem } from './problem.ts';

/** Dkron's decoder refuses the whole job for one value of another kind. */
export function shapeProblem({ name, type }: Field, value: unknown): Problem | undefined {
  if (value === undefined || value === null) return undefined;
  if (type === 'map') return stringsProblem(name, value);
  if (type === 'maps') return mapsProblem(name, value);
  const [what, fits] = shapes[type];
  return fits(value) ? undefined : error(name, `must be ${what}`);
}

const shapes: Readonly<
  Record<Exclude<Field['type'], 'map' | 'maps'>, readonly [string, (value: unknown) => boolean]>
> = {
  text: ['text', (value) => typeof value === 'string'],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  count: [
    'a whole number, 0 or more',
    (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  ],
  time: ['a time like 2026-11-23T07:00:00Z, or null', isTime],
  names: ['a list of names', Array.isArray],
};

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function isTime(value: unknown): boolean {
  return (
    typeof value === 'string' && rfc3339.test(value) && instantFromRfc3339(value) !== undefined
  );
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  // A number that JavaScript could not hold is an object to it.
  numberText(value) === undefined;

function stringsProblem(path: string, value: unknown): Problem | undefined {
  if (!isMap(value)) return error(path, 'must be names with texts');
  const [wrong] = Object.entries(value).find(([, text]) => typeof text !== 'string') ?? [];
  return wrong === undefined
    ? undefined
    : error(
        `${path}.${wrong}`,
        'must be text in quotes: Dkron takes no numbers, flags or lists here',
      );
}

function mapsProblem(path: string, value: unknown): Problem | undefined {
  if (!isMap(value)) return error(path, 'must be names with settings');
  return Object.entries(value)
    .map(([name, map]) => (map === null ? undefined : stringsProblem(`${path}.${name}`, map)))
    .find((problem) => problem !== undefined);
}

const error = (path: string, text: string): Problem => ({ path, level: 'error', text });
