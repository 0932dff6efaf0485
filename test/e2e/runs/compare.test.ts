/** A failed run beside a good one, in the console and by the command. */
import { describe, expect, it } from 'vitest';
import { openConsole, startConsole } from '../driver/console.ts';
import { onEachServerWith } from '../driver/server.ts';

onEachServerWith('shell', (server) => {
  /** Runs it with that command, and waits for the end. */
  async function ran(name: string, command: string, runs: number): Promise<void> {
    const job = { name, schedule: '@manually', executor: 'shell' };
    await server.put({ ...job, executor_config: { command, shell: 'true' } });
    // Dkron 3.2.7 loses the end of some runs that end within a moment, and its answer with it.
    void server.post(`jobs/${name}`).catch(() => {});
    const ended = async () =>
      ((await server.runs(name)) as readonly { finished_at: string }[]).filter(
        ({ finished_at }) => !finished_at.startsWith('0001'),
      );
    await expect.poll(ended, { timeout: 20_000 }).toHaveLength(runs);
  }
  async function ranTwice(name: string): Promise<void> {
    await ran(name, 'echo 02:10:00 start; echo all well; sleep 1', 1);
    await ran(name, 'echo 13:11:59 start; echo disk full; sleep 1; exit 3', 2);
  }

  describe('comparing runs', () => {
    it('shows the first line that truly differs, and the times of both', async () => {
      await ranTwice('nightly');
      const on = await openConsole(server);
      await on.jobs.goTo('nightly');
      await on.press('enter');
      await on.sees('✗ failed', '✓ success');
      await on.press('D');
      await on.sees('older: ✓ success', 'newer: ✗ failed', '− all well', '+ disk full');
      await on.sees('≈ 13:11:59 start', 'difference 1 of');
      await on.press('n');
      await on.sees('difference');
      await on.back(2);
      await on.type(':why nightly\r');
      await on.sees('Why nightly', 'fails since', 'nothing is known to have changed');
      await on.back(1);
    });

    it('prints the same by command, and ends with 3', async () => {
      await ranTwice('hourly');
      const on = await startConsole(server, { args: ['compare-runs', 'hourly'] });
      await on.sees('newer: ✗ failed', '≈ 13:11:59 start', '− all well', '+ disk full');
      await on.endsWith(3);
    });
  });
});
