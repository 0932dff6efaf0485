/**
 * A value of a job by its path, as `edit --set path=value` and a bulk edit name it: `retries`,
 * `tags.role`, `executor_config.headers.Content-Type`, `executor_config.body.positions[0].lat`.
 */

import { closeBody } from '../../json/layout.ts';
import { parseJson, stringifyJson } from '../../json/numbers.ts';
import { type Edited, getInJson, removeInJson, setInJson } from '../../json/path.ts';
import { settingOf } from '../executors.ts';
import { fieldOf } from '../fields.ts';
import { headerValue, printHeaders, readHeaders, withHeader } from '../headers.ts';
import type { Job } from '../job.ts';
import { valueAt, withValue } from '../merge.ts';
import { zeroOf } from '../zero.ts';
import { type PathTarget, targetOf } from './path-target.ts';
import { valueEditor } from './values.ts';

export type Result<T> = T | { readonly error: string };

/** The value as text that `setPath` takes: inside a body its JSON, elsewhere the text itself. */
export function getPath(job: Job, path: string): Result<{ readonly value: string }> {
  const target = targetOf(job, path);
  if ('error' in target) return target;
  const { keys } = target;
  if (target.kind === 'value') return { value: valueEditor(keys, job)!.print(valueAt(job, keys)) };
  const stored = storedAt(job, keys);
  if (target.kind === 'json' && stored !== undefined) {
    const found = getInJson(stored, target.steps, keys.join('.'));
    return 'error' in found ? found : { value: found.text };
  }
  const value =
    target.kind === 'header' ? headerValue(readHeaders(stored ?? '') ?? [], target.name) : stored;
  return value === undefined ? { error: `${path} does not exist` } : { value };
}

/**
 * The job with another value there. Of a body only the bytes of that value change. Whether the value
 * is any good the checks say (`checkJob`).
 */
export const setPath = (job: Job, path: string, text: string): Result<{ readonly job: Job }> =>
  change(job, path, (target) => {
    const { keys } = target;
    if (target.kind === 'value') return valueEditor(keys, job)!.parse(text);
    const stored = storedAt(job, keys) ?? '';
    if (target.kind === 'text')
      return { value: isBody(job, keys) ? closeBody(stored, text) : text };
    if (target.kind === 'header') return changeHeader(stored, target, text);
    return fromJson(keys, setInJson(stored, target.steps, text, keys.join('.')));
  });

/** The job without this key, header, member or entry; a field gets what Dkron takes for none. */
export const removePath = (job: Job, path: string): Result<{ readonly job: Job }> =>
  change(job, path, (target) => {
    const { keys } = target;
    if (target.kind === 'value' && keys.length === 1) return { value: zeroOf(keys[0]!) };
    const there = getPath(job, path);
    if ('error' in there) return there;
    const stored = storedAt(job, keys)!;
    if (target.kind === 'header') return changeHeader(stored, target, undefined);
    if (target.kind !== 'json') return { value: undefined };
    return fromJson(keys, removeInJson(stored, target.steps, keys.join('.')));
  });

type NewValue = { readonly value: unknown } | { readonly error: string };

function change(
  job: Job,
  path: string,
  newValue: (target: PathTarget) => NewValue,
): Result<{ readonly job: Job }> {
  const target = targetOf(job, path);
  if ('error' in target) return target;
  if (target.keys[0] === 'name')
    return { error: 'a job cannot change its name, Dkron would make a copy: use rename' };
  const result = newValue(target);
  return 'error' in result ? result : { job: withValue(job, target.keys, result.value) };
}

const isBody = ({ executor }: Job, [name, setting = '']: readonly string[]): boolean =>
  name === 'executor_config' && /^(body|json)$/.test(settingOf(executor, setting)?.kind ?? '');

/** The text at a path; a field of a newer Dkron is edited as its JSON. */
function storedAt(job: Job, keys: readonly string[]): string | undefined {
  const value = valueAt(job, keys);
  return value === undefined || (typeof value === 'string' && isKnown(keys))
    ? value
    : stringifyJson(value);
}

const fromJson = (keys: readonly string[], to: Edited): NewValue =>
  'error' in to ? to : { value: isKnown(keys) ? to.text : parseJson(to.text) };

const isKnown = ([name = '']: readonly string[]): boolean => fieldOf(name) !== undefined;

function changeHeader(
  stored: string,
  { keys, name }: Extract<PathTarget, { kind: 'header' }>,
  value: string | undefined,
): NewValue {
  const headers = readHeaders(stored);
  if (headers === null) return { error: `${keys.join('.')} is not a JSON list of "Name: value"` };
  return { value: printHeaders(withHeader(headers, name, value), stored) };
}
