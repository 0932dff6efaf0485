/** What happens to the console (Message) and what it asks for (Effect). */

import type { Draft } from '../../config/drafts.ts';
import type { UnreadHere } from '../../dkron/live.ts';
import type { Execution, Server } from '../../dkron/shapes.ts';
import type { ForwardState } from '../../forward/supervisor.ts';
import type { Job, JobText } from '../../job/job.ts';
import type { NodeTags } from '../../job/lint/tags.ts';
import type { CheckedPlan } from '../../plan/model.ts';
import type { Agenda } from '../../schedule/index.ts';
import type { Key } from '../../terminal/keys.ts';
import type { AgainEffect, AgainMessage } from './again.ts';
import type { ArchiveEffect, ArchiveMessage } from './archive.ts';
import type { ClusterEffect, ClusterMessage } from './cluster-messages.ts';
import type { EarlierRows, Node, Pace, Trouble } from './connection.ts';
import type { CrowdEffect, CrowdMessage } from './crowd.ts';
import type { DraftMessage } from './draft-messages.ts';
import type { JournalEffect, JournalMessage } from './journal.ts';
import type { LintEffect, LintMessage } from './lint.ts';
import type { MaintenanceEffect, MaintenanceMessage } from './maintenance.ts';
import type { OperationEffect, OperationMessage } from './operations.ts';
import type { OversightMessage } from './oversight.ts';
import type { PastEffect, PastMessage } from './past.ts';
import type { PlanMessage, PlanTextEffect } from './plan-texts.ts';
import type { Recognised } from './recognised.ts';
import type { RunEffect, RunMessage } from './runs.ts';
import type { Came, Flash, Progress } from './said.ts';
import type { Compared, ContextSource, FileSource } from './screen.ts';

export type Message =
  /** `at`: when it was read, ms; only differences count. */
  | { readonly type: 'key'; readonly key: Key; readonly at: number }
  /** The question was written out to the terminal. */
  | { readonly type: 'painted'; readonly at: number }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'clock'; readonly now: number }
  | {
      readonly type: 'arriving';
      readonly jobs: readonly JobText[];
      /** When they were so: an earlier console read them, or a snapshot was taken; without it now. */
      readonly seenAt?: number;
      /** They are rows of an earlier console, and no jobs. */
      readonly earlier?: EarlierRows;
      /** What a snapshot has besides. */
      readonly unreadable?: readonly UnreadHere[];
      /** Of how many they are, as the server says; null where it does not. */
      readonly announced?: number | null;
      /** They are of the cluster whose earlier rows are shown, and may stand in their place. */
      readonly isOfEarlier?: boolean;
    }
  | {
      readonly type: 'refreshed';
      readonly jobs: ReadonlyMap<string, JobText>;
      /** What is wrong with each job that could not be read. */
      readonly unreadable: readonly UnreadHere[];
      /** Null: the server could not tell what runs. */
      readonly busy: readonly Execution[] | null;
      readonly server: Server;
      /** Null: there is none; undefined: it did not say. */
      readonly leader: string | null | undefined;
      readonly whom: string | null;
      readonly node: Node;
      readonly nodes?: readonly NodeTags[] | undefined;
      /** How far this machine's clock is ahead of the server's, ms. */
      readonly skew: number;
      /** When the list began to come, which is how old its rows are; ms since the epoch. */
      readonly at: number;
      /** When what is shown, was due or ran was read, where the list is older. */
      readonly liveAt?: number;
      readonly now: number;
      readonly took: number;
      /** When the next read is due, ms since the epoch. */
      readonly nextAt: number;
    }
  | OversightMessage
  | { readonly type: 'recognised'; readonly cluster: Recognised }
  | {
      readonly type: 'lost';
      readonly trouble: Trouble;
      readonly reason: string;
      readonly now: number;
      readonly retryAt: number;
    }
  /** When the next read is due by another pace than before; ms since the epoch. */
  | { readonly type: 'due'; readonly nextAt: number; readonly now: number }
  /** How the port-forward stands that the server is behind. */
  | { readonly type: 'forward'; readonly forward: ForwardState }
  /** The terminal has the focus, or has lost it. */
  | { readonly type: 'focus'; readonly focused: boolean }
  | RunMessage
  | { readonly type: 'schedule-saved'; readonly name: string; readonly text: string }
  /** `now`: the job as somebody else made it meanwhile; the next save may go over that. */
  | {
      readonly type: 'schedule-refused';
      readonly name: string;
      readonly lines: readonly string[];
      readonly now?: Job | null;
    }
  | PlanMessage
  | ArchiveMessage
  /** The file could not be read or compared: there is nothing to show. */
  | { readonly type: 'no-plan'; readonly id: string }
  | ({ readonly type: 'progress' } & Came)
  | { readonly type: 'applied'; readonly text: string; readonly ok: boolean }
  | { readonly type: 'agenda'; readonly agenda: Agenda; readonly hours: number }
  | LintMessage
  | CrowdMessage
  | PastMessage
  | JournalMessage
  | ({ readonly type: 'compared' } & Compared)
  | ClusterMessage
  | AgainMessage
  | OperationMessage
  | MaintenanceMessage
  | DraftMessage
  | { readonly type: 'waiting'; readonly text: string; readonly progress?: Progress }
  | { readonly type: 'flash'; readonly flash: Flash }
  /** One has paused in a long text: these lines, if they are still what is edited. */
  | { readonly type: 'check'; readonly lines: readonly string[] }
  /** No key moved the cursor for a moment. */
  | { readonly type: 'rested' }
  /** What the jobs table is asked to show has been worked out. */
  | { readonly type: 'worked-out' }
  /** It was there for its moment. */
  | { readonly type: 'forget'; readonly flash: Flash };

