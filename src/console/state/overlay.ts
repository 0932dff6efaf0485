/** What lies over a screen and takes the keys: questions, editors, menus. */
import type { FieldPath } from '../../job/field-path.ts';
import type { Job } from '../../job/job.ts';
import type { RowAt } from '../../terminal/layout.ts';
import type { LineState } from '../../terminal/line.ts';
import type { TextState } from '../../terminal/text.ts';
import type { Counted, FoundCalm } from './crowd.ts';
import type { Effect } from './message.ts';
import type { Screen } from './screen.ts';

export type Overlay =
  | {
      readonly kind: 'help';
      /** The words that are searched for. */
      readonly line: LineState;
      /** The words are being typed: letters are no keys. */
      readonly searching: boolean;
      /** Null until one is chosen. */
      readonly cursor: number | null;
    }
  | {
      readonly kind: 'palette';
      readonly line: LineState;
      /** Null until one is chosen. */
      readonly cursor: number | null;
    }
  | FilterOverlay
  | { readonly kind: 'file'; readonly line: LineState }
  | ConfirmOverlay
  | TypedOverlay
  | ValueOverlay
  | PickOverlay
  | ScheduleOverlay;

/** The words of a filter or a search, while they are typed. */
export interface FilterOverlay {
  readonly kind: 'filter';
  readonly line: LineState;
  /** The screen as it was: esc goes back to its words, its cursor, its place. */
  readonly before: Screen;
}

/** A question before a write (state/questions.ts). It holds what it is about: no refresh can change that. */
interface Asked {
  /** What is said while it is done: `running etl`. */
  readonly doing: string;
  readonly effect: Effect;
  /** Since when no key came with the question on the screen, ms; null until it was painted. */
  readonly quietSince: number | null;
  /** The editor it was asked from, which is there again afterwards. */
  readonly under: Overlay | null;
}

/** A question that `y` answers. */
export interface ConfirmOverlay extends Asked {
  readonly kind: 'confirm';
  readonly question: string;
  /** What `y` does. */
  readonly verb: string;
}

/** A question whose answer is typed, for what cannot simply be done again. */
export interface TypedOverlay extends Asked {
  readonly kind: 'typed';
  readonly question: readonly string[];
  /** What has to be typed: a name, or a count. */
  readonly expected: string;
  readonly line: LineState;
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
  /** Somebody else changed it meanwhile, and the operator was shown how. */
  readonly over: boolean;
  /** Who starts in which second beside this job; null until it was counted. */
  readonly counted: Counted | null;
  /** What is calmer than what was typed when it was looked for; null until it was. */
  readonly calm: FoundCalm | null;
}

export interface ScheduleMenu {
  /** What the chosen candidate replaces, in columns of the line that has the focus. */
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly string[];
  readonly cursor: number;
}

/** A text of the value editor: the value itself, or JSON inside one of its strings. */
export interface TextLevel {
  readonly text: TextState;
  readonly top: RowAt;
  /** Where its string stands in the text around it, in UTF-16 units. */
  readonly at: number;
}

/** One of the few values that a field can have, chosen from a list. */
export interface PickOverlay {
  readonly kind: 'pick';
  /** The job as the operator saw it when the list opened. */
  readonly seen: Job;
  readonly keys: FieldPath;
  readonly cursor: number;
}

/** The editor of one field of a job: a line, or a text of any length. */
export interface ValueOverlay {
  readonly kind: 'value';
  /** The job as the operator saw it when the editor opened. */
  readonly seen: Job;
  /** The field, and the key inside it. */
  readonly keys: FieldPath;
  /** The outermost first; the last is the one that is edited. */
  readonly levels: readonly TextLevel[];
  readonly find: LineState | null;
  /** The lines that were checked last: long ones wait until one pauses. */
  readonly checked: readonly string[];
  /** What was pasted came wrapped (a JSON string, a curl command): the text before, and what is in it. */
  readonly offer: { readonly before: TextState; readonly text: string } | null;
}
