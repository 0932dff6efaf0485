/** A counted server that nothing is remembered of: its port may have been another's in the same run. */
import { type CountedServer, countedServer } from '../support/counted-server.ts';
import type { Definition } from '../support/jobs.ts';
import { forgetAt } from '../support/kept.ts';
import { places } from './run.ts';

export async function counted(...jobs: Definition[]): Promise<CountedServer> {
  const server = await countedServer(...jobs);
  await forgetAt(places, server.url);
  return server;
}
