/** The screen of what the checks say of jobs, and what is asked and told for it. */
import type { Found } from '../../job/lint/found.ts';
import type { TtlTable } from '../../job/ttl/table.ts';
import type { Cursor } from './place.ts';

/** The checks are asked when it is opened, and again about a job that changed. */
export interface LintScreen {
  readonly kind: 'lint';
  readonly names: readonly string[];
  /** How many jobs these are and which, in words. */
  readonly what: string;
  /** When the checks were asked, ms since the epoch. */
  readonly from: number;
  /** How many of the jobs were looked at. */
  readonly looked: number;
  /** The worst first; null until all were looked at. */
  readonly found: readonly Found[] | null;
  /** How many findings were left out, by what the context says. */
  readonly ignored: number;
  readonly filter: string;
  /** Of findings that have a fix (`keyOf`). */
  readonly marks: ReadonlySet<string>;
  readonly cursor: Cursor;
  /** Cells of the last column that are left out at the left; 0 unless told. */
  readonly left?: number;
}

export type LintMessage =
  /** `names`: of which jobs all that was found is here; null while `looked` of them were looked at. */
  | {
      readonly type: 'linted';
      readonly from: number;
      readonly looked: number;
      readonly names: readonly string[] | null;
      readonly found: readonly Found[];
      /** How many findings were left out, by what the context says. */
      readonly ignored: number;
    }
  /** Null where it could not be read, which is told. */
  | { readonly type: 'ttls'; readonly table: TtlTable | null };

export type LintEffect =
  | { readonly type: 'lint'; readonly names: readonly string[]; readonly from: number }
  /** The table of TTLs that the context names. */
  | { readonly type: 'read-ttls' };

export interface Ttls {
  /** Null while it was never read. */
  readonly table: TtlTable | null;
  /** When it was asked for last, ms since the epoch. */
  readonly at: number;
}
