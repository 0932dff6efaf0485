/** One look at a cluster, as a command takes it: who should have run by what can be seen now. */
import { OperatorError, ServerError } from '../base/errors.ts';
import type { Dkron } from '../dkron/client.ts';
import { livingNodes } from '../dkron/nodes.ts';
import type { Execution, Server } from '../dkron/shapes.ts';
import type { JobText } from '../job/job.ts';
import { type Standings, standingsOf } from '../job/status.ts';
import { type JobTable, tableOf } from '../job/table.ts';
import { createOverseer, type Overseer, type OverseerOptions } from './overseer.ts';

export interface Overseen {
  readonly overseer: Overseer;
  readonly jobs: JobTable;
  /** By the server's clock, ms since the epoch. */
  readonly now: number;
  /** Null: it does not tell. */
  readonly server: Server | null;
  /** How the jobs stand by all that. */
  readonly standings: Standings;
}

export interface OnceOptions extends OverseerOptions {
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Executions of so many suspects are read at most, one after the other. */
  readonly suspects: number;
}

/** A dead node makes Dkron think for ten seconds about what runs. */
const patience = 2_000;

export async function overseeOnce(
  dkron: Dkron,
  listed: readonly JobText[],
  options: OnceOptions,
): Promise<Overseen> {
  const { signal, now, suspects } = options;
  const jobs = tableOf(listed);
  const readAt = now() - dkron.skew;
  const hasTags = jobs.rows.some(({ tags }) => tags !== null);
  const [server, leader, members, first] = await Promise.all([
    dkron.server({ signal }).catch(noneFor),
    dkron.leader({ signal }).catch(noneFor),
    hasTags ? dkron.members({ signal }).catch(noneFor) : null,
    busyOf(dkron, signal),
  ]);
  const overseer = createOverseer(options);
  const nodes = members === null ? undefined : livingNodes(members.value);
  const sight = {
    jobs,
    fresh: null,
    at: readAt,
    leader: leader === null ? undefined : (leader.value?.Name ?? null),
    version: server?.value.version,
    nodes,
  };
  const at = (): number => now() - dkron.skew;
  overseer.saw({ ...sight, busy: first });
  work(overseer, at());
  let busy = first;
  for (let read = 0; read < suspects; read++) {
    const name = overseer.suspect();
    if (name === null) break;
    const answer = await dkron.executions(name, { signal, outputLimit: 0 }).catch(noneFor);
    // Whether really nobody runs what has no end: it may have begun or ended meanwhile.
    busy = await busyOf(dkron, signal);
    overseer.saw({ ...sight, busy });
    overseer.told(name, answer?.value ?? null, at());
    work(overseer, at());
  }
  const standings = standingsOf(
    (busy ?? []).map(({ job_name }) => job_name),
    [...overseer.troubles()].map(([name, { state }]) => [name, state] as const),
  );
  return { overseer, jobs, standings, now: at(), server: server?.value ?? null };
}

function work(overseer: Overseer, now: number): void {
  for (let next = overseer.work(now, Number.MAX_SAFE_INTEGER); next !== null && next <= now; )
    next = overseer.work(now, Number.MAX_SAFE_INTEGER);
}

function noneFor(error: unknown): null {
  if (error instanceof OperatorError) return null;
  throw error;
}

async function busyOf(dkron: Dkron, signal: AbortSignal): Promise<readonly Execution[] | null> {
  const limit = AbortSignal.timeout(patience);
  try {
    return (await dkron.busy({ signal: AbortSignal.any([signal, limit]) })).value;
  } catch (error) {
    if (limit.aborted || error instanceof ServerError) return null;
    throw error;
  }
}
