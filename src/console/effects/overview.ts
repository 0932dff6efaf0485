/** Reads how the cluster is, one reading at a time. */
import type { Clock } from '../../base/clock.ts';
import type { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { readOverview } from '../../dkron/overview/read.ts';
import type { Message } from '../state/model.ts';

export interface OverviewReaderOptions {
  readonly client: Dkron;
  readonly clock: Pick<Clock, 'now'>;
  readonly dispatch: (message: Message) => void;
  readonly known: (error: unknown) => OperatorError;
}

/** As many as a wide screen has rows for, and as Dkron's own page shows. */
const days = 30;

export function createOverviewReader(options: OverviewReaderOptions): () => Promise<void> {
  const { client, clock, dispatch, known } = options;
  let isAsking = false;
  return async () => {
    if (isAsking) return;
    isAsking = true;
    const at = clock.now();
    try {
      dispatch({ type: 'overview', overview: await readOverview(client, { days }), at });
    } catch (error) {
      dispatch({ type: 'overview', overview: null, at, problem: known(error).message });
    } finally {
      isAsking = false;
    }
  };
}
