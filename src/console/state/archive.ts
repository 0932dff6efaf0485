/** What is asked for of the snapshots on this machine, and what came of it. */
import type { Notes } from '../../snapshot/archive/note.ts';
import type { Words } from '../../snapshot/prune/policy.ts';
import type { Group } from '../../snapshot/prune/prune.ts';

export type ArchiveEffect =
  | { readonly type: 'list-snapshots' }
  | { readonly type: 'verify-snapshots'; readonly files: readonly string[] }
  | ({ readonly type: 'note-snapshot'; readonly file: string } & Notes)
  | { readonly type: 'plan-prune'; readonly words: Words }
  /** Of those that go by these words, these. */
  | { readonly type: 'prune'; readonly words: Words; readonly files: readonly string[] };

/** `problem`: why it could not be worked out. */
export interface PrunePlanned {
  readonly type: 'prune-plan';
  readonly groups: readonly Group[];
  readonly problem?: string;
}
