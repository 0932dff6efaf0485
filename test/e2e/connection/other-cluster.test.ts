/** Two clusters in turn on one port, as a port-forward shows them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { aDefinition } from '../../support/jobs.ts';
import { ask, demoServer } from '../../support/servers.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';

async function cluster(name: string, port?: number) {
  const { url, stop } = await demoServer({ empty: true, name, ...(port && { port }) });
  onTestFinished(stop);
  const create = () =>
    ask(`${url}/v1/jobs`, 'POST', aDefinition({ name: 'etl', schedule: '@manually' }));
  // A connection to the one that was there before may still be kept.
  await create().catch(create);
  return { url, port: Number(new URL(url).port), stop, job: () => ask<Job>(`${url}/v1/jobs/etl`) };
}

it('takes back on one cluster nothing that was changed on another', async () => {
  const env = { ...process.env, XDG_STATE_HOME: folder(), XDG_DATA_HOME: folder() };
  const run = async (...argv: string[]) => {
    const child = spawn(process.execPath, [program, ...argv], { stdio: 'pipe', env });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code, stdout, stderr };
  };
  const a = await cluster('f1');
  const to = ['--url', a.url];
  expect(await run('edit', 'etl', '--set', 'retries=3', '--yes', ...to)).toMatchObject({ code: 0 });
  await a.stop();
  const b = await cluster('demo-b', a.port);
  const before = await b.job();
  expect(b.url).toBe(a.url);

  const undone = await run('undo', '--yes', ...to);
  expect(undone).toMatchObject({ code: 9, stdout: '' });
  expect(undone.stderr).toContain('the servers have other names: demo-b instead of f1');
  expect(undone.stderr).toContain('nothing was written');
  expect((await run('undo', '--yes', '--cluster', 'new', ...to)).stdout).toContain(
    'nothing was changed',
  );
  expect(await run('backup', ...to)).toMatchObject({ code: 0 });
  expect(await b.job()).toEqual(before);

  const ofB = JSON.parse((await run('journal', '--json', ...to)).stdout);
  expect(ofB).toEqual([]);
});
