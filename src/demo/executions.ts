/** The executions of a job as its list shows them (Dkron api.go executionsHandler, store.go). */
import { secondsFromInstant } from '../schedule/instant.ts';
import { zoneOf } from '../schedule/zone.ts';
import type { Execution, Job } from './job.ts';
import { executionKey } from './job.ts';
import type { Json } from './json.ts';
import { compareText } from './json.ts';
import type { IndexKey } from './order.ts';
import { compareKeys, numberKey, timeKey } from './order.ts';
import { renderExecution } from './render.ts';
import type { Store } from './store.ts';
import { Time } from './time.ts';

const indexes: Readonly<Record<string, (execution: Execution) => IndexKey>> = {
  started_at: (execution) => timeKey(execution.started_at),
  finished_at: (execution) => timeKey(execution.finished_at),
  attempt: (execution) => numberKey(BigInt(execution.attempt)),
};

/** Newest first unless asked otherwise; an unknown order gives none. */
export function selectExecutions(store: Store, job: Job, query: URLSearchParams): Execution[] {
  const sort = query.get('_sort') ?? '';
  const index = sort === 'id' ? 'started_at' : sort;
  const keyOf = Object.hasOwn(indexes, index) ? indexes[index] : undefined;
  if (keyOf === undefined && index !== '') return [];
  const rows = store
    .executions(job.name)
    .sort((a, b) => compareText(executionKey(a), executionKey(b)));
  if (keyOf !== undefined) rows.sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
  return (query.get('_order') ?? 'DESC') === 'DESC' ? rows.reverse() : rows;
}

/**
 * An execution in the list of its job: times in the job's zone, and of the output the last
 * `output_size_limit` bytes.
 */
export function renderListed(execution: Execution, job: Job, limit: number | undefined): Json {
  const zone = zoneOf(job.timezone);
  const show = (at: bigint): Time => new Time(at, zone.offsetAt(secondsFromInstant(at)));
  const output = tail(execution.output, limit);
  const isCut = output !== execution.output;
  return { ...renderExecution({ ...execution, output }, show, isCut), output_truncated: isCut };
}

/** The last bytes of a text; a character that is cut becomes U+FFFD. */
function tail(text: string, limit: number | undefined): string {
  if (limit === undefined || limit < 0) return text;
  const bytes = Buffer.from(text);
  return bytes.length <= limit ? text : bytes.subarray(bytes.length - limit).toString();
}
