/** Which row of the table of TTLs a job fills. */
import type { Job } from '../job.ts';
import { getPath } from '../values/path.ts';
import { normal, rowKey, type Ttl, type TtlTable } from './table.ts';

type Keyed = Pick<Job, 'name' | 'executor' | 'executor_config' | 'metadata'>;

/** What of the table is told of a job; undefined where it has no row. */
export const ttlOf = (table: TtlTable, job: Keyed): Ttl | undefined => {
  const key = jobKey(table, job);
  return key === undefined ? undefined : table.rows.get(key);
};

/** As the row of the table has it that it fills, if there is one; undefined where it lacks a part of it. */
export function jobKey({ columns }: TtlTable, job: Keyed): string | undefined {
  const values = Object.values(columns.match).map((where) => {
    const value = valueIn(job, where);
    return value === undefined ? undefined : normal(where, value);
  });
  return values.includes(undefined) ? undefined : rowKey(values as string[]);
}

function valueIn(job: Keyed, where: string): string | undefined {
  const [kind = '', name = ''] = /^([^.]*)\.?(.*)$/s.exec(where)!.slice(1);
  switch (kind) {
    case 'name':
      return job.name;
    case 'metadata':
      return own(job.metadata, name);
    case 'path':
      return pathOf(own(job.executor_config, 'url'));
    case 'query':
      return queryOf(own(job.executor_config, 'url'), name);
    default:
      return inBody(job, name);
  }
}

const own = (map: Readonly<Record<string, string>> | null, key: string): string | undefined =>
  map !== null && Object.hasOwn(map, key) ? map[key] : undefined;

const pathOf = (url = ''): string | undefined => (url === '' ? undefined : decoded(url));

function queryOf(url = '', name: string): string | undefined {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return new URLSearchParams(query).get(name) ?? undefined;
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

/** A text without its quotes, anything else as it is written. */
function inBody(job: Keyed, path: string): string | undefined {
  const found = getPath(job as Job, `executor_config.body.${path}`);
  if ('error' in found) return undefined;
  try {
    const value: unknown = JSON.parse(found.value);
    return typeof value === 'string' ? value : found.value;
  } catch {
    return found.value;
  }
}

/** How much of jobs and table is about each other. */
export interface Coverage {
  readonly rows: number;
  /** Jobs that fill a row. */
  readonly jobs: number;
  /** Jobs that call by http and fill none. */
  readonly without: number;
  /** Rows that no enabled job fills. */
  readonly unfilled: number;
  /** Rows that several enabled jobs fill. */
  readonly shared: number;
  readonly doubled: number;
  readonly unread: number;
}

export function coverageOf(
  table: TtlTable,
  jobs: Iterable<Keyed & Pick<Job, 'disabled'>>,
): Coverage {
  let [matched, without] = [0, 0];
  const filled = new Map<string, number>();
  for (const job of jobs) {
    const key = jobKey(table, job);
    if (key === undefined || !table.rows.has(key)) {
      if (job.executor === 'http') without += 1;
      continue;
    }
    matched += 1;
    if (!job.disabled) filled.set(key, (filled.get(key) ?? 0) + 1);
  }
  const { rows, doubled, unread } = table;
  return {
    rows: rows.size,
    jobs: matched,
    without,
    unfilled: rows.size - filled.size,
    shared: [...filled.values()].filter((count) => count > 1).length,
    doubled,
    unread,
  };
}
