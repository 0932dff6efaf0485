/** The maintenance of the cluster that is shown: which goes on, by whichever program; how a step of it is kept. */
import type { Clock } from '../../base/clock.ts';
import { NotFound, OperatorError } from '../../base/errors.ts';
import { inTurns } from '../../base/steps.ts';
import type { Dkron } from '../../dkron/client.ts';
import type { Guard } from '../../dkron/write/guard.ts';
import type { FileJournal } from '../../journal/file.ts';
import { checkSteps } from '../../plan/check.ts';
import { writable } from '../../plan/compare.ts';
import { findEnd } from '../../plan/maintenance/end.ts';
import { closeStep, type Keeping, keepStep } from '../../plan/maintenance/keep.ts';
import { planStarted } from '../../plan/maintenance/plan.ts';
import type { MaintenanceRecord } from '../../plan/maintenance/record.ts';
import type { MaintenanceStore } from '../../plan/maintenance/store.ts';
import type { MaintenanceStep } from '../../plan/model.ts';
import { waitingText } from '../../plan/outcome.ts';
import { findRest, type Rest, type Resuming } from '../../plan/unfinished/resume.ts';
import { maintenanceId } from '../state/maintenance.ts';
import type { Message } from '../state/model.ts';
import { judging } from './judging.ts';

/** How an operation is kept while it is carried out. */
export interface Kept extends Keeping {
  /** Lets go of it, whatever became of it. Never rejects. */
  readonly release: () => Promise<void>;
}

export interface MaintenanceEffects {
  /** Says what goes on, where that is news. */
  readonly tell: () => Promise<void>;
  /** Shows what a step of the one that goes on has left to do. */
  readonly plan: (step: MaintenanceStep['step']) => Promise<void>;
  readonly forget: () => Promise<void>;
  /** For a plan that takes this step. Throws OperatorError where it cannot be taken any more. */
  readonly keep: (wanted: MaintenanceStep) => Promise<Kept>;
}

export interface MaintenanceOptions {
  readonly client: Dkron;
  readonly store: MaintenanceStore;
  readonly journal: FileJournal;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly serverZone: string;
  /** Whether a token is shown to the server. */
  readonly token?: boolean;
  readonly dispatch: (message: Message) => void;
}

export function createMaintenanceEffects(options: MaintenanceOptions): MaintenanceEffects {
  const { client, store, journal, guard, clock, serverZone, token, dispatch } = options;
  const say = (level: 'ok' | 'info' | 'error', text: string): void =>
    dispatch({ type: 'flash', flash: { level, text } });
  const looking: Resuming = {
    journal,
    clock,
    elsewhere: (signal) => guard.check(signal),
    onWait: (failure) => say('info', waitingText(failure)),
  };
  let told = 'null';

  async function tell(): Promise<void> {
    try {
      const seen = await store.head();
      const text = JSON.stringify(seen);
      if (text === told) return;
      told = text;
      dispatch({ type: 'maintenance', seen });
    } catch (error) {
      // It keeps nobody from his work; said once.
      if (!(error instanceof OperatorError)) throw error;
      if (told === error.message) return;
      told = error.message;
      say('error', error.message);
    }
  }

  async function restOf(step: MaintenanceStep['step'], record: MaintenanceRecord): Promise<Rest> {
    if (step === 'end') return findEnd(client, record, looking);
    const begun = { operation: record.operation, plan: planStarted(record) };
    return findRest(client, begun, looking);
  }

  return {
    tell,
    plan: async (step) => {
      const held = await store.take();
      try {
        if (held.record === null) throw nothing;
        const { plan, live } = await restOf(step, held.record);
        const around = await judging({ client, serverZone, token, now: clock.now });
        const checked = await inTurns(checkSteps(plan, live.jobs, around));
        // To look at an end is not to end it.
        if (step === 'start') await closeStep(held, checked, journal);
        const marks = writable(checked);
        dispatch({ type: 'plan', id: maintenanceId(step), plan: checked, marks });
        if (marks.length === 0) say('info', nothingLeft[step]);
      } finally {
        await held.release();
        await tell();
      }
    },
    forget: async () => {
      await store.forget();
      say('ok', 'the maintenance is forgotten: all jobs stay as they are');
      await tell();
    },
    keep: async (wanted) => {
      const held = await store.take();
      try {
        const now = (): string => new Date(clock.now()).toISOString();
        return { ...keepStep(held, wanted, { journal, now }), release: held.release };
      } catch (error) {
        await held.release();
        throw error;
      }
    },
  };
}

const nothingLeft: Readonly<Record<MaintenanceStep['step'], string>> = {
  start: 'it has started: no job is left to disable',
  end: 'no job is left to enable: :maintenance-forget ends it',
};

const nothing = new NotFound('no maintenance goes on any more', { data: 'Nothing was changed.' });
