/** Two whole runs and the history of their job, as the console asks for them. Nothing of it is kept. */
import { OperatorError } from '../../base/errors.ts';
import type { Dkron } from '../../dkron/client.ts';
import { readRuns } from '../../runs/read.ts';
import type { Message, State } from '../state/model.ts';
import type { RunComparisonEffect } from '../state/run-comparison.ts';
import { type HistoryEffects, liveSighting } from './history.ts';

interface RunsReaderOptions {
  readonly client: Dkron;
  readonly state: () => State;
  readonly dispatch: (message: Message) => void;
}

type Which = Omit<RunComparisonEffect, 'type'>;

export const createRunsReader =
  ({ client, state, dispatch }: RunsReaderOptions) =>
  async (which: Which, history: Pick<HistoryEffects, 'find'>): Promise<void> => {
    const { job } = which;
    try {
      const find = () => history.find(job, liveSighting(state(), job));
      dispatch({ type: 'runs-read', ...which, runs: await readRuns(client, which, find) });
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      dispatch({ type: 'runs-read', ...which, runs: null, problem: error.message });
    }
  };
