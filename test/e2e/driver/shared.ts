/**
 * The real Dkrons that all scenarios of a run share: each starts when a scenario first wants it, and
 * is emptied for the next. Vitest sets this up in the process that runs them all.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { atLeast } from '../../../src/base/dkron-version.ts';
import type { Job } from '../../../src/job/job.ts';
import type { ClusterNode, RunningCluster } from '../../support/cluster.ts';
import { type RunningDkron, realDkrons, realDkronsLine } from '../../support/dkron.ts';
import { ask, type RunningServer, type TestServer } from '../../support/servers.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where one asks for the address of a Dkron, by its version. */
    readonly dkrons: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  console.log(realDkronsLine());
  const started = new Map<string, Promise<RunningDkron>>();
  let cluster: Promise<RunningCluster> | null = null;
  const keeper = createServer(async ({ url = '' }, response) => {
    const version = url.slice(1);
    if (version === 'cluster') {
      cluster = cluster?.then((running) => running.whole()) ?? realDkrons()[0]!.startCluster();
      response.end(JSON.stringify(await cluster.then(({ nodes }) => nodes, String)));
      return;
    }
    const dkron = realDkrons().find((one) => one.version === version)!;
    const running = started.get(version) ?? dkron.start();
    started.set(version, running);
    response.end(await running.then((server) => server.url, String));
  });
  keeper.listen(0, '127.0.0.1');
  await once(keeper, 'listening');
  project.provide('dkrons', `http://127.0.0.1:${(keeper.address() as AddressInfo).port}`);
  return async () => {
    keeper.close();
    const stop = async (running: Promise<{ stop(): Promise<void> }>) => (await running).stop();
    await Promise.allSettled([...started.values(), ...(cluster ? [cluster] : [])].map(stop));
  };
}

/** A server without jobs; the demo server is so quick that every scenario has its own. */
export async function sharedServer({ real, version, start }: TestServer): Promise<RunningServer> {
  if (!real) return start();
  const url = await (await fetch(`${inject('dkrons')}/${version}`)).text();
  if (!URL.canParse(url)) throw new Error(url);
  await empty(url, version);
  return { url, stop: async () => {} };
}

/** Three nodes of the newest Dkron at hand, all alive and without jobs, the leader first. */
export async function sharedCluster(): Promise<readonly ClusterNode[]> {
  const nodes: unknown = await (await fetch(`${inject('dkrons')}/cluster`)).json();
  if (!Array.isArray(nodes)) throw new Error(String(nodes));
  await empty(nodes[0].url, realDkrons()[0]!.version);
  return nodes;
}

/** Children first: Dkron deletes no parent. */
async function empty(url: string, version: string): Promise<void> {
  if (atLeast(version, '4.0.9')) await ask(`${url}/v1/unpause`, 'POST');
  for (;;) {
    const jobs = await ask<Job[]>(`${url}/v1/jobs`);
    if (jobs.length === 0) return;
    const childless = jobs.filter(({ dependent_jobs }) => !dependent_jobs?.length);
    if (childless.length === 0) throw new Error(`${url} cannot be emptied: each job has children`);
    for (const { name } of childless) await ask(`${url}/v1/jobs/${name}`, 'DELETE');
  }
}
