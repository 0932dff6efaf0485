/** A restore that is killed in the middle: what the next program makes of it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { placesBelow } from '../../../src/config/places.ts';
import { definition } from '../../../src/job/compare.ts';
import type { Job } from '../../../src/job/job.ts';
import { counted } from '../../support/counted-server.ts';
import { aDefinition } from '../../support/jobs.ts';
import { keptAt } from '../../support/kept.ts';
import { openConsole } from '../driver/console.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { onEachServer } from '../driver/server.ts';

const count = 120;
const nameOf = (at: number): string => `job-${String(at).padStart(3, '0')}`;
/** A fifth are children, and some of those have children again. */
const wanted = Array.from({ length: count }, (_, at) =>
  aDefinition({
    name: nameOf(at),
    schedule: '@manually',
    retries: 1,
    ...(at % 5 === 4 && { parent_job: nameOf(at % 10 === 9 ? at - 5 : at - 1) }),
  }),
);
const names = wanted.map(({ name }) => name).sort();

async function text(child: ChildProcess): Promise<string> {
  let all = '';
  child.stdout!.on('data', (part) => (all += part));
  await once(child, 'close');
  return all;
}

onEachServer((server) => {
  /** A home of its own, and a server whose changes are counted. */
  async function setting() {
    const state = folder();
    const at = await counted(server.url);
    const file = join(folder(), 'wanted');
    writeFileSync(file, wanted.map((job) => `${JSON.stringify(job)}\n`).join(''));
    const env = { ...process.env, XDG_STATE_HOME: state, XDG_DATA_HOME: folder() };
    const start = (...argv: string[]) =>
      spawn(process.execPath, [program, ...argv, '--url', at.url], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env,
      });
    const posted = (): string[] =>
      at.came.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body).name);
    const killedAfter = async (
      child: ChildProcess | { signal: (name: 'SIGKILL') => void },
      many: number,
    ) => {
      while (posted().length < many) await sleep(1);
      if ('signal' in child) child.signal('SIGKILL');
      else child.kill('SIGKILL');
    };
    const left = async () =>
      readdirSync((await keptAt(placesBelow('', state), at.url)).unfinished).filter((name) =>
        name.endsWith('.plan'),
      );
    return { at, env, file, start, posted, killedAfter, left };
  }

  /** The jobs as in the file, each parent with its children once. */
  function expectExact(jobs: readonly Job[]): void {
    const children = Map.groupBy(jobs, ({ parent_job }) => parent_job);
    expect(jobs.map(({ name }) => name).sort()).toEqual(names);
    for (const job of jobs) {
      expect(definition(job)).toMatchObject(wanted.find(({ name }) => name === job.name)!);
      expect([job.name, (job.dependent_jobs ?? []).toSorted()]).toEqual([
        job.name,
        (children.get(job.name) ?? []).map(({ name }) => name).sort(),
      ]);
    }
  }

  describe('a restore that was killed', () => {
    it.each([1, 60, 110])(
      'after %i jobs were sent is finished by --resume, nothing twice, and undone as one',
      async (many) => {
        const { start, file, posted, killedAfter, left } = await setting();
        const first = start('restore', file, '--yes');
        const ended = once(first, 'exit');
        await killedAfter(first, many);
        expect(await ended).toEqual([null, 'SIGKILL']);
        expect(await left()).toHaveLength(1);

        const told = await text(start('restore', '--resume', '--yes'));
        expect(told).toContain('restore of 120 jobs from wanted, begun');
        expectExact(await server.jobs());
        expect(posted().sort()).toEqual(names);
        expect(await left()).toEqual([]);

        const [code] = await once(start('undo', '--yes'), 'exit');
        expect([code, await server.jobs()]).toEqual([0, []]);
      },
    );

    it('in a console is said by the next, and finished with one key', async () => {
      const { at, env, file, posted, killedAfter, left } = await setting();
      const on = await openConsole({ url: at.url }, { env });
      await on.press(':');
      await on.type(`restore ${file}`);
      await on.press('enter');
      await on.sees(`${count} new`);
      await on.press('a', 'enter');
      await on.told(`Write ${count} jobs to`);
      const answered = on.answer('y').catch(() => {});
      await killedAfter(on, 60);
      await answered;
      const next = await openConsole({ url: at.url }, { env });
      await next.sees('not finished');
      await next.press('F');
      await next.sees('Finish  restore of 120 jobs from wanted', /\d+ same/);
      await next.press('enter');
      await next.confirm(/Write \d+ jobs? to/);
      await next.told(/✓ \d+ jobs? written and verified/);
      expectExact(await server.jobs());
      expect(posted().sort()).toEqual(names);
      expect(await left()).toEqual([]);
      await next.close();
    });
  });
});
