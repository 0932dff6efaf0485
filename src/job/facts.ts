/**
 * The facts of a job out of its text as Dkron writes it: of a list of a hundred thousand it takes a third of
 * the time that reading each job whole does. What is written in any other way is read whole (job-value.ts).
 */
import { isDoubtful } from '../json/names.ts';
import { tooMuch } from './bounds.ts';
import { type Field, fields } from './fields.ts';
import type { JobFacts } from './job.ts';

type Value = Readonly<Record<string, unknown>>;

const namesOf = (...types: readonly Field['type'][]): string[] =>
  fields.filter(({ type }) => types.includes(type)).map(({ name }) => name);

/** A number that JavaScript might not print as written. The same. */
const oddCount = new RegExp(`(?:${namesOf('count').join('|')})"(?!:(?:0|[1-9]\\d{0,14})[,}])`);

/** Null for a text that is no job, or one that is written otherwise. */
export function usualFacts(text: string): JobFacts | null {
  if (tooMuch(text) !== undefined || oddCount.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isPlain(value) && isUsual(value) ? (value as unknown as JobFacts) : null;
  } catch {
    return null;
  }
}

const isPlain = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): boolean => typeof value === 'string';

function isTexts(value: unknown): boolean {
  if (!isPlain(value)) return false;
  for (const key in value) if (typeof value[key] !== 'string' || isDoubtful(key)) return false;
  return true;
}

const fits: Readonly<Record<Field['type'], (value: unknown) => boolean>> = {
  text: isText,
  flag: (value) => typeof value === 'boolean',
  count: (value) => typeof value === 'number',
  time: isText,
  names: (value) => Array.isArray(value) && value.every(isText),
  map: isTexts,
  maps: (value) =>
    isPlain(value) && Object.entries(value).every(([key, one]) => isTexts(one) && !isDoubtful(key)),
};

/** They are never null in a job, and always there. */
const definite = ['text', 'flag', 'count'] as const satisfies Field['type'][];

const columns = fields.map(({ name, type, since }) => ({
  name,
  fits: fits[type],
  isDefinite: since === undefined && (definite as readonly string[]).includes(type),
  // Older ones have no ids, either; a row shows none.
  isOptional: since !== undefined || name === 'id',
}));

function isUsual(value: Value): boolean {
  for (const key in value) if (isDoubtful(key)) return false;
  for (const { name, fits, isDefinite, isOptional } of columns) {
    const one = value[name];
    if (one === null ? isDefinite : one === undefined ? !isOptional : !fits(one)) return false;
  }
  return true;
}
