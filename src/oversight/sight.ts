import type { Execution } from '../dkron/shapes.ts';
import type { NodeTags } from '../job/lint/tags.ts';
import type { JobTable } from '../job/table.ts';

/** What a look at a server told. */
export interface Sight {
  readonly jobs: JobTable;
  /** Of which jobs it told, where it was not the whole list. */
  readonly fresh: Iterable<string> | null;
  /** Null: nobody could tell what runs. */
  readonly busy: readonly Execution[] | null;
  /** By the server's clock, ms since the epoch. */
  readonly at: number;
  /** The leader's name; null: there is none; undefined: nobody told. */
  readonly leader: string | null | undefined;
  readonly version: string | undefined;
  /** The nodes that are alive: the very same while they are. */
  readonly nodes: readonly NodeTags[] | undefined;
}
