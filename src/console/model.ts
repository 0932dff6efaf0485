/** The vocabulary of the console: what it knows (State), what happens (Message), what it asks for (Effect). */
import type { Execution, Server } from '../dkron/shapes.ts';
import type { Job, JobText } from '../job/job.ts';
import type { PastChange } from '../restore/journal.ts';
import type { RestorePlan, RestoreResult } from '../restore/model.ts';
import type { Reversal } from '../restore/undo.ts';
import type { Agenda } from '../schedule/index.ts';
import type { SnapshotFile } from '../snapshot/list.ts';
import type { Key } from '../terminal/keys.ts';
import type { Place } from '../terminal/layout.ts';
import type { LineState } from '../terminal/line.ts';
import type { TextState } from '../terminal/text.ts';

/** Where the console is pointed, and how it was started. */
export interface Setting {
  readonly url: string;
  readonly label: string;
  readonly readOnly: boolean;
  /** The zone the Dkron process runs in; its API does not tell. */
  readonly serverZone: string;
}

/** Fetch status, apart from the data: rows that are old and a lost connection show together. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly took: number }
  | {
      readonly kind: 'lost';
      readonly reason: string;
      readonly since: number;
      /** When the next try is due, ms since the epoch. */
      readonly retryAt: number;
    };

export interface JobsData {
  readonly byName: ReadonlyMap<string, JobText>;
  /** When the last whole list arrived, ms since the epoch; null while the first is under way. */
  readonly at: number | null;
}

export interface Runs {
  readonly list: readonly Execution[];
  readonly at: number;
  readonly error?: string;
}

/** A cursor bound to an identity: a refresh moves neither it nor its place in the window. */
export interface Cursor {
  readonly key: string | null;
  /** Rows between the top of the window and the cursor. */
  readonly row: number;
}

export type ColumnId =
  | 'name'
  | 'status'
  | 'next'
  | 'last'
  | 'counts'
  | 'schedule'
  | 'executor'
  | 'zone'
  | 'owner'
  | 'tags';

export interface Sort {
  readonly column: ColumnId;
  readonly descending: boolean;
}

export interface JobsScreen {
  readonly kind: 'jobs';
  readonly cursor: Cursor;
  readonly filter: string;
  readonly sort: Sort;
  readonly marks: ReadonlySet<string>;
}
export interface JobScreen {
  readonly kind: 'job';
  readonly name: string;
  readonly cursor: Cursor;
  /** First line of the details shown, for jobs longer than the screen. */
  readonly top: number;
}
export interface ExecutionsScreen {
  readonly kind: 'executions';
  readonly name: string;
  readonly cursor: Cursor;
}
/** Output, body or raw JSON: long text, searchable, wrapped or not, saved to a file. */
export interface TextScreen {
  readonly kind: 'text';
  readonly what: 'output' | 'body' | 'raw';
  readonly title: string;
  readonly job: string;
  readonly execution?: string;
  /** Null while it loads. */
  readonly text: string | null;
  /** Only the end of it is here: `f` loads the whole. */
  readonly truncated: boolean;
  readonly wrap: boolean;
  readonly top: number;
  readonly left: number;
  readonly search: string;
}
export interface SnapshotsScreen {
  readonly kind: 'snapshots';
  readonly files: readonly SnapshotFile[] | null;
  readonly cursor: Cursor;
}
/** Changes of jobs before they are written: a restore, an undo, one edit over many jobs. */
export interface PlanScreen {
  readonly kind: 'plan';
  /** Tells plans apart: the file restored from, or what was asked for. */
  readonly id: string;
  /** `Restore backup-dkron_…`, `Disable 3 jobs`. */
  readonly title: string;
  /** Null while it is compared with the server. */
  readonly plan: RestorePlan | null;
  readonly marks: ReadonlySet<string>;
  readonly cursor: Cursor;
  readonly filter: string;
  readonly applying: { readonly done: number; readonly total: number } | null;
  readonly results: ReadonlyMap<string, RestoreResult>;
}
/** What was changed on this server from this machine, newest first. */
export interface JournalScreen {
  readonly kind: 'journal';
  readonly changes: readonly PastChange[] | null;
  readonly cursor: Cursor;
}
/** What runs when. It is worked out when it is asked for, not at every refresh. */
export interface AgendaScreen {
  readonly kind: 'agenda';
  readonly names: readonly string[];
  /** Which jobs these are, in words. */
  readonly what: string;
  readonly hours: number;
  /** ms since the epoch. */
  readonly from: number;
  /** Null while it is worked out. */
  readonly agenda: Agenda | null;
  readonly cursor: Cursor;
}
export type Screen =
  | JobsScreen
  | JobScreen
  | ExecutionsScreen
  | TextScreen
  | SnapshotsScreen
  | PlanScreen
  | JournalScreen
  | AgendaScreen;

