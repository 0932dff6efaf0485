/** How long runs took, by the executions that Dkron keeps of a job. */
import { mostRuns, type RunTimes, runOf } from '../job/run-times/times.ts';
import { serverTime } from '../job/time.ts';
import { durationOf, unfinished } from './execution.ts';
import type { Execution } from './shapes.ts';

/** `at`: when they were read, ms since the epoch; `ends`: how many ends of runs the job had counted by then. */
export function timesOf(
  executions: readonly Execution[],
  { at, ends }: Pick<RunTimes, 'at' | 'ends'>,
): RunTimes {
  const ended = executions.filter((run) => !unfinished(run));
  const inOrder = ended.sort((a, b) => startOf(a) - startOf(b)).slice(-mostRuns);
  return { at, ends, runs: inOrder.map((run) => runOf(Math.round(durationOf(run)), run.success)) };
}

const startOf = ({ started_at }: Execution): number => serverTime(started_at)?.getTime() ?? 0;
