/** A job out of a parsed value: of a server's answer, or of a file. */
import { own } from '../base/own.ts';
import { type Field, fieldOf, fields, foldKey, isOperators } from './fields.ts';
import type { Job } from './job.ts';
import { isMap, type Misshapen, shapeProblem } from './shape.ts';
import { wholeJob } from './zero.ts';

const noneOf: Readonly<Record<Field['type'], unknown>> = {
  text: '',
  flag: false,
  count: 0,
  time: null,
  names: null,
  map: null,
  maps: null,
};

export type ReadJob = { readonly job: Job } | { readonly wrong: readonly Misshapen[] };

/**
 * A job as a server gives it, fields of newer versions included. What an older version leaves out
 * gets Dkron's own value for none; of what came with a version (`since`) it stays to be seen.
 */
export function serverJob(value: unknown): ReadJob {
  if (!isMap(value)) return { wrong: [{ keys: [], text: 'is not an object' }] };
  if (typeof own(value, 'name') !== 'string') return { wrong: [nameless(value)] };
  const job: Job = { ...nones, ...value } as Job;
  for (const [name, none] of Object.entries(nones)) job[name] ??= none;
  const wrong = fields.flatMap((field) => kindProblem(field, own(job, field.name)) ?? []);
  return wrong.length > 0 ? { wrong } : { job };
}

const nones = Object.fromEntries(
  fields.filter(({ since }) => since === undefined).map(({ name, type }) => [name, noneOf[type]]),
);

/** A job as a file defines it: what it leaves out is reset, what Dkron decides itself does not count. */
export function definedJob(value: unknown): ReadJob {
  if (!isMap(value)) return { wrong: [{ keys: [], text: 'is not a job' }] };
  const given = Object.fromEntries(Object.entries(value).filter(([name]) => isOperators(name)));
  const name = own(given, 'name');
  const wrong = Object.entries(given).flatMap(([key, inner]) => {
    const field = fieldOf(key) ?? fieldOf(foldKey(key));
    return (field && shapeProblem({ ...field, name: key }, inner)) ?? [];
  });
  if (wrong.length > 0) return { wrong };
  return name ? { job: wholeJob(given) } : { wrong: [nameless(value)] };
}

/** Whether it has a field by which a job can be told from anything else. */
export const looksLikeJob = (value: unknown): boolean =>
  isMap(value) && Object.keys(value).some((key) => fieldOf(foldKey(key))?.owner === 'operator');

/** What is wrong with a job, as one sentence: `tags.role must be text; it has no name`. */
export const sentenceOf = (wrong: readonly Misshapen[]): string =>
  wrong.map(({ keys, text }) => `${keys.join('.') || 'it'} ${text}`).join('; ');

/** The name, where it is one. */
export function nameIn(value: unknown): string | null {
  const name = isMap(value) ? own(value, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : null;
}

function nameless(value: Readonly<Record<string, unknown>>): Misshapen {
  if (own(value, 'name')) return { keys: ['name'], text: 'must be text' };
  const meant = Object.keys(value).find((key) => key !== 'name' && foldKey(key) === 'name');
  return meant === undefined
    ? { keys: [], text: 'has no name' }
    : { keys: [meant], text: 'must be written name' };
}

/** What this program cannot work with; which times and numbers Dkron would take is another question. */
function kindProblem(field: Field, value: unknown): Misshapen | undefined {
  const { name, type } = field;
  if (type === 'map' || type === 'maps') return shapeProblem(field, value);
  const [what, fits] = kinds[type];
  return value === undefined || value === null || fits(value)
    ? undefined
    : { keys: [name], text: `must be ${what}` };
}

const isText = (value: unknown): boolean => typeof value === 'string';

const kinds: Readonly<
  Record<Exclude<Field['type'], 'map' | 'maps'>, readonly [string, (value: unknown) => boolean]>
> = {
  text: ['text', isText],
  flag: ['true or false', (value) => typeof value === 'boolean'],
  // A number that JavaScript would round does not count as one: it cannot be compared.
  count: ['a number', (value) => typeof value === 'number'],
  time: ['a time, or null', isText],
  names: ['a list of names', (value) => Array.isArray(value) && value.every(isText)],
};
