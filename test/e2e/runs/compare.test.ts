/** A failed run beside a good one, in the console and by the command. */
import { describe, it } from 'vitest';
import { openConsole, startConsole } from '../driver/console.ts';
import { onEachServerWith } from '../driver/server.ts';
import { ran } from './ran.ts';

onEachServerWith('shell', (server) => {
  async function ranTwice(name: string): Promise<void> {
    await ran(server, name, 'echo 02:10:00 start; echo all well; sleep 1', 1);
    await ran(server, name, 'echo 13:11:59 start; echo disk full; sleep 1; exit 3', 2);
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
