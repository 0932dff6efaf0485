/** Runs jobs again beside the keys: one list at a time, which can be stopped and gone on with. */
import type { Clock } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Door } from '../../dkron/write/door.ts';
import { runAgain } from '../../plan/again/carry-out.ts';
import { restOf } from '../../plan/again/choose.ts';
import type { AgainStore, Begun } from '../../plan/again/record.ts';
import { type AgainState, isOver, stateOf } from '../../plan/again/state.ts';
import { forgottenText, tallySpans, usualAtOnce } from '../../plan/again/words.ts';
import { aroundAgain } from '../state/again-around.ts';
import type { EffectOf } from '../state/message.ts';
import type { AgainRun, Flash, Message, State } from '../state/model.ts';

export interface AgainEffects {
  readonly run: (effect: EffectOf<'run-again'>) => Promise<void>;
  readonly stop: () => void;
  /** Shows what was interrupted. */
  readonly find: () => Promise<void>;
  /** What shows as interrupted goes when it is no more: another program has gone on with it. */
  readonly check: () => Promise<void>;
  readonly discard: () => Promise<void>;
  /** Nothing is asked for or waited for any more; what runs goes on. */
  readonly close: () => void;
}

export interface AgainEffectOptions {
  readonly client: Dkron;
  readonly door: Door;
  readonly store: AgainStore;
  readonly clock: Clock;
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
  readonly refresh: (names?: readonly string[]) => void;
}

/** What becomes of jobs is shown so often, ms. */
const often = 100;

export function createAgainEffects(options: AgainEffectOptions): AgainEffects {
  const { client, door, store, clock, state, dispatch, refresh } = options;
  const closing = new AbortController();
  let stop: AbortController | null = null;
  const tell = (level: Flash['level'], text: string): void =>
    dispatch({ type: 'flash', flash: { level, text } });
  const show = (run: AgainRun | null): void => dispatch({ type: 'again', run });

  async function carryOut(effect: EffectOf<'run-again'>, mine: AbortController): Promise<void> {
    const { items, resumes, agreed = null } = effect;
    const { record, begun } = await recordFor(effect);
    const told = tellInTurns(dispatch, clock);
    show({ items, states: begun?.ended ?? new Map(), stage: 'going' });
    try {
      const states = await runAgain(items, {
        ...{ client, door: door.agreed(agreed), clock, record, atOnce: usualAtOnce },
        ...(resumes && begun && { begun }),
        stop: mine.signal,
        signal: closing.signal,
        patience: Number.POSITIVE_INFINITY,
        onWait: ({ message }) => tell('info', `${message}; waiting until the server answers again`),
        onState: told.state,
      });
      told.end();
      if (closing.signal.aborted) return;
      const ended = states.every(isOver);
      show({ items, states: statesByName(states), stage: ended ? 'over' : 'left' });
      const ranWell = states.every((one) => one.state === 'succeeded');
      const text = tallySpans(states)
        .map((span) => span.text)
        .join(', ');
      tell(ranWell ? 'ok' : 'error', `run again: ${text}${ended ? '' : '; t goes on'}`);
    } finally {
      told.end();
      refresh(items.map(({ name }) => name));
    }
  }

  async function recordFor({ items, resumes }: EffectOf<'run-again'>) {
    if (!resumes) return { record: await store.begin(items), begun: null };
    const { record, ...begun } = await store.take();
    return { record, begun };
  }

  /** Of what was begun elsewhere or before; null for nothing. */
  async function left(): Promise<Begun | null> {
    try {
      return await store.left();
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      tell('error', error.message);
      return null;
    }
  }

  async function find(): Promise<void> {
    const begun = stop === null ? await left() : null;
    if (begun === null || stop !== null) return;
    const { jobs: _, ...around } = aroundAgain(state());
    const { byName: jobs } = state().jobs;
    const jobOf = { get: (name: string) => jobs.get(name)?.job };
    const asked = [...begun.asked.keys()].map((name) => stateOf(name, 'started'));
    const states = new Map([...statesByName(asked), ...begun.ended]);
    show({ items: restOf(begun, jobOf, around), states, stage: 'left' });
  }

  return {
    run: async (effect) => {
      if (stop !== null) return tell('info', 'jobs are run again already');
      const mine = new AbortController();
      stop = mine;
      try {
        await carryOut(effect, mine);
      } catch (error) {
        if (!closing.signal.aborted) throw error;
      } finally {
        stop = null;
      }
    },
    stop: () => stop?.abort(),
    find,
    check: async () => {
      const isLeft = (): boolean => stop === null && state().again?.stage === 'left';
      if (isLeft() && (await left()) === null && isLeft()) show(null);
    },
    discard: async () => {
      await store.forget();
      show(null);
      tell('ok', forgottenText);
    },
    close: () => closing.abort(),
  };
}

const statesByName = (states: readonly AgainState[]): Map<string, AgainState> =>
  new Map(states.map((one) => [one.name, one]));

/** States that come close together are one message. */
function tellInTurns(dispatch: (message: Message) => void, clock: Clock) {
  let waiting: AgainState[] = [];
  let cancel: (() => void) | null = null;
  const end = (): void => {
    cancel?.();
    cancel = null;
    if (waiting.length > 0) dispatch({ type: 'again-states', states: waiting });
    waiting = [];
  };
  return {
    state: (one: AgainState): void => {
      waiting.push(one);
      cancel ??= clock.after(often, end);
    },
    end,
  };
}
