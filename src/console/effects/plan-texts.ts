/** Plans as texts, opened and kept. */
import { counted } from '../../base/counted.ts';
import { inTurns } from '../../base/steps.ts';
import type { Dkron } from '../../dkron/client.ts';
import { readLive } from '../../dkron/live.ts';
import { checkSteps } from '../../plan/check.ts';
import { renewPlan } from '../../plan/renew.ts';
import { loadPlan, savePlan } from '../../plan/text/file.ts';
import { checkTarget, namesWith } from '../../plan/text/target.ts';
import type { EffectOf, Message } from '../state/message.ts';
import { flash } from './here.ts';
import { judging } from './judging.ts';

export interface PlanTexts {
  readonly open: (file: string) => Promise<void>;
  readonly keep: (what: EffectOf<'keep-plan'>) => Promise<void>;
}

export interface PlanTextOptions {
  readonly client: Dkron;
  /** The cluster that is shown. */
  readonly cluster: () => { readonly id: string; readonly name: string };
  readonly serverZone: string;
  /** Whether a token is shown to the server. */
  readonly token?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly dispatch: (message: Message) => void;
}

export const createPlanTexts = ({
  client,
  cluster,
  serverZone,
  token,
  now,
  dispatch,
}: PlanTextOptions): PlanTexts => ({
  open: async (path) => {
    const file = await loadPlan(path);
    checkTarget(file, cluster(), 'Open that cluster first.');
    const [live, around] = await Promise.all([
      readLive(client, {}),
      judging({ client, serverZone, token, now }),
    ]);
    const plan = renewPlan(file.plan, namesWith(file, 'do', 'ask'), live);
    const marks = [...namesWith(file, 'do')];
    dispatch({
      type: 'plan',
      id: path,
      plan: await inTurns(checkSteps(plan, live.jobs, around)),
      marks,
    });
    const asked = namesWith(file, 'ask').size;
    if (asked > 0)
      dispatch(flash('info', `${counted(asked)} to be asked about: not marked, space marks one`));
  },
  keep: async ({ file: path, source, plan, names, secrets }) => {
    const { version } = (await client.server()).value;
    const at = new Date(now()).toISOString();
    const choices = new Map(names.map((name) => [name, 'do'] as const));
    const about = { at, cluster: cluster(), url: client.url, version, source };
    const clock = { now: now(), serverZone, version };
    await savePlan(path, { ...about, plan, choices }, { secrets, clock });
    dispatch(flash('ok', `the plan is in ${path}: ${counted(names.length)} to write`));
  },
});
