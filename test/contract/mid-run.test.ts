/** What `/v1/busy` and the executions tell of a run before it ends: of real Dkrons and of the demo server. */
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import { unfinished } from '../../src/dkron/execution.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import { lookAtOutput } from '../../src/dkron/sight.ts';
import type { Job } from '../../src/job/job.ts';
import { realDkrons, realDkronsLine } from '../support/dkron.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask, type RunningServer, servers } from '../support/servers.ts';

console.log(`runs under way: ${realDkronsLine()}`);

const patience = { timeout: 20_000, interval: 50 };
/** Stands before what the demo server pretends. */
const mark = /\[simulated: .*\]\n/;

describe.each(servers())('$name', ({ start, version, real, runs }) => {
  let server: RunningServer;
  let client: Dkron;
  beforeAll(async () => {
    server = await start();
    client = createClient({ url: server.url });
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  const said = ({ output }: Execution): string => output.replace(mark, '');
  const stored = async (name: string): Promise<Execution[]> =>
    (await client.executions(name, { outputLimit: -1 })).value;
  const busy = async (name: string): Promise<Execution[]> =>
    (await client.busy()).value.filter(({ job_name }) => job_name === name);

  async function started(name: string, command: string, more: Partial<Job> = {}): Promise<void> {
    const executor_config = { command, shell: 'true' };
    await ask(
      `${server.url}/v1/jobs`,
      'POST',
      aDefinition({ name, schedule: '@manually', executor: 'shell', executor_config, ...more }),
    );
    // It answers when the run has ended.
    void ask(`${server.url}/v1/jobs/${name}`, 'POST').catch(() => {});
  }
  /** Once it is told so of its newest execution. */
  const once = (name: string, is: (run: Execution) => boolean): Promise<Execution> =>
    vi.waitFor(async () => {
      const run = (await busy(name)).at(-1);
      expect(run !== undefined && is(run)).toBe(true);
      return run!;
    }, patience);
  const ended = (name: string, count = 1): Promise<Execution[]> =>
    vi.waitFor(async () => {
      const all = await stored(name);
      expect([all.length, ...all.map(unfinished)]).toEqual([
        count,
        ...Array<boolean>(count).fill(false),
      ]);
      return all;
    }, patience);

  describe.runIf(runs.includes('shell'))('a shell job', () => {
    it('tells the last piece only, stores none before the end, and then the whole', async () => {
      await started('pieces', 'echo a; sleep 1.5; printf b; sleep 1.5; echo c; sleep 0.3');
      const first = await once('pieces', ({ output }) => output !== '');
      expect([said(first), unfinished(first), first.success]).toEqual(['a\n', true, false]);
      const [kept] = await stored('pieces');
      expect(kept).toMatchObject({ id: first.id, output: '', success: false });
      expect(unfinished(kept!)).toBe(true);
      expect((await client.execution('pieces', first.id)).value.output).toBe('');
      const second = await once('pieces', (run) => said(run) !== 'a\n');
      expect([said(second), second.id]).toEqual(['b', first.id]);
      const [whole] = await ended('pieces');
      expect([said(whole!), whole!.success]).toEqual(['a\nbc\n', true]);
      expect(await busy('pieces')).toEqual([]);
    });

    it('tells nothing of what has printed nothing', async () => {
      await started('silent', 'sleep 1');
      const run = await once('silent', () => true);
      expect([run.output, unfinished(run)]).toEqual(['', true]);
      expect((await ended('silent'))[0]).toMatchObject({ output: '', success: true });
    });

    it('has, in a retry, the end of the attempt before until it ends; that one stays among what runs', async () => {
      await started('again', 'echo a; sleep 1; exit 3', { retries: 1 });
      const first = await once('again', () => true);
      expect([first.attempt, unfinished(first)]).toEqual([1, true]);
      const second = await once('again', ({ attempt, output }) => attempt === 2 && output !== '');
      const [before] = await busy('again');
      expect([before!.id, said(before!)]).toEqual([first.id, 'exit status 3\na\n']);
      expect(unfinished(before!)).toBe(false);
      expect(second).toMatchObject({ finished_at: before!.finished_at, group: first.group });
      expect([said(second), unfinished(second)]).toEqual(['a\n', true]);
      const [newest] = await stored('again');
      expect(newest).toMatchObject({ id: second.id, output: '', success: false });
      expect(newest!.finished_at).toBe(before!.finished_at);
      expect((await ended('again', 2)).map(said)).toEqual(Array(2).fill('exit status 3\na\n'));
    });

    // The demo server runs no commands.
    describe.runIf(real)('of any bytes', () => {
      it('tells the last 32 768 bytes at most of a lot, and stores the last 256 000', async () => {
        await started('lot', `head -c 1000000 /dev/zero | tr '\\0' x; sleep 1; echo; echo end`);
        const run = await once('lot', ({ output }) => output !== '');
        expect(run.output).toMatch(/^x+$/);
        expect(run.output.length).toBeLessThanOrEqual(32_768);
        const [whole] = await ended('lot');
        expect(whole!.output).toHaveLength(256_000);
        expect(whole!.output).toMatch(/^x+\nend\n$/);
        expect(whole!.output_truncated).toBe(false);
      });

      it('tells what is no UTF-8 as U+FFFD, escape codes as they are, and half a character as none', async () => {
        await started(
          'odd',
          `printf 'a\\377b \\033[31m\\n'; sleep 1; printf '\\303'; sleep 1; printf '\\251'`,
        );
        const piece = await once('odd', ({ output }) => output !== '');
        expect(piece.output).toBe('a\ufffdb \u001b[31m\n');
        expect((await once('odd', ({ output }) => output !== piece.output)).output).toBe('\ufffd');
        expect((await ended('odd'))[0]!.output).toBe('a\ufffdb \u001b[31m\né');
      });

      it('puts why it failed before what it printed', async () => {
        await started('failing', 'echo out; sleep 0.2; echo err >&2; sleep 0.5; exit 1');
        await once('failing', ({ output }) => output !== '');
        expect((await ended('failing'))[0]!.output).toBe('exit status 1\nout\nerr\n');
      });
    });
  });

  it.runIf(runs.includes('http') && real)('an http job tells nothing before it ends', async () => {
    const slow = createServer((_, response) => {
      response.write('half ');
      setTimeout(() => response.end('whole'), 1_000);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const { port } = slow.address() as { port: number };
    const executor_config = { method: 'GET', url: `http://127.0.0.1:${port}/` };
    await started('call', '', { executor: 'http', executor_config });
    const run = await once('call', () => true);
    expect([run.output, unfinished(run)]).toEqual(['', true]);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await busy('call')).map(({ output }) => output)).toEqual(['']);
    expect((await ended('call'))[0]!.output).toBe('half whole');
    slow.close();
  });

  it.runIf(real && atLeast(version, '4.1.0') && runs.includes('shell'))(
    'a history that is cleared in mid-run is there again when the run ends',
    async () => {
      await started('cleared', 'echo a; sleep 1; echo b');
      const run = await once('cleared', ({ output }) => output !== '');
      await ask(`${server.url}/v1/jobs/cleared/executions`, 'DELETE');
      expect(await stored('cleared')).toEqual([]);
      expect(await busy('cleared')).toMatchObject([{ id: run.id, output: 'a\n' }]);
      expect(await ended('cleared')).toMatchObject([{ id: run.id, output: 'a\nb\n' }]);
    },
  );
});

describe.each(realDkrons().filter(({ runs }) => runs.includes('shell')))(
  'Dkron $version that is killed in mid-run',
  ({ start }) => {
    it('has the run without an end when it is back, and nobody runs it', async () => {
      const data = await mkdtemp(join(tmpdir(), 'mid-run-'));
      const before = await start({ data });
      const executor_config = { command: 'echo a; sleep 60', shell: 'true' };
      const job = aDefinition({
        ...{ name: 'lost', schedule: '@manually', executor: 'shell', executor_config },
      });
      await ask(`${before.url}/v1/jobs`, 'POST', job);
      void ask(`${before.url}/v1/jobs/lost`, 'POST').catch(() => {});
      const running = (): Promise<Execution[]> => ask(`${before.url}/v1/busy`);
      await vi.waitFor(async () => expect((await running())[0]?.output).toBe('a\n'), patience);
      process.kill(-before.pid, 'SIGKILL');
      await before.stop({ keep: true });
      const after = await start({ data });
      const client = createClient({ url: after.url });
      const [run] = await vi.waitFor(async () => {
        const { value } = await client.executions('lost');
        expect(value).toHaveLength(1);
        return value;
      }, patience);
      expect(run).toMatchObject({ output: '', success: false });
      const busy = (await client.busy()).value;
      const sight = await lookAtOutput(client, { name: 'lost', key: run!.id }, busy);
      expect([busy, sight.kind]).toEqual([[], 'lost']);
      await client.close();
      await after.stop();
    }, 60_000);
  },
);
