/** The clusters of other contexts: they are read, and nothing is changed there. */
import { OtherCluster, UsageError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { nameOf } from '../../cluster/identify.ts';
import { judge } from '../../cluster/judge.ts';
import { type Answering, checkTwo } from '../../cluster/one.ts';
import type { Register } from '../../cluster/register.ts';
import { lookAsFarAsNeeded } from '../../cluster/sighting.ts';
import { calledOf, type Target } from '../../config/target.ts';
import { openReach } from '../../contexts/reach.ts';
import { createClient, type Dkron } from '../../dkron/client.ts';

/**
 * Works with the cluster of a context, whose connections are closed afterwards. Throws UsageError where that is
 * the one that is shown, OtherCluster where the context does not lead to its own any more.
 */
export type WithContext = <T>(context: string, work: (from: Answering) => Promise<T>) => Promise<T>;

export interface ElsewhereOptions {
  /** Those that one can choose from. */
  readonly contexts: readonly Target[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  /** The cluster that is shown. */
  readonly shown: Answering;
  readonly register: Pick<Register, 'last'>;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Told what an operator should know though it works: a sentence. */
  readonly warn: (text: string) => void;
}

export interface ElsewhereEffects {
  readonly with: WithContext;
  /** Ends what is under way. */
  readonly close: () => Promise<void>;
}

export function createElsewhere(options: ElsewhereOptions): ElsewhereEffects {
  const { contexts, env, log, shown, register, now, warn } = options;
  const open = new Set<() => Promise<void>>();

  /** A port-forward may lead elsewhere today. */
  async function checkContext(context: string, dkron: Dkron): Promise<void> {
    const last = await register.last({ context, address: dkron.url });
    if (last === null || !last.reached.some((way) => way.context === context)) return;
    const seen = await lookAsFarAsNeeded(dkron, last.fingerprint, now);
    const { verdict, why } = judge(last.fingerprint, seen);
    if (verdict !== 'other') return;
    throw new OtherCluster(
      `the context ${context} leads to another cluster than ${nameOf(last)}: ${why}`,
      { data: 'Nothing was written.', next: 'Make it lead there again: check the port-forward.' },
    );
  }

  return {
    with: async (context, work) => {
      const target = contexts.find((one) => one.context === context);
      if (target === undefined) throw new UsageError(`there is no context ${context}`);
      const reach = openReach(target, { env, warn });
      const dkron = createClient({ route: reach.route, log });
      const close = async (): Promise<void> => {
        open.delete(close);
        await dkron.close();
        await reach.close();
      };
      open.add(close);
      try {
        await checkContext(context, dkron);
        const from = { dkron, called: calledOf({ label: target.label ?? context }, dkron) };
        await checkTwo(from, shown, now);
        return await work(from);
      } finally {
        await close();
      }
    },
    close: async () => {
      await Promise.all([...open].map((close) => close()));
    },
  };
}
