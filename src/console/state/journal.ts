/** What the screen of the journal is told, and what it asks for. */
import type { PastChange } from '../../journal/file.ts';
import type { Operation } from '../../journal/operation.ts';
import type { Reversal } from '../../journal/reversals.ts';

export type JournalMessage =
  /** `problem`: why none of them could be read. */
  | {
      readonly type: 'journal';
      readonly operations: readonly Operation[];
      /** Older ones are there besides. */
      readonly more: boolean;
      /** They go on from the operation of this key; else they are the newest. */
      readonly olderThan?: string;
      readonly problem?: string;
    }
  /** The changes of an operation, oldest first. */
  | {
      readonly type: 'operation';
      readonly key: string;
      readonly changes: readonly PastChange[];
    }
  /** Take these operations back, as one: newest first, the changes of each oldest first. */
  | {
      readonly type: 'return';
      readonly operations: readonly (readonly PastChange[])[];
      readonly reversals: readonly Reversal[];
      /** Those of them that are taken back as a whole, as the journal calls them. */
      readonly undoes: readonly string[];
    };

/** What an undo is asked to take back: one change, one operation, or all back to before one. */
export type ToUndo =
  | { readonly change: PastChange }
  | { readonly operation: Operation }
  | { readonly backTo: Operation };

export type JournalEffect =
  /** What was done last on this cluster, unless something else is named, as a plan back. */
  | { readonly type: 'undo'; readonly what?: ToUndo }
  | { readonly type: 'list-journal'; readonly olderThan?: string }
  | { readonly type: 'read-operation'; readonly key: string };
