/** What a watch knows of jobs, and what it tells: each change once. All times are ms since the epoch. */

/** What can be told of a job. */
export const kinds = ['regression', 'fixed', 'missed', 'stuck', 'slow'] as const;
export type Kind = (typeof kinds)[number];

/** How its last run ended; of a run on several nodes one that failed is enough. */
export type Outcome = 'never' | 'well' | 'failed';

/** A time in which a job does not run as it should: over with the next run that ends. */
export interface Episode {
  /** What was told of it, or was so when the watch began. */
  readonly told: readonly Kind[];
  /** How many runs had ended when it was seen first. */
  readonly ends: number;
  /** What `next` was then, as the server wrote it. */
  readonly next: string;
  /** By what the scheduler fired it then (../sightings.ts). */
  readonly key: string;
}

/** How long a job takes, as it was seen when its history was read. */
export interface Pace {
  /** When that was, ms since the epoch. */
  readonly read: number;
  /** How many runs had ended by then. */
  readonly ends: number;
  readonly slow: boolean;
}

/** What is known of a job. */
export interface Known {
  readonly outcome: Outcome;
  readonly successes: number;
  readonly errors: number;
  readonly episode?: Episode | undefined;
  /** Only of a watch that was asked to tell what is slow. */
  readonly pace?: Pace | undefined;
}

/** A change of a job that was found. */
export interface Found {
  readonly kind: Kind;
  readonly job: string;
  /** When it happened, by the server's clock: the end of the run, or the firing that did not come. */
  readonly at: number;
  /** More of it, for people; "" for nothing. */
  readonly why: string;
}

/** One that is to be told. */
export interface WatchEvent extends Found {
  /** The same however often it is told. */
  readonly id: string;
  /** When it was seen, by the server's clock. */
  readonly seen: number;
}

export interface WatchState {
  /** What the ids of its events begin with. */
  readonly id: string;
  /** How many events there were. */
  readonly count: number;
  /** When it looked first, by the server's clock. */
  readonly since: number;
  readonly jobs: ReadonlyMap<string, Known>;
  /** Events of which it is not known that they were told, the oldest first. */
  readonly pending: readonly WatchEvent[];
}