export type Overlay =
  | { readonly kind: 'help'; readonly line: LineState; readonly cursor: number }
  | { readonly kind: 'palette'; readonly line: LineState; readonly cursor: number }
  | { readonly kind: 'filter'; readonly line: LineState; readonly before: string }
  | { readonly kind: 'file'; readonly line: LineState }
  | ConfirmOverlay
  | TypedOverlay
  | BodyOverlay
  | ScheduleOverlay;

/** A question before a write. It holds what it is about: no refresh can change that. */
export interface ConfirmOverlay {
  readonly kind: 'confirm';
  readonly question: string;
  readonly key: string;
  readonly verb: string;
  readonly effect: Effect;
}

/** A question whose answer is typed, for what cannot simply be done again. */
export interface TypedOverlay {
  readonly kind: 'typed';
  readonly question: readonly string[];
  /** What has to be typed: a name, or a count. */
  readonly expected: string;
  readonly line: LineState;
  readonly verb: string;
  readonly effect: Effect;
}

export interface ScheduleOverlay {
  readonly kind: 'schedule';
  /** The job as the operator saw it when the editor opened. */
  readonly seen: Job;
  readonly schedule: LineState;
  readonly zone: LineState;
  readonly focus: 'schedule' | 'zone';
  /** Open below the line: common schedules, or what the word under the cursor could become. */
  readonly menu: ScheduleMenu | null;
  readonly saving: boolean;
  /** The server's own words when it refused. */
  readonly refusal: readonly string[];
}

/** A text of the body editor: the body itself, or JSON inside one of its strings. */
export interface BodyLevel {
  readonly text: TextState;
  readonly top: Place;
  /** Where its string stands in the text around it, in UTF-16 units. */
  readonly at: number;
}

export interface BodyOverlay {
  readonly kind: 'body';
  /** The job as the operator saw it when the editor opened. */
  readonly seen: Job;
  /** The outermost first; the last is the one that is edited. */
  readonly levels: readonly BodyLevel[];
  readonly find: LineState | null;
  /** The operator was told that it is not JSON, and saves all the same. */
  readonly sure: boolean;
}

export interface ScheduleMenu {
  /** What the chosen candidate replaces, in columns of the line that has the focus. */
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly cursor: number;
}

export interface Flash {
  readonly level: 'ok' | 'error' | 'info';
  readonly text: string;
}

export interface State {
  readonly setting: Setting;
  readonly now: number;
  readonly columns: number;
  readonly rows: number;
  readonly link: Link;
  readonly server: Server | null;
  /** The leader's node name; null: there is none; undefined: not known yet. */
  readonly leader: string | null | undefined;
  /** The node that answered the last read. */
  readonly whom: string | null;
  readonly jobs: JobsData;
  /** Executions under way, by job name. */
  readonly busy: ReadonlyMap<string, readonly Execution[]>;
  readonly runs: ReadonlyMap<string, Runs>;
  /** The stack of screens; the last is shown, the first is always the jobs. */
  readonly screens: readonly [JobsScreen, ...Screen[]];
  readonly overlay: Overlay | null;
  readonly flash: Flash | null;
  /** What was typed and not saved, by `draftKey`; kept on disk as it changes. */
  readonly drafts: ReadonlyMap<string, string>;
  /** What the operator waits for, in words; null when nothing is under way. */
  readonly waiting: string | null;
  /** The row under the cursor vanished: dangerous keys wait for one more key. */
  readonly startled: boolean;
}

