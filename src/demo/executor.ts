/** Hands a job to its executor and keeps what it says (Dkron grpc_agent.go AgentRun). */

import { HttpExecutor } from './executor-http.ts';
import { simulateShell } from './executor-shell.ts';
import type { Job } from './job.ts';
import type { Execute, Result, Told } from './run.ts';

/** Bytes of output that are kept: the last ones. */
const MAX_OUTPUT = 256_000;

export function createExecutor(closed: AbortSignal): Execute {
  const http = new HttpExecutor();
  const execute = async (job: Job, told: Told): Promise<Result> => {
    const config = job.executor_config ?? new Map<string, string>();
    if (job.executor === 'http') return http.execute(config, closed);
    if (job.executor === 'shell') return simulateShell(config, told, closed);
    const output = job.executor === '' ? noExecutor : unknownExecutor;
    return { success: false, output, simulated: false };
  };
  return async (job, told) => {
    const result = await execute(job, told);
    return { ...result, output: last(result.output) };
  };
}

const unknownExecutor = 'grpc_agent: Specified executor is not present';

const noExecutor =
  'grpc: Error on execution streaming, agent connection was abruptly terminated: rpc error: code = Unknown desc = grpc_agent: No executor defined, nothing to do';

function last(output: string): string {
  const bytes = Buffer.from(output);
  return bytes.length <= MAX_OUTPUT ? output : bytes.subarray(-MAX_OUTPUT).toString();
}
