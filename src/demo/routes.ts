/** Which handler answers what (Dkron api.go APIRoutes over gin). */
import type { Answer, Call } from './answer.ts';
import * as jobs from './api-jobs.ts';
import * as node from './api-node.ts';
import type { State } from './state.ts';

export type Handler = (state: State, call: Call) => Answer | Promise<Answer>;

interface Route {
  readonly methods: readonly string[];
  readonly path: RegExp;
  readonly handler: Handler;
}

const route = (methods: string, path: string, handler: Handler): Route => ({
  methods: methods.split(' '),
  // As gin has it, a part in the middle of a path may be empty, the last one not.
  path: new RegExp(`^${path.replace(/:\w+$/, '([^/]+)').replace(/:\w+/g, '([^/]*)')}$`),
  handler,
});

const routes: readonly Route[] = [
  route('GET', '/health', node.health),
  route('GET', '/debug/vars', node.variables),
  route('GET', '/v1', node.index),
  route('GET', '/v1/', node.index),
  route('GET', '/v1/members', node.members),
  route('GET', '/v1/leader', node.leader),
  route('GET', '/v1/isleader', node.isLeader),
  route('POST', '/v1/leave', node.leave),
  route('POST', '/v1/restore', node.restoreFile),
  route('GET', '/v1/busy', node.busy),
  route('GET', '/v1/pause', node.isPaused),
  route('POST', '/v1/pause', node.setPaused(true)),
  route('POST', '/v1/unpause', node.setPaused(false)),
  route('GET', '/v1/stats', node.stats),
  route('GET', '/v1/jobs', jobs.listJobs),
  route('POST PATCH', '/v1/jobs', jobs.putJob),
  route('GET', '/v1/jobs/:job', jobs.getJob),
  route('PUT', '/v1/jobs/:job', jobs.putJob),
  route('DELETE', '/v1/jobs/:job', jobs.deleteJob),
  route('POST', '/v1/jobs/:job', jobs.runJob),
  route('POST', '/v1/jobs/:job/run', jobs.runJob),
  route('POST', '/v1/jobs/:job/toggle', jobs.toggleJob),
  route('GET', '/v1/jobs/:job/executions', jobs.listExecutions),
  route('DELETE', '/v1/jobs/:job/executions', jobs.deleteExecutions),
  route('GET', '/v1/jobs/:job/executions/:execution', jobs.getExecution),
];

/** The handler for a decoded path and what the path says. */
export function match(
  method: string,
  path: string,
): { readonly handler: Handler; readonly params: readonly string[] } | undefined {
  for (const { methods, path: pattern, handler } of routes) {
    const found = methods.includes(method) ? pattern.exec(path) : null;
    if (found !== null) return { handler, params: found.slice(1) };
  }
  return undefined;
}
