/** A demo server of a test's own, and the commands on it. */
import { onTestFinished } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import type { Job } from '../../src/job/job.ts';
import { aDefinition, type Definition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';
import { type Ran, run } from './run.ts';

export interface Fresh {
  readonly url: string;
  /** Runs a command where nobody can be asked. */
  dkron(...argv: string[]): Promise<Ran>;
  /** Runs a command on a terminal on which this is typed. */
  typing(typed: string, ...argv: string[]): Promise<Ran>;
  /** Runs a command that another program pipes this into. */
  piping(piped: string, ...argv: string[]): Promise<Ran>;
  /** Writes jobs as curl does, one after the other. */
  post(...jobs: Definition[]): Promise<void>;
  /** Null for no such job. */
  job(name: string): Promise<Job | null>;
  names(): Promise<string[]>;
}

/** A server with these jobs only, and no journal of it yet. */
export async function fresh(...jobs: Definition[]): Promise<Fresh> {
  const { url, close } = await startDemo({ empty: true });
  onTestFinished(close);
  const server: Fresh = {
    url,
    dkron: (...argv) => run([...argv, '--url', url]),
    typing: (typed, ...argv) => run([...argv, '--url', url], { typed }),
    piping: (piped, ...argv) => run([...argv, '--url', url], { piped }),
    async post(...wanted) {
      for (const job of wanted)
        await ask(`${url}/v1/jobs`, 'POST', aDefinition({ schedule: '@manually', ...job }));
    },
    job: (name) => ask<Job>(`${url}/v1/jobs/${name}`).catch(() => null),
    names: async () => (await ask<Job[]>(`${url}/v1/jobs`)).map(({ name }) => name),
  };
  await server.post(...jobs);
  return server;
}
