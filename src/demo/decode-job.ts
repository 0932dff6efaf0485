/**
 * A job out of JSON, as Go's encoding/json decodes it into Dkron's struct: keys match in any case,
 * unknown ones are ignored, null changes nothing, a wrong type is an error with Go's text.
 */
import { foldKey } from '../job/fields.ts';
import type { Job, Strings } from './job.ts';
import type { JsonNode } from './read-json.ts';
import { BadJson } from './read-json.ts';
import type { Time } from './time.ts';
import { parseNullableTime, parseTime, utc, ZERO } from './time.ts';

/** Reports `cannot unmarshal <value> into … of type <type>`; the first report is the error. */
type Mismatch = (value: string, type: string) => void;

/** The new value of a field, given what was there before. */
type Decode<T> = (node: JsonNode, old: T, mismatch: Mismatch) => T;

function refuse<T>(node: JsonNode, old: T, mismatch: Mismatch, type: string): T {
  if (node.kind !== 'null') mismatch(node.kind, type);
  return old;
}

const string: Decode<string> = (node, old, mismatch) =>
  node.kind === 'string' ? node.value : refuse(node, old, mismatch, 'string');

const bool: Decode<boolean> = (node, old, mismatch) =>
  node.kind === 'bool' ? node.value : refuse(node, old, mismatch, 'bool');

const integer =
  (type: 'int' | 'uint', min: bigint, max: bigint): Decode<bigint> =>
  (node, old, mismatch) => {
    if (node.kind !== 'number') return refuse(node, old, mismatch, type);
    const value = /^-?\d+$/.test(node.text) ? BigInt(node.text) : max + 1n;
    if (value >= min && value <= max && !(type === 'uint' && node.text.startsWith('-')))
      return value;
    mismatch(`number ${node.text}`, type);
    return old;
  };

const int = integer('int', -(2n ** 63n), 2n ** 63n - 1n);
const uint = integer('uint', 0n, 2n ** 64n - 1n);

/** A map decoded into one that is there already adds to it. */
const map =
  <T>(type: string, item: Decode<T>, empty: T): Decode<ReadonlyMap<string, T> | null> =>
  (node, old, mismatch) => {
    if (node.kind === 'null') return null;
    if (node.kind !== 'object') return refuse(node, old, mismatch, type);
    const read = new Map(old ?? []);
    for (const [key, value] of node.members) read.set(key, item(value, empty, mismatch));
    return read;
  };

const strings = (type: string): Decode<Strings | null> => map(type, string, '');

const list: Decode<readonly string[] | null> = (node, old, mismatch) => {
  if (node.kind === 'null') return null;
  if (node.kind !== 'array') return refuse(node, old, mismatch, '[]string');
  // Go decodes into the elements that are there: null leaves one as it was.
  return node.items.map((item, index) => string(item, old?.[index] ?? '', mismatch));
};

const checked = (parsed: Time | { readonly error: string }): Time => {
  if ('error' in parsed) throw new BadJson(parsed.error);
  return parsed;
};

const notAString = { error: 'Time.UnmarshalJSON: input is not a JSON string' };

const time: Decode<Time> = (node, old) => {
  if (node.kind === 'null') return old;
  return checked(node.kind === 'string' ? parseTime(node.raw) : notAString);
};

const nullableTime: Decode<Time | null> = (node) => {
  if (node.kind === 'null') return null;
  return checked(node.kind === 'string' ? parseNullableTime(node.raw, node.value) : notAString);
};

const fields: { readonly [Field in keyof Job]: Decode<Job[Field]> } = {
  id: string,
  name: string,
  displayname: string,
  timezone: string,
  schedule: string,
  owner: string,
  owner_email: string,
  success_count: int,
  error_count: int,
  last_success: nullableTime,
  last_error: nullableTime,
  disabled: bool,
  tags: strings('map[string]string'),
  metadata: strings('map[string]string'),
  retries: uint,
  dependent_jobs: list,
  parent_job: string,
  processors: map('map[string]plugin.Config', strings('plugin.Config'), null),
  concurrency: string,
  executor: string,
  executor_config: strings('plugin.ExecutorPluginConfig'),
  status: string,
  next: time,
  ephemeral: bool,
  starts_at: nullableTime,
  expires_at: nullableTime,
};

/** A job of which nothing was said, in the order of its fields. */
export const emptyJob: Job = {
  id: '',
  name: '',
  displayname: '',
  timezone: '',
  schedule: '',
  owner: '',
  owner_email: '',
  success_count: 0n,
  error_count: 0n,
  last_success: null,
  last_error: null,
  disabled: false,
  tags: null,
  metadata: null,
  retries: 0n,
  dependent_jobs: null,
  parent_job: '',
  processors: null,
  concurrency: '',
  executor: '',
  executor_config: null,
  status: '',
  next: utc(ZERO),
  ephemeral: false,
  starts_at: null,
  expires_at: null,
};

const isField = (key: string): key is keyof Job => Object.hasOwn(fields, key);

/** Decodes over `defaults`. Throws BadJson with Go's text. */
export function decodeJob(node: JsonNode, defaults: Job): Job {
  const errors: string[] = [];
  const job = decodeOver(node, defaults, errors);
  if (errors[0] !== undefined) throw new BadJson(errors[0]);
  return job;
}

/** Decodes what `/v1/restore` takes: a list of jobs, each of which may be null. Throws BadJson. */
export function decodeJobs(node: JsonNode): (Job | null)[] {
  if (node.kind === 'null') return [];
  if (node.kind !== 'array') throw new BadJson(cannot(node.kind, 'value of type []*dkron.Job'));
  return node.items.map((item) => (item.kind === 'null' ? null : decodeJob(item, emptyJob)));
}

function decodeOver(node: JsonNode, defaults: Job, errors: string[]): Job {
  if (node.kind === 'null') return defaults;
  if (node.kind !== 'object') {
    errors.push(cannot(node.kind, 'value of type dkron.Job'));
    return defaults;
  }
  const job: Record<string, unknown> = { ...defaults };
  for (const [key, value] of node.members) {
    const field = foldKey(key);
    if (!isField(field)) continue;
    const decode = fields[field] as Decode<unknown>;
    job[field] = decode(value, job[field], (what, type) =>
      errors.push(cannot(what, `struct field Job.${field} of type ${type}`)),
    );
  }
  return job as unknown as Job;
}

const cannot = (value: string, into: string): string =>
  `json: cannot unmarshal ${value} into Go ${into}`;