/** `agreed`: what the operator typed to agree to a change of a protected context. */
export type Effect =
  /** All jobs where there are no names. */
  | { readonly type: 'refresh'; readonly names?: readonly string[] }
  | { readonly type: 'pace'; readonly pace: Pace }
  | RunEffect
  | {
      readonly type: 'save-schedule';
      readonly plan: CheckedPlan;
      /** Over what somebody else wrote meanwhile. */
      readonly over: boolean;
      readonly agreed?: string;
    }
  | { readonly type: 'set-disabled'; readonly plan: CheckedPlan; readonly agreed?: string }
  | { readonly type: 'run'; readonly names: readonly string[]; readonly agreed?: string }
  | { readonly type: 'delete'; readonly plan: CheckedPlan; readonly agreed?: string }
  | { readonly type: 'clear'; readonly names: readonly string[]; readonly agreed?: string }
  | ClusterEffect
  | AgainEffect
  | JournalEffect
  | {
      readonly type: 'agenda';
      readonly names: readonly string[];
      readonly from: number;
      readonly hours: number;
    }
  | LintEffect
  | CrowdEffect
  | PastEffect
  /** Of all jobs, or of these. */
  | { readonly type: 'snapshot'; readonly label?: string; readonly names?: readonly string[] }
  | ArchiveEffect
  | ({ readonly type: 'compare' } & Pick<Compared, 'from' | 'to'>)
  | ({ readonly type: 'plan-restore' } & FileSource)
  | PlanTextEffect
  /** What the cluster of a context has now, as a plan for the one that is shown. */
  | ({ readonly type: 'plan-from' } & ContextSource)
  /** All jobs where there are no names. */
  | { readonly type: 'export'; readonly folder: string; readonly names: readonly string[] }
  | OperationEffect
  | MaintenanceEffect
  /** Null: nothing is left to keep. */
  | { readonly type: 'keep-draft'; readonly key: string; readonly draft: Draft | null }
  | { readonly type: 'save-text'; readonly name: string; readonly text: string }
  /** The whole job in $EDITOR. */
  | { readonly type: 'edit-outside'; readonly seen: Job; readonly isNew?: true }
  | { readonly type: 'copy'; readonly text: string }
  /** Checks these lines once no key came for a while. */
  | { readonly type: 'check-later'; readonly lines: readonly string[] }
  /** Tells when the cursor has come to rest. */
  | { readonly type: 'rest-later' }
  /** Takes the words away after a moment, unless others stand there. */
  | { readonly type: 'forget-later'; readonly flash: Flash }
  | { readonly type: 'redraw' }
  | { readonly type: 'suspend' }
  | { readonly type: 'quit' };

/** Which effects change a server, so that read-only closes them: the compiler demands a row for every one. */
export const writes = {
  run: true,
  'set-disabled': true,
  delete: true,
  clear: true,
  'run-again': true,
  'set-paused': true,
  'apply-plan': true,
  'save-schedule': true,
  refresh: false,
  pace: false,
  'load-runs': false,
  'load-output': false,
  follow: false,
  // Both only prepare a plan.
  undo: false,
  'edit-outside': false,
  resume: false,
  discard: false,
  'plan-maintenance': false,
  'forget-maintenance': false,
  'stop-again': false,
  'find-again': false,
  'discard-again': false,
  'list-journal': false,
  'read-operation': false,
  'read-history': false,
  'read-runs': false,
  'ask-why': false,
  'read-overview': false,
  'open-context': false,
  'settle-cluster': false,
  agenda: false,
  lint: false,
  'read-ttls': false,
  'count-crowd': false,
  'find-calm': false,
  snapshot: false,
  'list-snapshots': false,
  'note-snapshot': false,
  'plan-prune': false,
  prune: false,
  'verify-snapshots': false,
  'look-inside': false,
  'leave-snapshot': false,
  compare: false,
  'plan-edits': false,
  'plan-undo': false,
  'plan-restore': false,
  'open-plan': false,
  'keep-plan': false,
  'plan-from': false,
  export: false,
  'keep-draft': false,
  'save-text': false,
  copy: false,
  'check-later': false,
  'rest-later': false,
  'forget-later': false,
  redraw: false,
  suspend: false,
  quit: false,
} as const satisfies Record<Effect['type'], boolean>;

export type MessageOf<T extends Message['type']> = Extract<Message, { readonly type: T }>;
export type EffectOf<T extends Effect['type']> = Extract<Effect, { readonly type: T }>;
