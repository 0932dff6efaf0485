/** Which jobs a list shows, and in which order (Dkron api.go jobsHandler, store.go GetJobs). */
import { emptyJob } from './decode-job.ts';
import type { Job } from './job.ts';
import type { IndexKey } from './order.ts';
import { compareKeys, jsonKey, numberKey, textKey, timeKey } from './order.ts';
import type { Store } from './store.ts';
import { normalise } from './store.ts';
import type { Time } from './time.ts';
import { EPOCH, utc } from './time.ts';

const nullableKey = (time: Time | null): IndexKey =>
  jsonKey(time === null ? '{}' : `{"has_value":true,"time":${timeKey(time.at).raw}}`);

/** The indexes of jobs. They hold the stored JSON, where an empty value is left out. */
const indexes: Readonly<Record<string, (job: Job) => IndexKey>> = {
  name: (job) => textKey(job.name),
  displayname: (job) => textKey(job.displayname),
  schedule: (job) => textKey(job.schedule),
  success_count: (job) => numberKey(job.success_count),
  error_count: (job) => numberKey(job.error_count),
  last_success: (job) => nullableKey(job.last_success),
  last_error: (job) => nullableKey(job.last_error),
  next: (job) => timeKey(job.next.at),
};

/** Any record read as a job it is not: every field empty. */
const junk = normalise({ ...emptyJob, next: utc(EPOCH) });

/** Rows in ascending order; undefined when there is no such index. */
function ascending(store: Store, index: string): readonly Job[] | undefined {
  if (index === 'name') return store.jobs();
  const keyOf = Object.hasOwn(indexes, index) ? indexes[index] : undefined;
  if (keyOf !== undefined)
    return store
      .jobs()
      .map((job) => ({ job, key: keyOf(job) }))
      .sort((a, b) => compareKeys(a.key, b.key))
      .map(({ job }) => job);
  // These indexes hold executions; without a name, Dkron walks over every key it has.
  const executions = store.allExecutions().map(() => junk);
  if (['started_at', 'finished_at', 'attempt'].includes(index)) return executions;
  const days = Array.from(store.days(), () => junk);
  return index === '' ? [...executions, ...store.jobs(), ...days] : undefined;
}

/** The jobs that a query asks for, before paging; undefined when it sorts by no index. */
export function selectJobs(store: Store, query: URLSearchParams): readonly Job[] | undefined {
  const sort = query.get('_sort') ?? 'id';
  const rows = ascending(store, sort === 'id' ? 'name' : sort);
  const kept = rows?.filter(filterOf(query));
  return query.get('_order') === 'DESC' ? kept?.reverse() : kept;
}

function filterOf(query: URLSearchParams): (job: Job) => boolean {
  const q = query.get('q') ?? '';
  const status = query.get('status') ?? '';
  const disabled = query.get('disabled') ?? '';
  const metadata = metadataOf(query);
  return (job) =>
    metadata.every(([key, value]) => job.metadata?.get(key) === value) &&
    (q === '' || job.name.includes(q) || job.displayname.includes(q)) &&
    (disabled === '' || String(job.disabled) === disabled) &&
    (status === '' || job.status === status || (status === 'untriggered' && job.status === ''));
}

/** `metadata[key]=value` pairs (gin's QueryMap); of a key given twice the first value counts. */
function metadataOf(query: URLSearchParams): [key: string, value: string][] {
  return [...new Set(query.keys())].flatMap((name) => {
    const key = /^metadata\[([^\]]+)\]/.exec(name)?.[1];
    return key === undefined ? [] : [[key, query.get(name)!]];
  });
}

/**
 * The rows from `_start` up to `_end`, as Go slices a list: undefined where it panics, which is when
 * the bounds are negative or cross. What is no number counts as 0.
 */
export function page<T>(rows: readonly T[], query: URLSearchParams): readonly T[] | undefined {
  const start = whole(query.get('_start') ?? '0');
  const end = query.has('_end') ? Math.min(whole(query.get('_end')!), rows.length) : rows.length;
  return start < 0 || start > end ? undefined : rows.slice(start, end);
}

/** Go's strconv.Atoi with its error ignored. */
const whole = (text: string): number => (/^[+-]?\d+$/.test(text) ? Number(text) : 0);
