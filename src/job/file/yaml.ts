/** A job as a YAML file for an operator's own editor. */

import { own } from '../../base/own.ts';
import { isJson } from '../../json/check.ts';
import { closeBody, openBody } from '../../json/layout.ts';
import { stringifyJson } from '../../json/numbers.ts';
import { settingOf } from '../executors.ts';
import { type Field, fieldOf, fields, isOperators } from '../fields.ts';
import type { Job } from '../job.ts';
import { isMap, type Misshapen } from '../shape.ts';
import { zeroOf } from '../zero.ts';
import { errorsAt, type Fields, inMap, readFields } from './yaml-fields.ts';
import { type Comment, type FileError, type FileValue, printYaml, readYaml } from './yaml-text.ts';

/**
 * What an operator decides of a job, in the order of the fields table, each field with a comment.
 * JSON in the executor's settings is laid out; what Dkron decides itself is left out.
 */
export function jobToYaml(job: Job): string {
  const head = 'Save and close to see what would change. What is taken out here is reset.';
  const comment: Comment = ([name = '', setting]) => {
    if (setting === undefined) return fieldOf(name)?.help ?? 'a field of a newer Dkron';
    return name === 'executor_config' ? settingOf(job.executor, setting)?.help : undefined;
  };
  return printYaml(shownFields(job), { head, comment });
}

/**
 * The job that an edited `jobToYaml(original)` means, with all that the file does not show as it was
 * in `original`; or everything that is wrong with the file. Bodies come back as `closeBody` does it.
 */
export function jobFromYaml(
  text: string,
  original: Job,
): { readonly job: Job } | { readonly errors: readonly FileError[] } {
  const { documents, errors } = readYaml(text);
  if (errors.length > 0) return { errors };
  const [{ value, place } = nothing, another] = documents;
  if (!isMap(value) || another)
    return { errors: [{ ...place([]), message: 'the file must hold the fields of one job' }] };
  const { given, misshapen } = readFields(value);
  const wrong = [...misplaced(given, original), ...misshapen];
  return wrong.length > 0
    ? { errors: errorsAt(place, wrong) }
    : { job: withGiven(original, given) };
}

const nothing: FileValue = { value: null, place: () => ({ line: 1, column: 1 }) };

/** Fields that have no business in the file. */
function misplaced(given: Fields, original: Job): Misshapen[] {
  const strangers = Object.keys(given).flatMap((name) => {
    if (!isOperators(name)) return { keys: [name], text: 'is set by Dkron and cannot be changed' };
    return fieldOf(name) || Object.hasOwn(original, name)
      ? []
      : { keys: [name], text: 'is not a field of a job' };
  });
  // A job that is being made has no name yet.
  return original.name === '' || given['name'] === original.name
    ? strangers
    : [
        ...strangers,
        {
          keys: ['name'],
          text: `must stay ${original.name}: under another name Dkron makes a copy`,
        },
      ];
}

/** What the file shows; fields that an older Dkron does not have are left out. */
function shownFields(job: Job): Fields {
  const known = fields.filter(
    ({ owner, name, since }) => owner === 'operator' && !(since && job[name] === undefined),
  );
  const unknown = Object.entries(job).filter(([name]) => !fieldOf(name));
  return Object.fromEntries([
    ...known.map(({ name, type }) => [name, shown(name, type, job[name])] as const),
    ...unknown,
  ]);
}

/** A field's value as a file shows it: none written out, JSON in the executor's settings laid out. */
export function shown(name: string, type: Field['type'], value: unknown): unknown {
  if (type === 'maps' || type === 'map') {
    const show = (text: unknown): unknown => (isLaidOut(text) ? openBody(text).shown : text);
    return name === 'executor_config' ? inMap(value ?? {}, show) : (value ?? {});
  }
  return value ?? zeroOf(name);
}

const isLaidOut = (text: unknown): text is string =>
  typeof text === 'string' && /^\s*[{[]/.test(text) && isJson(text);

function withGiven(original: Job, given: Fields): Job {
  const before = shownFields(original);
  const changed = Object.keys({ ...before, ...given })
    .filter((name) => stringifyJson(own(given, name)) !== stringifyJson(own(before, name)))
    .map((name) => {
      const now = own(given, name);
      const value = fieldOf(name) ? (now ?? zeroOf(name)) : now;
      return [name, name === 'executor_config' ? putBack(original, value) : value] as const;
    });
  const job = Object.entries({ ...original, ...Object.fromEntries(changed) });
  return Object.fromEntries(job.filter(([, value]) => value !== undefined)) as Job;
}

function putBack({ executor_config: stored }: Job, config: unknown): unknown {
  return isMap(config)
    ? Object.fromEntries(
        Object.entries(config).map(([key, text]) => {
          const old = own(stored, key);
          return [key, isLaidOut(old) ? closeBody(old, String(text)) : text];
        }),
      )
    : config;
}
