/**
 * What a Dkron keeps of a job that it is sent. Its decoder (Go's encoding/json) drops what it does
 * not know, its store (protobuf) has 32 bits for a count, and neither says a word. Measured on
 * 4.1.2, 4.0.9 and 3.2.7: test/contract/kept.test.ts.
 */

import { compareVersions } from '../../base/dkron-version.ts';
import { own } from '../../base/own.ts';
import { numberText } from '../../json/numbers.ts';
import { type Field, fieldOf, foldKey, newestKnown } from '../fields.ts';
import type { Job } from '../job.ts';
import { isMap } from '../shape.ts';
import { type Finding, type Rule, warning } from './finding.ts';
import { isOlder, tooOld } from './version.ts';

export interface Kept {
  /** As that server will show it; the very same job where it keeps all of it. */
  readonly job: Job;
  /** What it drops or changes, each a warning. */
  readonly findings: readonly Finding[];
}

type Tell = (rule: Rule, keys: readonly string[], text: string) => void;

/** Of a server whose version is not known, only what every Dkron does is foretold. */
export function keptOf(job: Job, version?: string): Kept {
  if (isPlain(job, version)) return { job, findings: [] };
  const findings: Finding[] = [];
  const tell: Tell = (rule, keys, text) =>
    findings.push(warning(rule, keys.join('.').toWellFormed(), text));
  const kept = new Map<string, unknown>();
  for (const [key, value] of Object.entries(job)) {
    const field = fieldOf(key) ?? fieldOf(foldKey(key));
    if (field === undefined) {
      if (keepsUnknown(key, version, tell)) kept.set(key, value);
      continue;
    }
    if (field.name !== key)
      tell('field-case', [key], `is read as ${field.name}: Dkron takes a field in any case`);
    findings.push(...tooOld(field.name, field.since, value, version, own(without, field.name)));
    if (isOlder(version, field.since)) continue;
    kept.set(field.name, over(kept.get(field.name), keptValue(field, value, tell), field));
  }
  return findings.length === 0
    ? { job, findings }
    : { job: Object.fromEntries(kept) as Job, findings };
}

/** Whether every Dkron of the version keeps it as it stands, which is so of most: asked first, as it takes least. */
const isPlain = (job: Job, version: string | undefined): boolean =>
  Object.entries(job).every(([key, value]) => {
    const field = fieldOf(key);
    if (field === undefined || isOlder(version, field.since)) return false;
    if (field.type === 'count')
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
    return isPlainText(value) || (isMap(value) && isPlainMap(value));
  });

const isPlainText = (value: unknown): boolean =>
  typeof value === 'string' ? value.isWellFormed() : typeof value !== 'object' || value === null;

const isPlainMap = (map: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(map).every(
    ([key, value]) =>
      key.isWellFormed() && (isPlainText(value) || (isMap(value) && isPlainMap(value))),
  );

/** Where what a job had of its own before 0.12 has its place since. */
const since012: Readonly<Record<string, string>> = {
  command: '; since 0.12 it is executor_config.command of the shell executor',
  shell: '; since 0.12 it is executor_config.shell of the shell executor, "true" in quotes',
  environment_variables:
    '; since 0.12 it is executor_config.env of the shell executor, KEY=value,KEY=value',
};

/** What a job does that has lost one of these. */
const without: Readonly<Record<string, string>> = {
  starts_at: ', and the job runs before that time too',
  expires_at: ', and the job goes on after that time',
  ephemeral: ', and the job stays after it has succeeded',
};

function keepsUnknown(key: string, version: string | undefined, tell: Tell): boolean {
  if (version === undefined) return true;
  const known = compareVersions(version, newestKnown) <= 0;
  tell(
    'field-unknown',
    [key],
    known
      ? `is not a field of a job: Dkron drops it${own(since012, key) ?? ''}`
      : `is not known here: Dkron ${version} keeps it or drops it`,
  );
  return !known;
}

/** A field that comes again: a map adds to the one before, null leaves a value as it was. */
function over(before: unknown, value: unknown, { type }: Field): unknown {
  if (type === 'map' || type === 'maps')
    return isMap(before) && isMap(value) ? { ...before, ...value } : value;
  return value ?? before;
}

function keptValue({ name, type }: Field, value: unknown, tell: Tell): unknown {
  if (type === 'count') return keptCount(name, value, tell);
  return keptText([name], value, tell);
}

const bits = 32;
const most = 2n ** 32n - 1n;

/** Go's uint has 64 bits, protobuf's uint32 the lower half of them. */
function keptCount(name: string, value: unknown, tell: Tell): unknown {
  const text = numberText(value) ?? '';
  if (!/^\d+$/.test(text) || BigInt(text) <= most) return value;
  const stored = Number(BigInt.asUintN(bits, BigInt(text)));
  tell('count-cut', [name], `is more than Dkron can store (${most}): ${text} becomes ${stored}`);
  return stored;
}

/** Text, and texts in maps, as Unicode. */
function keptText(keys: readonly string[], value: unknown, tell: Tell): unknown {
  if (typeof value === 'string') {
    if (value.isWellFormed()) return value;
    tell(
      'not-unicode',
      keys,
      'is not valid Unicode: Dkron puts \ufffd in place of half a character',
    );
    return value.toWellFormed();
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    if (!key.isWellFormed())
      tell(
        'not-unicode',
        [...keys, key],
        'has no valid Unicode name: Dkron puts \ufffd in place of half a character',
      );
    return [key.toWellFormed(), keptText([...keys, key], inner, tell)];
  });
  return Object.fromEntries(entries);
}
