import { OperatorError } from '../base/errors.ts';
import type { Dkron, ReadOptions } from '../dkron/client.ts';
import type { History } from '../snapshot/history/history.ts';
import type { ReadRuns } from './compare.ts';

interface Which {
  readonly job: string;
  /** Ids of executions. */
  readonly older: string;
  readonly newer: string;
}

/**
 * Two runs with their whole outputs, and what is known of their job. Throws OperatorError for what the
 * server refuses; a history that cannot be read is told in the answer.
 */
export async function readRuns(
  client: Dkron,
  { job, older, newer }: Which,
  historyOf: () => Promise<History>,
  reading: ReadOptions = {},
): Promise<ReadRuns> {
  // One after the other: older servers send the outputs of all runs for one.
  const first = (await client.execution(job, older, reading)).value;
  const second = (await client.execution(job, newer, reading)).value;
  return { older: first, newer: second, history: await historyOr(historyOf) };
}

async function historyOr(historyOf: () => Promise<History>): Promise<ReadRuns['history']> {
  try {
    return await historyOf();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { why: error.message };
  }
}
