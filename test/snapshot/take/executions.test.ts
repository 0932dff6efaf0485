import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CorruptFile, NotFound, Unreachable } from '../../../src/base/errors.ts';
import { createClient, type Dkron } from '../../../src/dkron/client.ts';
import type { Execution } from '../../../src/dkron/shapes.ts';
import { listSnapshots } from '../../../src/snapshot/archive/list.ts';
import { manifestPath, readManifest } from '../../../src/snapshot/archive/manifest.ts';
import { noteOn } from '../../../src/snapshot/archive/note.ts';
import { readJobFiles } from '../../../src/snapshot/file/read.ts';
import { saveExecutions } from '../../../src/snapshot/take/executions.ts';
import { takeSnapshot } from '../../../src/snapshot/take/take.ts';
import { json, serve } from '../../dkron/scripted.ts';
import { anExecution } from '../../support/jobs.ts';

type Answer = () => Promise<Execution[]>;

/**
 * A snapshot of as many jobs as there are answers, what came of reading their executions, and when each was
 * asked for. Time passes only by `cost` and by pauses.
 */
async function saved(
  answers: readonly Answer[],
  {
    cost = 100,
    budget = 60_000,
    signal,
  }: { cost?: number; budget?: number; signal?: AbortSignal } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-executions-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const jobs = answers.map((_, at) => ({ name: `j${at}` }));
  const { url } = await serve(() => json(jobs));
  const client = createClient({ url });
  onTestFinished(() => client.close());
  const path = join(folder, 'snapshot');
  await takeSnapshot(client, { file: path }, { kind: 'hand', cluster: null });

  let now = 0;
  const asked: number[] = [];
  const pass = (ms: number): void => {
    now += ms;
  };
  const clock = { now: () => now, sleep: async (ms: number) => pass(ms) };
  const dkron: Dkron = {
    ...client,
    executions: async (name) => {
      asked.push(now);
      pass(cost);
      return { value: await answers[Number(name.slice(1))]!(), whom: null };
    },
  };
  const progress: string[] = [];
  const onProgress = (so: { jobs: number }, total: number) =>
    void progress.push(`${so.jobs} of ${total}`);
  const options = { budget, outputLimit: 10, clock, onProgress, ...(signal && { signal }) };
  const read = () => saveExecutions(dkron, path, options);
  return { folder, path, read, asked, progress };
}

const two: Answer = async () => [anExecution({ id: '2' }), anExecution({ id: '1' })];
const none: Answer = async () => [];
const fails =
  (error: Error): Answer =>
  async () => {
    throw error;
  };

const linesOf = async (path: string) =>
  (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the executions beside a snapshot', () => {
  it('are a line a job, for their owner only, and in the manifest', async () => {
    const { path, read, progress } = await saved([two, none]);
    const before = await readManifest(path);
    expect(await read()).toEqual({
      path: `${path}.executions`,
      jobs: 2,
      executions: 2,
      unread: [],
    });
    expect(await linesOf(`${path}.executions`)).toMatchObject([
      { job: 'j0', executions: [{ id: '2' }, { id: '1' }] },
      { job: 'j1', executions: [] },
    ]);
    expect((await stat(`${path}.executions`)).mode & 0o777).toBe(0o600);
    expect(before?.executions).toBeNull();
    expect(await readManifest(path)).toEqual({ ...before, executions: 'snapshot.executions' });
    expect(progress).toEqual(['1 of 2', '2 of 2']);
  });

  it('are asked for one after the other, with a pause as long as the answer took', async () => {
    const { read, asked } = await saved([none, none, none], { cost: 700 });
    await read();
    expect(asked).toEqual([0, 1_400, 2_800]);
  });

  it('end with their budget: what was not read says so, in the file too', async () => {
    const { path, read, asked } = await saved([two, two, two, two], { cost: 700, budget: 2_000 });
    const why = 'not read within 2 s';
    expect(await read()).toMatchObject({
      jobs: 2,
      executions: 4,
      unread: [
        { name: 'j2', why },
        { name: 'j3', why },
      ],
    });
    // The last pause does not go on after the end.
    expect(asked).toEqual([0, 1_400]);
    expect((await linesOf(`${path}.executions`)).slice(2)).toEqual([
      { job: 'j2', executions: null, why },
      { job: 'j3', executions: null, why },
    ]);
  });

  it('go on after a job that is gone, and end where nobody answers any more', async () => {
    const gone = fails(new NotFound('there is no job j0'));
    const away = fails(new Unreachable('nobody answers'));
    const { read, asked } = await saved([gone, two, away, two]);
    expect((await read()).unread).toEqual([
      { name: 'j0', why: 'there is no job j0' },
      { name: 'j2', why: 'nobody answers' },
      { name: 'j3', why: 'nobody answers' },
    ]);
    expect(asked).toHaveLength(3);
  });

  it('leave nothing behind after Ctrl-C, and the snapshot as it is', async () => {
    const controller = new AbortController();
    const leaving = async () => {
      controller.abort();
      throw controller.signal.reason;
    };
    const { folder, path, read } = await saved([two, leaving], { signal: controller.signal });
    await expect(read()).rejects.toThrow('aborted');
    expect((await readdir(folder)).sort()).toEqual(['snapshot', 'snapshot.manifest.json']);
    expect((await readManifest(path))?.executions).toBeNull();
  });

  it('take away no pin that was set while they were read', async () => {
    const pinning = async () => {
      await noteOn(path, { pinned: true });
      return [];
    };
    const { path, read } = await saved([pinning]);
    await read();
    expect(await readManifest(path)).toMatchObject({
      pinned: true,
      executions: 'snapshot.executions',
    });
  });

  it('leave nothing behind of a snapshot that was removed while they were read', async () => {
    const removing = async () => {
      await rm(path);
      await rm(manifestPath(path));
      return [];
    };
    const { folder, path, read } = await saved([removing]);
    await expect(read()).rejects.toThrow('there is no snapshot');
    expect((await readdir(folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('are no snapshot, and are never restored', async () => {
    const { folder, path, read } = await saved([two]);
    await read();
    expect((await listSnapshots(folder)).map(({ name }) => name)).toEqual(['snapshot']);
    const error = await readJobFiles([`${path}.executions`]).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(CorruptFile);
    expect((error as Error).message).toMatch(/executions .* for reading: they cannot be restored/);
  });
});
