import type { Field, FieldName } from './field.ts';
import type { Instant } from './instant.ts';

/** A schedule as Dkron's scheduler holds it. */
export type Schedule = FieldSchedule | EverySchedule | AtSchedule | AfterSchedule | NoSchedule;

export interface ZoneChoice {
  /** A name of the tz database. */
  readonly zone: string;
  /** Who named the zone: the schedule's prefix, the job's `timezone`, or nobody but the server. */
  readonly zoneFrom: 'prefix' | 'job' | 'server';
}

export interface FieldSchedule extends ZoneChoice {
  readonly kind: 'fields';
  readonly fields: Readonly<Record<FieldName, Field>>;
  /** `@daily` and its kin, when it was written so. */
  readonly descriptor?: string;
}

export interface EverySchedule {
  readonly kind: 'every';
  /** Whole seconds, at least 1. */
  readonly interval: number;
  /** Nanoseconds as written, before Dkron cut or raised them. */
  readonly asked: bigint;
}

export interface AtSchedule {
  readonly kind: 'at';
  readonly at: Instant;
}

/** Runs at a time, or once as soon as it can within the grace that follows. */
export interface AfterSchedule {
  readonly kind: 'after';
  readonly at: Instant;
  /** Nanoseconds. */
  readonly grace: bigint;
}

/** `@manually`, or the empty schedule of a child job: runs only when asked, or after its parent. */
export interface NoSchedule {
  readonly kind: 'manually';
}
