/** The screens about a cluster as a whole: its nodes, and the families of its jobs. */
import type { Overview } from '../../dkron/overview/read.ts';
import type { Cursor, Parts } from './place.ts';

/** The members of the cluster, and how the node is that answers. */
export interface ClusterScreen extends Parts {
  readonly kind: 'cluster';
  /** Null while it is read for the first time. */
  readonly overview: Overview | null;
  /** When it was read, ms since the epoch. */
  readonly at: number;
  /** Why it could not be read. */
  readonly problem?: string | undefined;
  readonly cursor: Cursor;
  /** First line shown of what is told below the members; 0 unless told. */
  readonly top?: number;
}

/** Parents with their children as Dkron runs them. */
export interface FamiliesScreen {
  readonly kind: 'families';
  /** The job whose family it is; null for all families. */
  readonly of: string | null;
  /** The branches that show without what is below them, by their keys. */
  readonly closed: ReadonlySet<string>;
  readonly cursor: Cursor;
}
