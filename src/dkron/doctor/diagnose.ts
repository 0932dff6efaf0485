/** One look after the other at what stands between this machine and a Dkron that works. */
import type { Log } from '../../base/log.ts';
import { createClient, type Dkron } from '../client.ts';
import type { Route } from '../route.ts';
import { whoAnswers } from './answer.ts';
import { type Check, skipped } from './check.ts';
import { health } from './health.ts';
import type { Network } from './network.ts';
import { wayTo } from './way.ts';

export interface Diagnosis {
  readonly route: Route;
  readonly network: Network;
  readonly signal: AbortSignal;
  readonly log?: Log;
  /** What else is looked at where all went well so far; `largest`: the bytes of the largest job. */
  readonly more?: (client: Dkron, largest: number) => AsyncIterable<Check>;
}

/**
 * Each check as it is made; the last one is the one behind which nothing can be looked at. Changes
 * nothing. Throws the signal's reason.
 */
export async function* diagnose(diagnosis: Diagnosis): AsyncGenerator<Check> {
  const { route, network, signal, log, more } = diagnosis;
  const way = yield* wayTo(route, network, signal);
  if (way === null) return;
  const client = createClient({ route, ...(log === undefined ? {} : { log }) });
  try {
    const server = yield* whoAnswers(client, route, way, signal);
    if (server === null) return;
    const jobs = yield* health(client, server, signal);
    if (more === undefined) return;
    if (jobs !== null) yield* more(client, jobs.largest);
    else yield skipped('write', 'not tried: the jobs cannot be read');
  } finally {
    await client.close();
  }
}
