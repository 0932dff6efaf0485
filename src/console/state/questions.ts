/**
 * The grammar of questions. Before a change of the server there is one question, asked one way:
 * `y` says yes and `esc` leaves it; what cannot be taken back, and what is done to many jobs at
 * once, is answered by typing the name, or how many, and Enter. No key that asks also answers, and
 * nothing answers that was typed before the question stood on the screen, or in a burst of keys.
 */

import type { Key } from '../../terminal/keys.ts';
import { lineOf } from '../../terminal/line.ts';
import { closedBy } from './closed.ts';
import type { EffectOf } from './message.ts';
import { writes } from './message.ts';
import {
  type ConfirmOverlay,
  type Effect,
  flash,
  type Overlay,
  type State,
  type Step,
  type TypedOverlay,
} from './model.ts';

/** What has to be typed, or `y`, or nothing because the effect changes nothing by itself. */
type Answer = 'nothing' | 'y' | { readonly typed: string };

const typedFor = (names: readonly string[]): Answer => ({
  typed: names.length === 1 ? names[0]! : String(names.length),
});

/** How each effect is asked about before it happens: the compiler demands a row for every one. */
const answers: {
  readonly [Type in Effect['type']]: Answer | ((effect: EffectOf<Type>) => Answer);
} = {
  run: ({ names }) => (names.length === 1 ? 'y' : typedFor(names)),
  'run-again': ({ count }) => (count > 1 ? { typed: String(count) } : 'y'),
  'set-disabled': 'y',
  delete: ({ plan }) => typedFor(plan.items.map(({ name }) => name)),
  clear: ({ names }) => typedFor(names),
  'apply-plan': ({ plan, names }) => {
    const deleted = plan.items.filter(
      ({ name, kind }) => kind === 'delete' && names.includes(name),
    );
    return deleted.length === 0 ? 'y' : typedFor(deleted.map(({ name }) => name));
  },
  // What one typed and saved is not asked about; what somebody else typed meanwhile is.
  'save-schedule': ({ over }) => (over ? 'y' : 'nothing'),
  refresh: 'nothing',
  pace: 'nothing',
  'load-runs': 'nothing',
  'load-output': 'nothing',
  follow: 'nothing',
  undo: 'nothing',
  'list-journal': 'nothing',
  'read-operation': 'nothing',
  'set-paused': 'y',
  'read-overview': 'nothing',
  'read-history': 'nothing',
  'read-runs': 'nothing',
  'ask-why': 'nothing',
  compare: 'nothing',
  'open-context': 'nothing',
  'settle-cluster': 'y',
  agenda: 'nothing',
  lint: 'nothing',
  'read-ttls': 'nothing',
  'count-crowd': 'nothing',
  'find-calm': 'nothing',
  snapshot: 'nothing',
  'list-snapshots': 'nothing',
  'note-snapshot': 'nothing',
  'plan-prune': 'nothing',
  prune: ({ files }) => ({ typed: String(files.length) }),
  'verify-snapshots': 'nothing',
  'look-inside': 'nothing',
  'leave-snapshot': 'nothing',
  resume: 'nothing',
  discard: 'y',
  'plan-maintenance': 'nothing',
  'forget-maintenance': 'y',
  'stop-again': 'nothing',
  'find-again': 'nothing',
  'discard-again': 'y',
  'plan-edits': 'nothing',
  'plan-undo': 'nothing',
  'plan-restore': 'nothing',
  'open-plan': 'nothing',
  'keep-plan': 'nothing',
  'plan-from': 'nothing',
  export: 'nothing',
  'keep-draft': 'nothing',
  'save-text': 'nothing',
  'edit-outside': 'nothing',
  copy: 'nothing',
  'check-later': 'nothing',
  'rest-later': 'nothing',
  'forget-later': 'nothing',
  redraw: 'nothing',
  suspend: 'nothing',
  quit: 'nothing',
};

export function answerTo(effect: Effect): Answer {
  const answer = answers[effect.type] as Answer | ((effect: Effect) => Answer);
  return typeof answer === 'function' ? answer(effect) : answer;
}

/** In a protected context every change is agreed to by typing: what is lost, else where it is. */
const stronger = (answer: Answer, name: string): Answer =>
  typeof answer === 'object' ? answer : { typed: name };

export interface Question {
  /** Ends with `?`, or says what would be lost. */
  readonly question: string;
  /** More to know before one answers, a line each. */
  readonly more?: readonly string[];
  /** What `y` does, in a word: `run`. */
  readonly verb: string;
  /** What is said while it is done: `running etl`. */
  readonly doing: string;
  readonly effect: Effect;
}

/** Asks before the effect happens, as strongly as its row in the table says. */
export function ask(state: State, { question, more = [], verb, doing, effect }: Question): Step {
  const why = writes[effect.type] ? closedBy(state) : null;
  if (why !== null) return [flash(state, 'info', why), []];
  const { protectedAs } = state.setting;
  const guarded = protectedAs !== null && writes[effect.type];
  const answer = guarded ? stronger(answerTo(effect), protectedAs) : answerTo(effect);
  if (answer === 'nothing') return [state, [effect]];
  const common = {
    doing,
    effect: guarded ? { ...effect, agreed: protectedAs } : effect,
    quietSince: null,
    under: state.overlay,
  };
  const overlay: Overlay =
    answer === 'y'
      ? { ...common, kind: 'confirm', question: [question, ...more].join(' '), verb }
      : {
          ...common,
          kind: 'typed',
          question: [question, ...more],
          expected: answer.typed,
          line: lineOf(''),
        };
  return [{ ...state, overlay }, []];
}

/** So long nothing may have been typed before a key answers, ms: keys in a burst come closer. */
export const quietTime = 250;

type Asking = ConfirmOverlay | TypedOverlay;

export const isQuestion = (overlay: Overlay | null): overlay is Asking =>
  overlay?.kind === 'confirm' || overlay?.kind === 'typed';

/** The question stands on the screen. */
export const painted = (state: State, at: number): State =>
  isQuestion(state.overlay) && state.overlay.quietSince === null
    ? { ...state, overlay: { ...state.overlay, quietSince: at } }
    : state;

/** Whether a key came in a burst, or before the question could be read. */
export const isEarly = ({ quietSince }: Asking, key: Key, at: number): boolean =>
  quietSince === null || key.coalesced || at - quietSince < quietTime;

/** The question once a key was pressed: from then on it has to be quiet again. */
export const heard = <Q extends Asking>(asking: Q, at: number): Q =>
  asking.quietSince === null ? asking : { ...asking, quietSince: at };

/** Nothing happens; what lay under the question has the keys again. */
export const leave = (state: State, { under }: Asking): Step => [
  flash({ ...state, overlay: under }, 'info', 'cancelled: nothing was written'),
  [],
];
