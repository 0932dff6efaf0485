/** What an operator defines of a job, as one text: the same for two jobs that are defined alike. */
import { numberText } from '../json/numbers.ts';
import { instantFromRfc3339, rfc3339FromInstant } from '../schedule/index.ts';
import { type Field, fieldOf } from './fields.ts';
import type { Job } from './job.ts';

/** The fields in the order in which Dkron writes them, from 2.2.2 to 4.1.2; an older one leaves some out. */
export const writtenOrder = [
  ...['id', 'name', 'displayname', 'timezone', 'schedule', 'owner', 'owner_email'],
  ...['success_count', 'error_count', 'last_success', 'last_error', 'disabled', 'tags', 'metadata'],
  ...['retries', 'dependent_jobs', 'parent_job', 'processors', 'concurrency', 'executor'],
  ...['executor_config', 'status', 'next', 'ephemeral', 'starts_at', 'expires_at'],
].map((name) => fieldOf(name)!);

const operators = writtenOrder.filter(({ owner }) => owner === 'operator');

/**
 * As Dkron writes it, without what it counts, and without what says nothing: `"name":"a","retries":2`. Two
 * jobs have the same text when compare.ts finds no difference between them. What reads the lines of a
 * Dkron without parsing them makes the very same text (written.ts).
 */
export function normalText(job: Job): string {
  const unknown = Object.keys(job).filter((name) => fieldOf(name) === undefined);
  return [
    ...operators.map((field) => [field.name, shown(field, job[field.name])] as const),
    ...unknown.sort().map((name) => [name, job[name] === null ? '' : written(job[name])] as const),
  ]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${written(name)}:${value}`)
    .join(',');
}

/** "" for what says nothing. */
function shown({ name, type }: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (type === 'map') return map(value, written);
  if (type === 'maps') return map(value, (inner) => map(inner, written) || '{}');
  if (type === 'flag') return value === true ? 'true' : '';
  if (type === 'count') return numberText(value) === '0' ? '' : written(value);
  if (type === 'time') return written(instant(String(value)));
  // A job without a policy allows overlap.
  return name === 'concurrency' && value === 'allow' ? '' : written(value);
}

/** Its keys in order. */
function map(value: unknown, text: (inner: unknown) => string): string {
  if (typeof value !== 'object' || value === null) return '';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return '';
  return `{${entries.map(([key, inner]) => `${written(key)}:${text(inner)}`).join(',')}}`;
}

function instant(text: string): string {
  const time = instantFromRfc3339(text);
  return time === undefined ? text : rfc3339FromInstant(time);
}

/** As Go writes JSON, which may stand in a page. */
const written = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
