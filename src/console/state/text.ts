/** A long text on a screen: an output, a body, a job as the server stores it. */

/** Output, body or raw JSON: long text, searchable, wrapped or not, saved to a file. */
export interface TextScreen {
  readonly kind: 'text';
  readonly what: 'output' | 'body' | 'raw' | 'difference' | 'damages' | 'unreadable';
  readonly title: string;
  readonly job: string;
  readonly execution?: string;
  /** The run whose output it is: when it began, ms since the epoch, and where and how it went. */
  readonly run?: { readonly at: number | null; readonly words: string };
  /** Null while it loads. */
  readonly text: string | null;
  /** Only the end of it is here: `f` loads the whole. */
  readonly truncated: boolean;
  readonly wrap: boolean;
  readonly top: number;
  readonly left: number;
  readonly search: string;
  /** Which of its matches was gone to last; undefined: none yet. */
  readonly match?: number | undefined;
  /** JSON shows as it was printed, not laid out. */
  readonly raw?: boolean;
  /** Its run had no end when it was looked at last: `text` is what was told of it meanwhile. */
  readonly live?: Live | undefined;
}

/** Of a run that had no end when it was looked at last. */
export interface Live {
  /** As in RunSight of dkron/sight.ts; `untold` also until it was looked at. */
  readonly kind: 'runs' | 'lost' | 'gone' | 'untold';
  /** The last piece that was told; "" before the first one. */
  readonly piece: string;
  /** When something was told of it the last time, ms since the epoch. */
  readonly heardAt: number;
}

/** The run whose pieces are asked for. */
export interface Followed {
  readonly name: string;
  /** As `runKey` of dkron/execution.ts makes it. */
  readonly execution: string;
  /** False: nobody looks, so that it is asked for more seldom. */
  readonly focused: boolean;
}
