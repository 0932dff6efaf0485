/** What jobs are filtered by: the jobs table, `dkron-tui jobs`, the agenda of both. */

import { type FilterKey, filterBy, type Language } from './filter-language.ts';
import type { Job, JobFacts } from './job.ts';
import type { JobRow } from './row.ts';
import { type JobStatus, jobStatus, type Standing } from './status.ts';

/** Whether a filter asks for what takes too long, which costs more to know than all else. */
export const asksHowLong = (filter: string): boolean => /\bstatus:"?(sl|ov|lo)/i.test(filter);

/** A job, or a row of a list, which makes it cheap to look at many. */
type Filterable = JobFacts &
  Readonly<Pick<Job, 'executor_config'>> &
  Partial<Pick<JobRow, 'mayHold'>>;

/** What the filter of jobs looks at. */
interface Filtered {
  readonly job: Filterable;
  readonly status: JobStatus;
}

type Test = (filtered: Filtered) => boolean;

const contains = (text: string | null | undefined, part: string): boolean =>
  (text ?? '').toLowerCase().includes(part);

/** What is typed so far of a value that has few: the table does not empty until it is whole. */
const begins = (text: string, start: string): boolean => text.toLowerCase().startsWith(start);

/** `k=v` in a map, or `k` alone for any value. */
function inMap(map: Record<string, string> | null, pair: string): boolean {
  const [key = '', value] = pair.split(/=(.*)/s);
  return Object.entries(map ?? {}).some(([name, text]) =>
    value === undefined ? begins(name, key) : name.toLowerCase() === key && begins(text, value),
  );
}

/** What a status is found by: who asks for the failed means those that failed on some nodes too. */
const statusWords: Readonly<Record<JobStatus, readonly string[]>> = {
  success: ['success', 'ok'],
  failed: ['failed'],
  partially_failed: ['partially_failed', 'failed'],
  running: ['running'],
  disabled: ['disabled'],
  never: ['never'],
  stuck: ['stuck'],
  nowhere: ['nowhere'],
  late: ['late'],
  // Who asks for what is late means what may be, too.
  overdue: ['overdue', 'late'],
  missed: ['missed'],
  // Who asks for what is slow means whatever takes too long.
  slow: ['slow'],
  overrun: ['overrun', 'slow'],
  long: ['long', 'running', 'slow'],
};

/** One row per key of the language: what it compares, and what `?` and the docs say of it. */
export const filterKeys = {
  status: {
    help: 'status:failed  success or ok, failed (partly too), partial, running, disabled, never, late, stuck, nowhere, missed or overdue; slow, overrun (cannot keep its schedule) or long (runs longer than ever)',
    values: [...new Set(Object.values(statusWords).flat())],
    test:
      (value): Test =>
      ({ status }) =>
        statusWords[status].some((word) => word.startsWith(value)),
  },
  disabled: {
    help: 'disabled:true',
    values: ['true', 'false'],
    test:
      (value): Test =>
      ({ job }) =>
        begins(String(job.disabled), value),
  },
  executor: {
    help: 'executor:http',
    test:
      (value): Test =>
      ({ job }) =>
        begins(job.executor, value),
  },
  owner: {
    help: 'owner:mobility  owner or its e-mail',
    test:
      (value): Test =>
      ({ job }) =>
        contains(job.owner, value) || contains(job.owner_email, value),
  },
  schedule: {
    help: 'schedule:@every',
    test:
      (value): Test =>
      ({ job }) =>
        contains(job.schedule, value),
  },
  zone: {
    help: 'zone:paris',
    test:
      (value): Test =>
      ({ job }) =>
        contains(job.timezone, value),
  },
  parent: {
    help: 'parent:NAME  its children',
    test:
      (value): Test =>
      ({ job }) =>
        begins(job.parent_job, value),
  },
  tag: {
    help: 'tag:role=web  or tag:role',
    test:
      (value): Test =>
      ({ job }) =>
        inMap(job.tags, value),
  },
  meta: {
    help: 'meta:partner=keolis  or meta:partner',
    test:
      (value): Test =>
      ({ job }) =>
        inMap(job.metadata, value),
  },
  body: {
    help: 'body:text  anywhere in the executor configuration',
    test: (value): Test => {
      const part = plainPart(value);
      return ({ job }) =>
        job.mayHold?.(part) !== false &&
        Object.values(job.executor_config ?? {}).some((text) => contains(text, value));
    },
  },
} as const satisfies Record<string, FilterKey<Filtered>>;

export const jobFilter: Language<Filtered> = {
  keys: filterKeys,
  word: ({ job }, word) => contains(job.name, word) || contains(job.displayname, word),
};

/** The longest part of a text that JSON holds as it is. */
const plainPart = (text: string): string =>
  (text.match(/[\w .,:;=+*()[\]{}#@!?'|~^$%-]+/g) ?? []).reduce(
    (longest, part) => (part.length > longest.length ? part : longest),
    '',
  );

/** What its status is is worked out where a filter asks. */
class Candidate implements Filtered {
  readonly job: Filterable;
  readonly #standing: Standing;

  constructor(job: Filterable, standing: Standing) {
    this.job = job;
    this.#standing = standing;
  }

  get status(): JobStatus {
    return jobStatus(this.job, this.#standing);
  }
}

/** Whether a job that stands so is let through. */
export function parseFilter(text: string): (job: Filterable, standing: Standing) => boolean {
  const holds = filterBy(text, jobFilter);
  return (job, standing) => holds(new Candidate(job, standing));
}
