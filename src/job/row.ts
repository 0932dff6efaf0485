/** A job of a list: what is looked at of every job at hand, the rest packed and read where it is looked at. */
import { parseJson } from '../json/numbers.ts';
import type { Job, JobFacts, JobText } from './job.ts';
import { serverJob } from './job-value.ts';
import type { NextSeen } from './next-seen.ts';
import { latest } from './read-lately.ts';

/** Holds the texts of many jobs, packed (dkron/page.ts). */
export interface Page {
  readonly text: (from: number, to: number) => string;
  /** What bytes are told apart by: their CRC-32. */
  readonly check: (bytes: Uint8Array) => number;
  /** How many texts were put into it. */
  readonly count: number;
  /** How many of them a list still has; set when one was read. */
  uses: number;
  /** Bytes that it takes as it is, unpacked; 0 when it is packed. */
  readonly raw: number;
}

/** A text in a page. */
export interface Placed {
  readonly page: Page;
  /** Bytes from the start of the page, unpacked. */
  readonly at: number;
  readonly length: number;
  readonly check: number;
}

/** Where the job is read from: where its text lies, or the job itself. */
type Source = Placed | JobText;

export class JobRow implements JobFacts, JobText {
  readonly name: string;
  readonly displayname: string;
  readonly timezone: string;
  readonly schedule: string;
  readonly owner: string;
  readonly owner_email: string;
  readonly success_count: number;
  readonly error_count: number;
  readonly last_success: string | null;
  readonly last_error: string | null;
  readonly disabled: boolean;
  readonly tags: Readonly<Record<string, string>> | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly dependent_jobs: string[] | null;
  readonly parent_job: string;
  readonly executor: string;
  readonly status: string;
  readonly next: string;
  readonly starts_at: string | null | undefined;
  readonly expires_at: string | null | undefined;
  #source: Source;
  /** Whoever has the job gets the very same again. */
  #read: WeakRef<Job> | null = null;
  #nextSeen: NextSeen | null = null;

  constructor(facts: JobFacts, source: Source) {
    this.name = facts.name;
    this.displayname = facts.displayname;
    this.timezone = facts.timezone;
    this.schedule = facts.schedule;
    this.owner = facts.owner;
    this.owner_email = facts.owner_email;
    this.success_count = facts.success_count;
    this.error_count = facts.error_count;
    this.last_success = facts.last_success;
    this.last_error = facts.last_error;
    this.disabled = facts.disabled;
    this.tags = facts.tags;
    this.metadata = facts.metadata;
    this.dependent_jobs = facts.dependent_jobs;
    this.parent_job = facts.parent_job;
    this.executor = facts.executor;
    this.status = facts.status;
    this.next = facts.next;
    this.starts_at = facts.starts_at;
    this.expires_at = facts.expires_at;
    this.#source = source;
  }

  /** The exact bytes of the server again, as text. */
  get text(): string {
    return 'job' in this.#source ? this.#source.text : textAt(this.#source);
  }

  get job(): Job {
    if ('job' in this.#source) return this.#source.job;
    const known = this.#read?.deref();
    const job = known ?? this.#readFrom(this.#source);
    if (known === undefined) this.#read = new WeakRef(job);
    latest.keep(job, this.#source.length);
    return job;
  }

  /** Read anew each time it is looked at: a filter that looks into all jobs keeps none of them. */
  get executor_config(): Job['executor_config'] {
    const job = 'job' in this.#source ? this.#source.job : this.#readFrom(this.#source);
    return job.executor_config;
  }

  /**
   * Whether its values may hold a text of small letters that JSON holds as it is: without reading the
   * job, which only a hit is worth.
   */
  mayHold(part: string): boolean {
    if ('job' in this.#source) return true;
    const text = textAt(this.#source);
    return text.toLowerCase().includes(part) || unusual.test(text);
  }

  /**
   * Whether the job was read from such bytes, by their length and CRC-32: of four thousand million
   * changes one shows only with the next. What is written is read afresh before.
   */
  isOf(bytes: Uint8Array): boolean {
    if ('job' in this.#source) return false;
    const { page, length, check } = this.#source;
    return bytes.length === length && page.check(bytes) === check;
  }

  /**
   * What its next run was found to be (runs.ts). A map of a hundred thousand rows would stop all else each time
   * that it grows.
   */
  get nextSeen(): NextSeen | null {
    return this.#nextSeen;
  }

  set nextSeen(seen: NextSeen | null) {
    this.#nextSeen = seen;
  }

  /** Where its text lies; null where it is at hand. */
  get page(): Page | null {
    return 'job' in this.#source ? null : this.#source.page;
  }

  /** The same text lies elsewhere from now on. */
  move(placed: Placed): void {
    this.#source = placed;
  }

  #readFrom(placed: Placed): Job {
    const read = serverJob(parseJson(textAt(placed)));
    // The same text was a job when it came.
    if ('wrong' in read) throw new TypeError(`the job ${this.name} cannot be read again`);
    return read.job;
  }
}

/** An escape of a character that JSON holds as it is; Dkron writes none. */
const unusual = /\\u(?!003[ce]|0026|202[89]|00[01])/i;

const textAt = ({ page, at, length }: Placed): string => page.text(at, at + length);

export const rowOf = (entry: JobText): JobRow =>
  entry instanceof JobRow ? entry : new JobRow(entry.job, entry);
