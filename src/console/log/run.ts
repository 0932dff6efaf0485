import type { Execution } from '../../dkron/shapes.ts';
import type { ReadRuns } from '../../runs/compare.ts';
import { historyOf } from './history.ts';
import type { Veil } from './veil.ts';

/** What the console shows of a run; fields of newer versions may hold anything. */
export const ranOf = (run: Execution, veil: Veil): Execution => ({
  id: run.id,
  job_name: run.job_name,
  started_at: run.started_at,
  finished_at: run.finished_at,
  success: run.success,
  output: veil.text(run.output),
  output_truncated: run.output_truncated,
  node_name: run.node_name,
  group: run.group,
  attempt: run.attempt,
});

export const readRunsOf = ({ older, newer, history }: ReadRuns, veil: Veil): ReadRuns => ({
  older: ranOf(older, veil),
  newer: ranOf(newer, veil),
  history: 'why' in history ? { why: veil.sentence(history.why) } : historyOf(history, veil),
});
