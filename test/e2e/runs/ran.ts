/** Runs of a shell job on a server, waited for to their end. */
import { expect, vi } from 'vitest';
import type { Server } from '../driver/server.ts';

/** Writes the job with that command, and runs it: then there are so many runs. */
export async function ran(server: Server, name: string, command: string, runs: number) {
  const job = { name, schedule: '@manually', executor: 'shell' };
  await server.put({ ...job, executor_config: { command, shell: 'true' } });
  await ranAsItIs(server, name, runs);
}

export async function ranAsItIs(server: Server, name: string, runs: number): Promise<void> {
  // Dkron 3.2.7 loses the end of some runs that end within a moment, and its answer with it.
  void server.post(`jobs/${name}`).catch(() => {});
  const ended = async () =>
    ((await server.runs(name)) as readonly { finished_at: string }[]).filter(
      ({ finished_at }) => !finished_at.startsWith('0001'),
    );
  await vi.waitFor(async () => expect(await ended()).toHaveLength(runs), {
    timeout: 20_000,
    interval: 50,
  });
}
