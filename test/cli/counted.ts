/** A counted server that nothing is remembered of: its port may have been another's in the same run. */
import { rm } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import { type CountedServer, countedServer } from '../support/counted-server.ts';
import type { Definition } from '../support/jobs.ts';
import { forgetAt } from '../support/kept.ts';
import { places } from './run.ts';

export async function counted(...jobs: Definition[]): Promise<CountedServer> {
  const server = await countedServer(...jobs);
  await forgetAt(places, server.url);
  // What answers is compared with each cluster that is known.
  onTestFinished(() => rm(places.clusters, { recursive: true, force: true, maxRetries: 9 }));
  return server;
}
