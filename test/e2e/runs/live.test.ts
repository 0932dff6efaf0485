/** What a run prints before it ends, in the console and by commands. */
import { describe, expect, it } from 'vitest';
import { type Console, openConsole, startConsole } from '../driver/console.ts';
import { onEachServerWith } from '../driver/server.ts';

const printing = (name: string, command: string, more = {}) => ({
  ...{ name, schedule: '@manually', executor: 'shell', ...more },
  executor_config: { command, shell: 'true' },
});
const often = { args: ['--refresh', '0.5'] };

const loops = (lines: string, more: string): string =>
  `for i in ${lines}; do echo line $i; sleep 1; done; ${more}`;

onEachServerWith('shell', (server) => {
  /** The output of the run that was started a moment ago. */
  async function output(on: Console, name: string): Promise<void> {
    await on.jobs.goTo(name);
    await on.sees('running');
    await on.press('l');
    await on.sees('▸ running');
  }
  const start = (name: string): void => void server.post(`jobs/${name}`).catch(() => {});

  describe('the output of a run', () => {
    it('comes line by line, says that it is not whole, and is whole in the end', async () => {
      await server.put(printing('slow', loops('1 2 3 4 5', 'echo done')));
      const on = await openConsole(server, often);
      start('slow');
      await output(on, 'slow');
      await on.sees('Dkron tells only its last piece', 'line 3', 'line 4');
      await on.sees(/\u2713 +7\/7|\u2713 +6\/6/, 'line 1', 'line 5', 'done');
      await on.seesNot('last piece');
    });

    it('stays where one reads, and follows at its end', async () => {
      const lines = Array.from({ length: 60 }, (_, at) => `line ${at + 100}\\n`).join('');
      // In one go, so that it is one piece: of many small ones a busy Dkron tells the last.
      const burst = `printf '${lines}'`;
      await server.put(
        printing('long', `${burst}; sleep 5; echo next; sleep 2; echo last; sleep 2`),
      );
      const on = await openConsole(server, often);
      start('long');
      await output(on, 'long');
      await on.sees('line 159');
      await on.press('k', 'k', 'k');
      await on.sees(/line 156\s+w wrap/);
      const [title, top] = [on.line(1), on.line(3)];
      await on.until(() => on.line(1) !== title, 'more lines');
      expect(on.line(3)).toBe(top);
      await on.press('G');
      await on.sees('next', 'last');
    });

    it('is not "nothing" before it has printed, and is once it has ended so', async () => {
      await server.put(printing('silent', 'sleep 3'));
      const on = await openConsole(server, often);
      start('silent');
      await output(on, 'silent');
      await on.sees('It has printed nothing yet.');
      await on.sees('It printed nothing.');
    });

    it('of a retry is that of the try that runs', async () => {
      await server.put(printing('again', 'echo hello; sleep 2; exit 1', { retries: 1 }));
      const on = await openConsole(server, often);
      start('again');
      await on.jobs.goTo('again');
      await on.press('x');
      await on.sees(/▸ running[\s\S]*✗ failed/);
      await on.press('g', 'enter');
      await on.sees('try 2  ▸ running', 'hello');
      await on.sees('try 2  ✗', 'exit status 1');
    });
  });

  it('output --follow prints what comes, and ends as the run did', async () => {
    await server.put(printing('followed', loops('1 2 3', 'exit 3')));
    start('followed');
    await expect.poll(() => server.busy(), { timeout: 5_000 }).not.toEqual([]);
    const on = await startConsole(server, { args: ['output', 'followed', '--follow'] });
    await on.sees('line 2', 'line 3', 'exit status 3');
    expect(on.text().split('line 3')).toHaveLength(2);
    await on.endsWith(1);
  });
});
