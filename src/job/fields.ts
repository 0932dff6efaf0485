/** The table of a job's fields (Dkron job.go): comparison, merging, editing and restoring read it. */

/** `map` is string to string, `maps` is name to such a map. Times are RFC 3339 or null. */
type FieldType = 'text' | 'flag' | 'count' | 'time' | 'names' | 'map' | 'maps';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Who decides the value: an operator's definition, or Dkron while it runs the job. */
  readonly owner: 'operator' | 'server';
  /** The first version that knows it; older ones drop it without a word. */
  readonly since?: string;
}

const operators = (name: string, label: string, type: FieldType, since?: string): Field => ({
  name,
  label,
  type,
  owner: 'operator',
  ...(since === undefined ? {} : { since }),
});

const servers = (name: string, label: string, type: FieldType): Field => ({
  name,
  label,
  type,
  owner: 'server',
});

export const fields: readonly Field[] = [
  operators('name', 'Name', 'text'),
  operators('displayname', 'Display name', 'text'),
  operators('schedule', 'Schedule', 'text'),
  operators('timezone', 'Time zone', 'text'),
  operators('disabled', 'Disabled', 'flag'),
  operators('parent_job', 'Parent job', 'text'),
  operators('executor', 'Executor', 'text'),
  operators('executor_config', 'Executor config', 'map'),
  operators('concurrency', 'Concurrency', 'text'),
  operators('retries', 'Retries', 'count'),
  operators('owner', 'Owner', 'text'),
  operators('owner_email', 'Owner e-mail', 'text'),
  operators('tags', 'Tags', 'map'),
  operators('metadata', 'Metadata', 'map'),
  operators('processors', 'Processors', 'maps'),
  operators('ephemeral', 'Ephemeral', 'flag', '3.1.7'),
  operators('starts_at', 'Starts at', 'time', '4.0.9'),
  operators('expires_at', 'Expires at', 'time', '3.1.7'),
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

/** A field this table does not know is the operator's: leaving it out of a write would reset it. */
export const isOperators = (name: string): boolean => fieldOf(name)?.owner !== 'server';
