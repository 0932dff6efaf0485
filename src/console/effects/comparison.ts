/** Two sets of jobs compared, as the console asks for it. */
import { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { compareSides } from '../../snapshot/diff/compare.ts';
import { type Opening, openSides } from '../../snapshot/diff/open.ts';
import type { Message } from '../state/model.ts';
import type { Compared } from '../state/screen.ts';
import type { WithContext } from './elsewhere.ts';

const scope = 'definition';

export type Compare = (from: Compared['from'], to: Compared['to']) => Promise<void>;

export interface CompareOptions {
  readonly client: Dkron;
  /** What the cluster that is shown is called. */
  readonly called: string;
  /** Hands out the cluster of another context. */
  readonly elsewhere: WithContext;
  readonly now: () => number;
  readonly dispatch: (message: Message) => void;
}

export function createCompare({
  client,
  called,
  elsewhere,
  now,
  dispatch,
}: CompareOptions): Compare {
  const onServer: Opening['onServer'] = (which, work) =>
    which !== null && 'context' in which
      ? elsewhere(which.context, ({ dkron, called }) => work(dkron, called))
      : work(client, called);
  return async (from, to) => {
    try {
      const [a, b] = await openSides(from, to, { scope, now, onServer });
      const comparison = await compareSides(a.side, b.side, scope);
      const titled = { from: a.title, to: b.title, ...comparison };
      dispatch({ type: 'compared', from, to, comparison: titled });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      dispatch({ type: 'compared', from, to, comparison: null, problem: error.message });
    }
  };
}
