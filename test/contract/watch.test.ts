/** What a watch tells of real Dkrons: a run that lost its node, and what fails and goes well. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { atLeast } from '../../src/base/dkron-version.ts';
import { unfinished } from '../../src/dkron/execution.ts';
import type { Execution } from '../../src/dkron/shapes.ts';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import { realDkrons, realDkronsLine } from '../support/dkron.ts';
import { aDefinition } from '../support/jobs.ts';
import { ask } from '../support/servers.ts';

console.log(`watch: ${realDkronsLine()}`);

const patience = { timeout: 20_000, interval: 50 };

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'watch-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const commandOf = (command: string) => ({
  executor: 'shell',
  executor_config: { command, shell: 'true' },
});

interface Config {
  readonly config: string;
  /** The context in it. */
  readonly called: string;
}

/** Looks once, by a context whose firings may come a few seconds late. */
async function look({ config, called }: Config): Promise<{ code: number; told: unknown[] }> {
  const env = { DKRON_TUI_CONFIG: config };
  const { code, stdout, stderr } = await run(['watch', '--once', '--json', '--context', called], {
    env,
  });
  expect(stderr).not.toMatch(/^error/);
  return {
    code,
    told: stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

describe.each(realDkrons().filter(({ runs }) => runs.includes('shell')))(
  'a watch of Dkron $version',
  ({ start, version }) => {
    it('tells of a run whose node was killed, and of what fails and goes well, each once', async () => {
      const data = folder();
      const first = await start({ data });
      const job = { name: 'lost', schedule: '*/2 * * * * *', concurrency: 'forbid' };
      const write = (url: string, one: { readonly name: string } & Partial<Job>) =>
        ask(`${url}/v1/jobs`, 'POST', aDefinition(one));
      await write(first.url, { ...job, ...commandOf('sleep 90') });
      await vi.waitFor(
        async () =>
          expect(await ask<Execution[]>(`${first.url}/v1/jobs/lost/executions`)).toHaveLength(1),
        patience,
      );
      const context = { config: join(data, 'config.yaml'), called: `dkron-${version}` };
      const leadTo = (url: string): void =>
        writeFileSync(
          context.config,
          `contexts:\n  ${context.called}:\n    url: ${url}\n    grace: 4\n`,
        );
      leadTo(first.url);
      expect(await look(context)).toEqual({ code: 0, told: [] });
      process.kill(-first.pid, 'SIGKILL');
      await first.stop({ keep: true });

      const { url, stop } = await start({ data });
      onTestFinished(() => stop());
      leadTo(url);
      const turn = { name: 'turn', schedule: '@manually' };
      const ran = async (command: string, ends: number): Promise<void> => {
        await write(url, { ...turn, ...commandOf(command) });
        void ask(`${url}/v1/jobs/turn`, 'POST').catch(() => {});
        await vi.waitFor(async () => {
          const { success_count, error_count } = await ask<Job>(`${url}/v1/jobs/turn`);
          expect(success_count + error_count).toBe(ends);
        }, patience);
      };
      await sleep(6_000);
      // Before 4.0.9 `forbid` looks at what runs only: it runs anew, and that run holds it for 90 s.
      // So it is where the kill came before the run was on the disk.
      const stored = await ask<Execution[]>(`${url}/v1/jobs/lost/executions`);
      const isHeld = atLeast(version, '4.0.9') && stored.some(unfinished);
      const held = [{ kind: isHeld ? 'stuck' : 'missed', job: 'lost' }];
      const told: unknown[] = [];
      await vi.waitFor(
        async () => {
          told.push(...(await look(context)).told);
          expect(told).toMatchObject(held);
        },
        { timeout: 30_000, interval: 1_000 },
      );
      expect(await look(context)).toEqual({ code: 0, told: [] });
      await ran('sleep 1', 1);
      expect(await look(context)).toEqual({ code: 0, told: [] });
      await ran('sleep 1; exit 3', 2);
      expect(await look(context)).toMatchObject({
        code: 3,
        told: [{ kind: 'regression', job: 'turn' }],
      });
      await ran('sleep 1', 3);
      expect((await look(context)).told).toMatchObject([{ kind: 'fixed', job: 'turn' }]);
    }, 120_000);
  },
);
