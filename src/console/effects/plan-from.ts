/** The plan that brings the jobs of another context's cluster to the one that is shown. */
import { inTurns } from '../../base/steps.ts';
import { readLive } from '../../dkron/live.ts';
import { checkSteps } from '../../plan/check.ts';
import { planSource } from '../../plan/from-files.ts';
import { ofCluster } from '../../plan/source.ts';
import { type ContextSource, contextId } from '../state/screen.ts';
import type { CompareOptions } from './comparison.ts';
import { judging } from './judging.ts';

export type PlanFrom = (source: ContextSource) => Promise<void>;

export interface PlanFromOptions extends Omit<CompareOptions, 'called'> {
  /** The zone that the Dkron process runs in. */
  readonly serverZone: string;
  /** Whether a token is shown to the server. */
  readonly token?: boolean;
}

export const createPlanFrom =
  ({ client, elsewhere, serverZone, token, now, dispatch }: PlanFromOptions): PlanFrom =>
  ({ context, policy }) =>
    elsewhere(context, async ({ dkron, called }) => {
      const source = ofCluster(await readLive(dkron, {}));
      const [{ plan, live }, around] = await Promise.all([
        planSource(client, source, { policy }),
        judging({ client, serverZone, token, now }),
      ]);
      const origin = { what: 'restore', source: called };
      dispatch({
        ...{ type: 'plan', id: contextId(context) },
        plan: await inTurns(checkSteps({ ...plan, origin }, live.jobs, around)),
      });
    });
