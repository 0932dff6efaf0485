/** The table of a job's fields (Dkron job.go): comparison, merging, editing and restoring read it. */

import { featureSince } from '../schedule/features.ts';

/** `map` is string to string, `maps` is name to such a map. Times are RFC 3339 or null. */
type FieldType = 'text' | 'flag' | 'count' | 'time' | 'names' | 'map' | 'maps';

export interface Field {
  readonly name: string;
  readonly label: string;
  /** A few words for whoever edits it; "" for what is Dkron's own. */
  readonly help: string;
  readonly type: FieldType;
  /** Who decides the value: an operator's definition, or Dkron while it runs the job. */
  readonly owner: 'operator' | 'server';
  /** The first of Dkron's tags that knows it; older ones drop it without a word. */
  readonly since?: string;
}

const operators = (
  name: string,
  label: string,
  type: FieldType,
  help: string,
  since?: string,
): Field => ({
  name,
  label,
  help,
  type,
  owner: 'operator',
  ...(since === undefined ? {} : { since }),
});

const servers = (name: string, label: string, type: FieldType): Field => ({
  name,
  label,
  help: '',
  type,
  owner: 'server',
});

export const fields: readonly Field[] = [
  operators('name', 'Name', 'text', 'small letters, digits, - and _'),
  operators('displayname', 'Display name', 'text', 'shown in place of the name'),
  operators('schedule', 'Schedule', 'text', 'six fields, seconds first; @every 90s; @manually'),
  operators('timezone', 'Time zone', 'text', 'Europe/Paris; empty: the zone of the server'),
  operators('disabled', 'Disabled', 'flag', 'true keeps it from running'),
  operators('parent_job', 'Parent job', 'text', 'runs after this job, when that succeeded'),
  operators('executor', 'Executor', 'text', 'http, shell, grpc, kafka, nats, rabbitmq, …'),
  operators('executor_config', 'Executor config', 'map', 'what the executor reads, as text'),
  operators(
    'concurrency',
    'Concurrency',
    'text',
    'forbid: no second run at the same time; or allow',
  ),
  operators('retries', 'Retries', 'count', 'how often a failed run is tried again'),
  operators('owner', 'Owner', 'text', 'the person to ask'),
  operators(
    'owner_email',
    'Owner e-mail',
    'text',
    'gets mail about failures, if Dkron can send mail',
  ),
  operators('tags', 'Tags', 'map', 'the nodes to run on: role: "web:1"; none: all'),
  operators('metadata', 'Metadata', 'map', 'notes of your own, to find jobs by'),
  operators('processors', 'Processors', 'maps', 'what handles the output: log, files, …'),
  operators('ephemeral', 'Ephemeral', 'flag', 'deleted after its first success', '3.1.7'),
  operators(
    'starts_at',
    'Starts at',
    'time',
    'a time before which it does not run',
    featureSince.starts_at,
  ),
  operators('expires_at', 'Expires at', 'time', 'a time after which it does not run', '3.1.7'),
  servers('id', 'Id', 'text'),
  servers('status', 'Status', 'text'),
  servers('next', 'Next', 'time'),
  servers('success_count', 'Successes', 'count'),
  servers('error_count', 'Errors', 'count'),
  servers('last_success', 'Last success', 'time'),
  servers('last_error', 'Last error', 'time'),
  // Dkron keeps the children's names itself, from their parent_job (store.go addToParent).
  servers('dependent_jobs', 'Children', 'names'),
];

const byName = new Map(fields.map((field) => [field.name, field]));

/** A field by its name; undefined for one that a newer Dkron has and this table has not. */
export const fieldOf = (name: string): Field | undefined => byName.get(name);

/** The newest Dkron whose fields are all in this table. */
export const newestKnown = '4.1.2';

/** Go's encoding/json takes a key in any case; the long s and the Kelvin sign count as s and k. */
export const foldKey = (key: string): string =>
  key.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();

/** A field this table does not know is the operator's: leaving it out of a write would reset it. */
export const isOperators = (name: string): boolean => fieldOf(name)?.owner !== 'server';