export type Message =
  | { readonly type: 'key'; readonly key: Key }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'clock'; readonly now: number }
  | { readonly type: 'arriving'; readonly jobs: readonly JobText[] }
  | {
      readonly type: 'refreshed';
      readonly jobs: ReadonlyMap<string, JobText>;
      readonly busy: readonly Execution[];
      readonly server: Server;
      readonly leader: string | null;
      readonly whom: string | null;
      readonly now: number;
      readonly took: number;
    }
  | {
      readonly type: 'lost';
      readonly reason: string;
      readonly now: number;
      readonly retryAt: number;
    }
  | { readonly type: 'runs'; readonly name: string; readonly runs: Runs }
  | {
      readonly type: 'output';
      readonly execution: string;
      readonly text: string;
      readonly truncated: boolean;
    }
  | { readonly type: 'schedule-saved'; readonly name: string; readonly text: string }
  | { readonly type: 'schedule-refused'; readonly name: string; readonly lines: readonly string[] }
  | { readonly type: 'snapshots'; readonly files: readonly SnapshotFile[] }
  | { readonly type: 'plan'; readonly id: string; readonly plan: RestorePlan }
  /** The file could not be read or compared: there is nothing to show. */
  | { readonly type: 'no-plan'; readonly id: string }
  | { readonly type: 'progress'; readonly result: RestoreResult; readonly total: number }
  | { readonly type: 'applied'; readonly text: string; readonly ok: boolean }
  | { readonly type: 'agenda'; readonly agenda: Agenda; readonly hours: number }
  | { readonly type: 'journal'; readonly changes: readonly PastChange[] }
  /** Take these changes back, which were made together. */
  | {
      readonly type: 'return';
      readonly changes: readonly PastChange[];
      readonly reversals: readonly Reversal[];
    }
  | { readonly type: 'drafts'; readonly drafts: ReadonlyMap<string, string> }
  | { readonly type: 'waiting'; readonly text: string }
  | { readonly type: 'flash'; readonly flash: Flash };

export type Effect =
  | { readonly type: 'refresh' }
  /** The cursor rests on a job: its runs are wanted soon, not at every step. */
  | { readonly type: 'glance'; readonly name: string }
  | { readonly type: 'load-runs'; readonly name: string }
  | {
      readonly type: 'load-output';
      readonly name: string;
      readonly execution: string;
      readonly whole: boolean;
    }
  | {
      readonly type: 'save-schedule';
      readonly seen: Job;
      readonly schedule: string;
      readonly timezone: string;
    }
  | { readonly type: 'set-disabled'; readonly seen: Job; readonly disabled: boolean }
  | { readonly type: 'run'; readonly names: readonly string[] }
  | { readonly type: 'delete'; readonly jobs: readonly Job[] }
  /** A change, all that was made last on this server unless one is given, as a plan back. */
  | { readonly type: 'undo'; readonly change?: PastChange }
  | { readonly type: 'list-journal' }
  | {
      readonly type: 'agenda';
      readonly names: readonly string[];
      readonly from: number;
      readonly hours: number;
    }
  | { readonly type: 'snapshot' }
  | { readonly type: 'list-snapshots' }
  | { readonly type: 'plan-restore'; readonly file: string }
  | {
      readonly type: 'apply-plan';
      readonly plan: RestorePlan;
      readonly names: readonly string[];
    }
  /** Null: nothing is left to keep. */
  | { readonly type: 'keep-draft'; readonly key: string; readonly text: string | null }
  | { readonly type: 'save-text'; readonly name: string; readonly text: string }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'redraw' }
  | { readonly type: 'suspend' }
  | { readonly type: 'quit' };

export type Step = readonly [State, readonly Effect[]];
export const still = (state: State): Step => [state, []];
