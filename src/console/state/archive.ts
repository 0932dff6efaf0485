/** What is asked for of the snapshots on this machine, and what came of it. */
import type { SnapshotFile } from '../../snapshot/archive/list.ts';
import type { Notes } from '../../snapshot/archive/note.ts';
import type { Words } from '../../snapshot/prune/policy.ts';
import type { Group } from '../../snapshot/prune/prune.ts';
import type { Verdict } from '../../snapshot/verify/verify.ts';

export type ArchiveEffect =
  | { readonly type: 'list-snapshots' }
  | { readonly type: 'verify-snapshots'; readonly files: readonly string[] }
  /** Over this console, with no server. */
  | { readonly type: 'look-inside'; readonly file: string }
  /** Out of a snapshot; back to the server with the names of jobs to restore. */
  | { readonly type: 'leave-snapshot'; readonly restore: readonly string[] }
  | ({ readonly type: 'note-snapshot'; readonly file: string } & Notes)
  | { readonly type: 'plan-prune'; readonly words: Words }
  /** Of those that go by these words, these. */
  | { readonly type: 'prune'; readonly words: Words; readonly files: readonly string[] };

/** `problem`: why the folder could not be read, or why it could not be worked out. */
export type ArchiveMessage =
  | {
      readonly type: 'snapshots';
      readonly files: readonly SnapshotFile[];
      readonly problem?: string;
    }
  /** A snapshot was looked into; of these of its jobs a restore is wanted, or none. */
  | {
      readonly type: 'left-snapshot';
      readonly file: string;
      readonly restore: readonly string[];
    }
  | { readonly type: 'verified'; readonly verdicts: readonly Verdict[] }
  | { readonly type: 'prune-plan'; readonly groups: readonly Group[]; readonly problem?: string };
