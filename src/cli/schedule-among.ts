/** A schedule beside the jobs of a server: with whom it would start in the same second. */
import { type Stampede, stampedeOf } from '../job/stampede.ts';
import { jobFrom } from '../job/templates.ts';
import { millisFromInstant } from '../schedule/index.ts';
import { withDkron } from './connect.ts';
import type { Invocation } from './invocation.ts';
import { liveJobs } from './live.ts';
import type { ScheduleCase } from './schedule-answer.ts';

export interface Among {
  /** As this server reads it, where nothing else was said. */
  readonly asked: ScheduleCase;
  /** Null where it does not start by the clock. */
  readonly stampede: Stampede | null;
}

/** A job of that name, where the server has one, calls its host, and is not among the others. */
export function among(invocation: Invocation, given: ScheduleCase): Promise<Among> {
  const { io, target } = invocation;
  return withDkron(invocation, async (dkron) => {
    const server = await dkron.server({ signal: io.signal });
    const { jobs } = await liveJobs(invocation, dkron);
    const asked: ScheduleCase = {
      serverTimezone: target.serverZone,
      version: server.value.version,
      ...given,
    };
    const { name = '', schedule, timezone = '', serverTimezone = 'UTC', version, from } = asked;
    const there = jobs.find((job) => job.name === name) ?? jobFrom('http', name);
    const job = { ...there, schedule, timezone, parent_job: '' };
    const others = jobs.filter((other) => other.name !== name);
    const clock = { now: millisFromInstant(from), serverZone: serverTimezone, version };
    return { asked, stampede: stampedeOf(job, others, clock) };
  });
}
