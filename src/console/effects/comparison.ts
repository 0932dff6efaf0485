/** Two sets of jobs compared, as the console asks for it. */
import { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { compareSides } from '../../snapshot/diff/compare.ts';
import { openSides, type Which } from '../../snapshot/diff/open.ts';
import type { Message } from '../state/model.ts';

const scope = 'definition';

export type Compare = (from: string, to: Which) => Promise<void>;

export const createCompare =
  (client: Dkron, now: () => number, dispatch: (message: Message) => void): Compare =>
  async (from, to) => {
    try {
      const [a, b] = await openSides(from, to, { scope, now, onServer: (work) => work(client) });
      const comparison = await compareSides(a.side, b.side, scope);
      const titled = { from: a.title, to: b.title, ...comparison };
      dispatch({ type: 'compared', from, to, comparison: titled });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      dispatch({ type: 'compared', from, to, comparison: null, problem: error.message });
    }
  };
