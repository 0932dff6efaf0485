/** The screens: what each remembers while it is shown or lies under another. */

import type { PastChange } from '../../journal/file.ts';
import type { Operation } from '../../journal/operation.ts';
import type { CheckedPlan, RestoreResult } from '../../plan/model.ts';
import type { Agenda } from '../../schedule/index.ts';
import type { SnapshotFile } from '../../snapshot/archive/list.ts';
import type { TitledComparison } from '../../snapshot/diff/open.ts';
import type { History } from '../../snapshot/history/history.ts';
import type { Words } from '../../snapshot/prune/policy.ts';
import type { Group } from '../../snapshot/prune/prune.ts';
import type { Verdict } from '../../snapshot/verify/verify.ts';
import type { AgainScreen } from './again.ts';
import type { ClusterScreen, FamiliesScreen } from './cluster-screens.ts';
import type { LintScreen } from './lint.ts';
import type { MissedScreen } from './missed.ts';
import type { Cursor, Parts } from './place.ts';
import type { PlanSource } from './plan-source.ts';
import type { RunComparisonScreen } from './run-comparison.ts';
import type { AskedRows, SortBy } from './sort.ts';
import type { TextScreen } from './text.ts';
import type { WhyScreen } from './why.ts';

export type { ClusterScreen, FamiliesScreen } from './cluster-screens.ts';
export type * from './place.ts';
export type * from './plan-source.ts';
export type { RunComparisonScreen } from './run-comparison.ts';
export type { WhyScreen } from './why.ts';

export interface JobsScreen extends Parts, AskedRows {
  readonly kind: 'jobs';
  readonly cursor: Cursor;
  /** What the table shows while what is asked for is still worked out, which takes long. */
  readonly held?: AskedRows | undefined;
  readonly marks: ReadonlySet<string>;
  /** First line shown of the pane; 0 unless told. */
  readonly top?: number;
}

export interface JobScreen extends Parts {
  readonly kind: 'job';
  readonly job: string;
  readonly cursor: Cursor;
  /** First line of the details shown, for jobs longer than the screen. */
  readonly top: number;
}

export interface ExecutionsScreen extends Parts {
  readonly kind: 'executions';
  readonly job: string;
  readonly cursor: Cursor;
}

export interface SnapshotsScreen {
  readonly kind: 'snapshots';
  readonly files: readonly SnapshotFile[] | null;
  /** Why the folder could not be read. */
  readonly problem?: string | undefined;
  readonly cursor: Cursor;
  /** Paths. */
  readonly marks: ReadonlySet<string>;
  /** By path, of those that were verified since the screen was opened. */
  readonly verdicts?: ReadonlyMap<string, Verdict['verdict']>;
}

/** Which snapshots stay and which go, before any is removed. */
export interface PruneScreen {
  readonly kind: 'prune';
  /** The rules as they were written. */
  readonly words: Words;
  /** Null while it is worked out. */
  readonly groups: readonly Group[] | null;
  /** Why it could not be. */
  readonly problem?: string | undefined;
  /** First line shown. */
  readonly top: number;
}

/** `order`: that in which they are written, as families. */
export type PlanColumn = 'order' | 'job' | 'plan' | 'why';
export type PlanSort = SortBy<PlanColumn>;

/** What of a plan is folded into one line: of neither is anything written. */
export type FoldedKind = 'only-here' | 'same';

