/** How a run ended, by its executions. */
import { lastWords, runKey } from '../../dkron/execution.ts';
import { reasonIn } from '../../dkron/remainder.ts';
import type { Execution } from '../../dkron/shapes.ts';
import { failuresOf } from '../../dkron/write/run-end.ts';
import { type AgainState, stateOf } from './state.ts';

/** `executions`: newest first, with the ends of their outputs. */
export function endOfRun(name: string, executions: readonly Execution[]): AgainState {
  const failed = failuresOf(executions);
  const [first = executions[0]] = failed;
  if (first === undefined) return stateOf(name, 'unknown', 'no execution of it is listed');
  if (failed.length === 0)
    return stateOf(name, 'succeeded', lastWords(first.output), runKey(first));
  const why = [...new Set([reasonIn(first), lastWords(first.output)])].filter(
    (text) => text !== '',
  );
  const nodes = failed.map(({ node_name }) => node_name).join(', ');
  return stateOf(
    name,
    'failed',
    `on ${nodes}: ${why.join(' · ') || 'it printed nothing'}`,
    runKey(first),
  );
}
