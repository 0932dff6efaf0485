/** Why a job fails, as the console asks for it: a piece at a time, keys are heard meanwhile. */
import { setImmediate } from 'node:timers/promises';
import { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { nodeChanges } from '../../why/nodes.ts';
import { type Sources, whyOf } from '../../why/why.ts';
import type { Message, State } from '../state/model.ts';
import { outputLimit } from '../state/runs.ts';

interface WhyOptions {
  readonly client: Dkron;
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

export type Whose = Pick<Sources, 'folder' | 'cluster' | 'journal'>;

export const createWhy =
  ({ client, state, dispatch }: WhyOptions) =>
  async (job: string, whose: Whose): Promise<void> => {
    const none = (text: string, failed: boolean): void =>
      dispatch({ type: 'why', job, why: null, none: { text, failed } });
    try {
      const { value: runs } = await client.executions(job, { outputLimit });
      const { jobs, missed, roster, now } = state();
      // What they printed is compared from here.
      dispatch({ type: 'runs', name: job, runs: { list: runs, at: now } });
      const found = await whyOf(job, runs, {
        ...whose,
        jobs: jobs.byName,
        at: jobs.at ?? now,
        nodes: nodeChanges(roster, missed, now),
        breathe: () => setImmediate(),
      });
      if ('incident' in found) dispatch({ type: 'why', job, why: found });
      else none(found.why, false);
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      none(error.message, true);
    }
  };
