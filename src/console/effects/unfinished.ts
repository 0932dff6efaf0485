/** Operations that were interrupted, here or in another program: told, finished, left as they are. */
import type { Clock } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import { inTurns } from '../../base/steps.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Guard } from '../../dkron/write/guard.ts';
import type { FileJournal } from '../../journal/file.ts';
import type { Begin } from '../../plan/apply.ts';
import { checkSteps } from '../../plan/check.ts';
import { writable } from '../../plan/compare.ts';
import type { MaintenanceStep, RestorePlan, RestoreResult } from '../../plan/model.ts';
import { interrupted, waitingText } from '../../plan/outcome.ts';
import { findRest } from '../../plan/unfinished/resume.ts';
import type { Taken, UnfinishedStore, Whereabouts } from '../../plan/unfinished/store.ts';
import { forgetUndone } from '../../plan/unfinished/undone.ts';
import type { Message } from '../state/model.ts';
import { judging } from './judging.ts';
import type { Kept, MaintenanceEffects } from './maintenance.ts';

export interface UnfinishedEffects {
  /** Says what there is. */
  readonly tell: () => Promise<void>;
  /** Shows what is left of it. */
  readonly resume: (operation: string) => Promise<void>;
  readonly discard: (operation: string) => Promise<void>;
  /** Forgets what a plan took back; gives it in words. */
  readonly forgetUndone: (
    plan: RestorePlan,
    results: readonly RestoreResult[],
  ) => Promise<readonly string[]>;
  /** For a new operation, as people call it, or for one that is gone on with; or for a step of a maintenance. */
  readonly keep: (title: string, resumes?: string, step?: MaintenanceStep) => Promise<Kept>;
}

export interface UnfinishedOptions {
  readonly client: Dkron;
  readonly store: UnfinishedStore;
  readonly maintenance: Pick<MaintenanceEffects, 'keep' | 'tell'>;
  readonly journal: FileJournal;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly serverZone: string;
  /** Whether a token is shown to the server. */
  readonly token?: boolean;
  readonly cluster: () => Whereabouts['cluster'];
  readonly dispatch: (message: Message) => void;
}

export function createUnfinishedEffects(options: UnfinishedOptions): UnfinishedEffects {
  const {
    client,
    store,
    maintenance,
    journal,
    guard,
    clock,
    serverZone,
    token,
    cluster,
    dispatch,
  } = options;
  const say = (level: 'ok' | 'info' | 'error', text: string): void =>
    dispatch({ type: 'flash', flash: { level, text } });

  /** Those that were told of. While one is gone on with it is not left, and it is no news when it is again. */
  const told = new Set<string>();

  async function tellLeft(): Promise<void> {
    try {
      const { left, passedOver } = await store.found();
      const isNews = left.length > 0 && !told.has(left[0]!.operation);
      for (const { operation } of left) told.add(operation);
      dispatch({ type: 'unfinished', left, isNews });
      const [first] = passedOver;
      if (first !== undefined) say('error', `skipped: ${first}`);
    } catch (error) {
      // It keeps nobody from his work.
      if (!(error instanceof OperatorError)) throw error;
      say('error', error.message);
    }
  }

  const tell = async (): Promise<void> =>
    void (await Promise.all([maintenance.tell(), tellLeft()]));

  async function show(taken: Taken): Promise<void> {
    dispatch({ type: 'waiting', text: 'looking how far it came' });
    const { plan, live } = await findRest(client, taken, {
      journal,
      clock,
      elsewhere: (signal) => guard.check(signal),
      onWait: (failure) => say('info', waitingText(failure)),
    });
    const around = await judging({ client, serverZone, token, now: clock.now });
    const checked = await inTurns(checkSteps(plan, live.jobs, around));
    if (writable(checked).length === 0) await taken.end([]);
    dispatch({ type: 'rest', operation: taken.operation, plan: checked });
  }

  return {
    tell,
    resume: async (operation) => {
      const taken = await store.take(operation);
      try {
        await show(taken);
      } finally {
        await taken.release();
        await tell();
      }
    },
    discard: async (operation) => {
      const taken = await store.take(operation);
      await taken.end([]);
      say('ok', `forgotten: ${taken.title}; what of it was written stays, and u can take it back`);
      await tell();
    },
    forgetUndone: (plan, results) =>
      forgetUndone(store, plan, results).catch((error: unknown) => {
        // It keeps nobody from his work.
        if (!(error instanceof OperatorError)) throw error;
        return [error.message];
      }),
    keep: async (title, resumes, step) => {
      if (step !== undefined) return maintenance.keep(step);
      if (resumes === undefined)
        return {
          begin: async (what) => {
            const { version } = (await client.server()).value;
            return store.begin(title, { cluster: cluster(), url: client.url, version })(what);
          },
          resumes: null,
          release: async () => {},
        };
      const taken = await store.take(resumes);
      return { begin: endOf(taken), resumes: taken, release: taken.release };
    },
  };
}

/** What is not marked is not left for good: the operation is over when all of it is done, or discarded. */
const endOf =
  ({ end }: Taken): Begin =>
  async ({ plan, names }) => {
    const rest = writable(plan).filter((name) => !names.has(name));
    return (results) => end([...results, ...rest.map((name) => ({ name, ...interrupted() }))]);
  };