/** Changes of jobs before they are written: a restore, an undo, one edit over many jobs. */
export interface PlanScreen extends Parts {
  readonly kind: 'plan';
  /** Tells plans apart: the file restored from, or what was asked for. */
  readonly id: string;
  /** `Restore backup-dkron_…`, `Disable 3 jobs`. */
  readonly title: string;
  /** Null while it is compared with the server. */
  readonly plan: CheckedPlan | null;
  /** With the policy that was asked for last; none where the plan is of a change made here. */
  readonly source?: PlanSource | undefined;
  /** Marks of jobs that the server has, while the policy leaves those alone. */
  readonly setAside?: ReadonlySet<string>;
  /** The draft that is done with when the plan is written. */
  readonly draft: string | null;
  /** The interrupted operation that it goes on with; none unless told. */
  readonly resumes?: string;
  readonly marks: ReadonlySet<string>;
  readonly cursor: Cursor;
  readonly filter: string;
  readonly applying: { readonly done: number; readonly total: number } | null;
  readonly results: ReadonlyMap<string, RestoreResult>;
  /** The results that a filter goes by: those of what has come to its end, so that no row goes while others are written. */
  readonly ended?: ReadonlyMap<string, RestoreResult>;
  /** First line shown of the difference; 0 unless told. */
  readonly top?: number;
  /** What of it shows job by job, not as one line. */
  readonly open?: ReadonlySet<FoldedKind>;
  /** In the order of the plan unless told. */
  readonly sort?: PlanSort;
  /** Credentials show as they are. */
  readonly secrets?: boolean;
}

/** What was done to this cluster from this machine, newest first. */
export interface JournalScreen {
  readonly kind: 'journal';
  /** Null while the newest are read. */
  readonly operations: readonly Operation[] | null;
  /** Older ones are there that were not read yet. */
  readonly more: boolean;
  /** The changes of those that are opened, by their keys; null while they are read. */
  readonly opened: ReadonlyMap<string, readonly PastChange[] | null>;
  /** Why none of them could be read. */
  readonly problem?: string | undefined;
  readonly cursor: Cursor;
}

/** When and how a job changed, newest first. */
export interface HistoryScreen extends Parts {
  readonly kind: 'history';
  readonly job: string;
  /** Null while snapshots and journal are read. */
  readonly history: History | null;
  /** Why they could not be read. */
  readonly problem?: string | undefined;
  readonly cursor: Cursor;
  /** First line shown of the difference; 0 unless told. */
  readonly top?: number;
}

/** Tells the plan of what a context's cluster has from that of a file. */
export const contextId = (context: string): string => `context ${context}`;

/** The cluster that a context leads to. */
export interface InContext {
  readonly context: string;
}

/** How a snapshot or another cluster, and another one or the server, differ. */
export interface Compared {
  /** A path, or another cluster. */
  readonly from: string | InContext;
  /** A path; null for the server. */
  readonly to: string | null;
  /** Null while both are read. */
  readonly comparison: TitledComparison | null;
  /** Why they could not be compared. */
  readonly problem?: string | undefined;
}

export interface ComparisonScreen extends Parts, Compared {
  readonly kind: 'comparison';
  readonly cursor: Cursor;
  readonly filter: string;
  /** Credentials show as they are. */
  readonly secrets: boolean;
  /** First line shown of the difference; 0 unless told. */
  readonly top?: number;
}

/** What runs when. It is worked out when it is asked for, not at every refresh. */
export interface AgendaScreen extends Parts {
  readonly kind: 'agenda';
  readonly names: readonly string[];
  /** How many jobs these are and which, in words. */
  readonly what: string;
  readonly hours: number;
  /** ms since the epoch. */
  readonly from: number;
  /** First hour shown while the keys that move act on the hours; else those of the cursor show. */
  readonly top?: number;
  /** Null while it is worked out. */
  readonly agenda: Agenda | null;
  readonly cursor: Cursor;
}

/** Every field of a job that an operator may edit. */
export interface FieldsScreen {
  readonly kind: 'fields';
  readonly job: string;
  readonly cursor: Cursor;
}

/** The contexts of the config file. */
export interface ContextsScreen {
  readonly kind: 'contexts';
  readonly cursor: Cursor;
}

export type Screen =
  | JobsScreen
  | JobScreen
  | ExecutionsScreen
  | RunComparisonScreen
  | TextScreen
  | SnapshotsScreen
  | PruneScreen
  | PlanScreen
  | JournalScreen
  | HistoryScreen
  | ComparisonScreen
  | AgendaScreen
  | LintScreen
  | MissedScreen
  | WhyScreen
  | AgainScreen
  | ContextsScreen
  | ClusterScreen
  | FamiliesScreen
  | FieldsScreen;
