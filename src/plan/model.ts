/** The vocabulary of plans: what a snapshot or a command would do to a server, what became of it. */
import type { OperatorError } from '../base/errors.ts';
import type { UnreadHere } from '../dkron/live.ts';
import type { FieldChange } from '../job/compare.ts';
import type { Job } from '../job/job.ts';
import type { Finding } from '../job/lint/finding.ts';
import type { Origin } from '../journal/entry.ts';
import type { FilePlace } from '../snapshot/file/position.ts';
import type { Policy, Replaced } from './policy/policy.ts';

/**
 * `same`: nothing to write. `change`: the server's definition would be replaced. `new`: the server
 * has no such job. `delete`: the server's job would go. `blocked`: Dkron would refuse it,
 * or it cannot be read.
 * `only-here`: on the server, and not where the jobs come from; a restore leaves it alone.
 */
export type RestoreKind = 'same' | 'change' | 'new' | 'delete' | 'blocked' | 'only-here';

export interface RestoreItem {
  readonly name: string;
  readonly kind: RestoreKind;
  /** The kind in a few words: the fields that change, the reason why it is blocked; or "". */
  readonly why: string;
  /** From what the server has to what the snapshot has; none for a job that is new. */
  readonly changes: readonly FieldChange[];
  /** As in the snapshot; as on the server for `delete` and `only-here`. */
  readonly job: Job;
  /** As on the server when the plan was made; null when there was none. */
  readonly seen: Job | null;
  /** Live jobs that call this one their parent. */
  readonly children: readonly string[];
  /** What the plan's policy replaced in it. */
  readonly replaced?: readonly Replaced[];
  /** There is no job to be read: where in a file it should be; none where it is the server's. */
  readonly places?: readonly FilePlace[];
  /** Why it stays as it is unless one asks for it: others changed it since. */
  readonly left?: string;
  /** The server has it otherwise since the plan was made, which is why it is blocked. */
  readonly moved?: Moved;
}

/** What a plan was made on, and what it would have done; `RestoreItem.seen` is what the server has by now. */
export interface Moved {
  readonly kind: RestoreKind;
  readonly base: Job | null;
}

export interface RestorePlan {
  /**
   * One item a job: parents before their children, then what is deleted, children before their
   * parents, then what is only on the server.
   */
  readonly items: readonly RestoreItem[];
  /** About how many jobs the server has, where that is known. */
  readonly listed?: number;
  /** The children that each parent has on the server, by what the children say, where that is known. */
  readonly families?: ReadonlyMap<string, readonly string[]>;
  /** The job without which no other of the plan may be written. */
  readonly first?: string;
  /** What of the server cannot be read; blocked where the plan is about it. */
  readonly unreadable?: readonly UnreadHere[];
  /** One thing of each job changes: what somebody else changes meanwhile in others stays. */
  readonly merge?: boolean;
  /** What its changes are called; to create or to write unless told. */
  readonly action?: Action;
  /** What was asked for besides the jobs as they are in their source. */
  readonly policy?: Policy | undefined;
  /** What the journal calls it. */
  readonly origin?: Origin;
  /** The operations that it takes back, each as a whole, as the journal calls them. */
  readonly undoes?: readonly string[];
  /** The maintenance that it starts or ends. */
  readonly maintenance?: MaintenanceStep;
}

/** What a plan does for a maintenance (plan/maintenance). */
export interface MaintenanceStep {
  readonly step: 'start' | 'end';
  readonly id: string;
  readonly name: string;
  /** "" where nobody said why. */
  readonly why: string;
}

/** A job of a plan with what is to be told of it before it is written. */
export interface CheckedItem extends RestoreItem {
  readonly findings: readonly Finding[];
}

/** A plan that the checks were asked about (`checkPlan`): the only one that is shown and written. */
export interface CheckedPlan extends RestorePlan {
  readonly items: readonly CheckedItem[];
}

/** `skipped`: not sent, because something before it failed or the restore was stopped. */
export type RestoreOutcome = 'written' | 'same' | 'refused' | 'changed' | 'unknown' | 'skipped';

/** What was to be done to a job. */
export type Action = 'write' | 'create' | 'delete' | 'disable' | 'enable' | 'run' | 'clear';

export interface RestoreResult {
  readonly name: string;
  readonly outcome: RestoreOutcome;
  /** What was to be done; to write it unless told. */
  readonly action?: Action;
  /** What happened, what it means and what to do, on one line. */
  readonly message: string;
  /** Where in a file it stands, where it could not be read. */
  readonly places?: readonly FilePlace[];
  /** Why it was not written, where the write door said so. */
  readonly error?: OperatorError;
  /** The job as somebody else changed it meanwhile; null when it is gone. */
  readonly now?: Job | null;
  /** Not sent because of what may be otherwise later: `isOpen` asks for the others, too. */
  readonly open?: boolean;
  /** Of a run: it was done, and the job failed in it. */
  readonly runFailed?: boolean;
}
