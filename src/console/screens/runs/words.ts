import { unfinished } from '../../../dkron/execution.ts';
import type { Execution } from '../../../dkron/shapes.ts';

/** Where a run was, which try of it, and how it went, once that is so: `n1  try 2  ✗`. */
export const wordsOfRun = (run: Execution): string =>
  [
    run.node_name,
    ...(run.attempt > 1 ? [`try ${run.attempt}`] : []),
    ...(unfinished(run) ? [] : [run.success ? '✓' : '✗']),
  ].join('  ');
