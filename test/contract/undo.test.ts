/** Undo on the demo server and on every real Dkron at hand: whole restores, several operations, what others changed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { definition } from '../../src/job/compare.ts';
import type { Job } from '../../src/job/job.ts';
import { run } from '../cli/run.ts';
import { realDkrons, realDkronsLine } from '../support/dkron.ts';
import { aDefinition, type Definition } from '../support/jobs.ts';
import { aNodeName } from '../support/node-name.ts';
import { ask } from '../support/servers.ts';

console.log(`undo: ${realDkronsLine()}`);

const demo = {
  label: 'the demo server',
  start: async ({ name }: { readonly name: string }) => {
    const { url, close } = await startDemo({ empty: true, name });
    return { url, stop: close };
  },
};
const servers = [
  demo,
  ...realDkrons().map(({ version, start }) => ({ label: `Dkron ${version}`, start })),
];

const child = (name: string, parent: string, more: Partial<Job> = {}): Definition =>
  aDefinition({ name, parent_job: parent, schedule: '', ...more });

/** Chains three deep, and a job alone. */
const before = [
  aDefinition({ name: 'root', retries: 1 }),
  child('middle', 'root'),
  child('leaf', 'middle', { tags: { role: 'web:1' } }),
  aDefinition({ name: 'alone', metadata: { team: 'data' } }),
];

/** Changes two, creates a chain, and gives `leaf` another parent. */
const restored = [
  aDefinition({ name: 'root', retries: 5 }),
  child('leaf', 'made-middle'),
  aDefinition({ name: 'made' }),
  child('made-middle', 'made'),
  child('made-leaf', 'made-middle'),
];

describe.each(servers)('$label', ({ start }) => {
  let url: string;
  let stop: () => Promise<void>;
  const folder = mkdtempSync(join(tmpdir(), 'undo-'));
  const file = join(folder, 'nightly.json');
  beforeAll(async () => {
    ({ url, stop } = await start({ name: aNodeName() }));
    for (const job of before) await post(job);
    writeFileSync(file, JSON.stringify(restored));
  });
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true });
  });

  const post = (job: Definition) => ask(`${url}/v1/jobs`, 'POST', job);
  const dkron = (...argv: string[]) => run([...argv, '--yes', '--url', url]);
  /** As anybody sees it, with the lists of children. */
  const jobs = async (): Promise<unknown[]> => {
    const all = await ask<Job[]>(`${url}/v1/jobs`);
    return all
      .map((job) => ({
        ...definition(job),
        name: job.name,
        children: job.dependent_jobs?.toSorted() ?? [],
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  };

  it('takes a whole restore back, and forth again', async () => {
    const was = await jobs();
    expect(await dkron('restore', file)).toMatchObject({ code: 0 });
    const is = await jobs();
    expect(is).not.toEqual(was);
    expect(await dkron('undo')).toMatchObject({ code: 0, stderr: '' });
    expect(await jobs()).toEqual(was);
    expect(await dkron('undo')).toMatchObject({ code: 0, stderr: '' });
    expect(await jobs()).toEqual(is);
    expect(await dkron('undo', '--count', '3')).toMatchObject({ code: 0, stderr: '' });
    expect(await jobs()).toEqual(was);
  });

  it('takes back several operations as one, but for what others changed', async () => {
    const was = await jobs();
    expect(await dkron('restore', file)).toMatchObject({ code: 0 });
    expect(await dkron('edit', 'root', '--set', 'retries=7')).toMatchObject({ code: 0 });
    expect(await dkron('delete', 'alone')).toMatchObject({ code: 0 });
    await post(child('made-leaf', 'made-middle', { owner: 'somebody' }));
    const { code, stdout } = await dkron('undo', '--count', '3');
    expect(code, stdout).toBe(4);
    for (const name of ['made', 'made-middle', 'made-leaf']) expect(stdout).toContain(name);
    const names = was.map((job) => (job as Job).name);
    const now = (await jobs()) as Job[];
    expect(now.filter(({ name }) => names.includes(name))).toEqual(was);
    expect(now.map(({ name }) => name)).toEqual(
      [...names, 'made', 'made-leaf', 'made-middle'].sort(),
    );
    expect(now.find(({ name }) => name === 'made-leaf')).toMatchObject({ owner: 'somebody' });
  });
});
