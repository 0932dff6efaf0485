/** How far a job of the list is that is run again. */

export type AgainWord =
  /** It was not asked for yet. */
  | 'waiting'
  /** It was asked for, or who starts it was; no run of it was seen. */
  | 'started'
  | 'running'
  | 'succeeded'
  | 'failed'
  /** It was certainly not started. */
  | 'refused'
  /** It was asked for, and whether it started cannot be told: it may have. */
  | 'unknown'
  /** Not asked for, for what became of another. */
  | 'not started'
  /** Not asked for, for it was stopped before; that can go on. */
  | 'left'
  /** Not asked for, for a reason that was told before. */
  | 'held';

export interface AgainState {
  readonly name: string;
  readonly state: AgainWord;
  /** What it printed last, why it failed, why it was not started; "" for nothing. */
  readonly text: string;
  /** Which run it is, by its key (dkron/execution.ts); null where none is known. */
  readonly run: string | null;
}

const over: ReadonlySet<AgainWord> = new Set([
  'succeeded',
  'failed',
  'refused',
  'unknown',
  'not started',
  'held',
]);

/** Whether nothing more becomes of it. */
export const isOver = ({ state }: AgainState): boolean => over.has(state);

export const stateOf = (
  name: string,
  state: AgainWord,
  text = '',
  run: string | null = null,
): AgainState => ({ name, state, text, run });
