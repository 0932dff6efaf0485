import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type DemoServer, startDemo } from '../../src/demo/server.ts';
import { keptAt } from '../support/kept.ts';
import { places, run } from './run.ts';

let demo: DemoServer;
let folder: string;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-backup-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const dkron = (...argv: string[]) => run([...argv, '--url', demo.url]);
const jobCount = async (): Promise<number> =>
  ((await (await fetch(`${demo.url}/v1/jobs`)).json()) as unknown[]).length;

describe('backup', () => {
  test("goes to the snapshots of this cluster, under the time's name", async () => {
    const [first, second] = [await dkron('backup', '--json'), await dkron('backup')];
    const saved = JSON.parse(first.stdout);
    expect(saved).toEqual({
      server: demo.url,
      cluster: expect.any(String),
      path: expect.stringMatching(/backup-dkron_\d{4}-\d\d-\d\dT\d{4}Z$/),
      jobs: await jobCount(),
      bytes: expect.any(Number),
      unchanged: false,
      kind: 'hand',
      label: null,
      chosen: null,
    });
    const { snapshots } = await keptAt(places, demo.url);
    expect(dirname(saved.path)).toBe(snapshots);
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).not.toContain(`${saved.path}  `);
    expect(await readdir(snapshots)).toHaveLength(4);
  });

  test('writes a file, one job a line, and never over another', async () => {
    const file = join(folder, 'snapshot');
    const { code, stdout } = await dkron('backup', file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${file}  ${await jobCount()} jobs\n` });
    const text = await readFile(file, 'utf8');
    expect(text.split('\n')).toHaveLength((await jobCount()) + 1);
    const again = await dkron('backup', file);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('already there');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('puts its file into a folder', async () => {
    expect((await dkron('backup', folder)).code).toBe(0);
    expect(await readdir(folder)).toEqual([
      expect.stringMatching(/^backup-dkron_.*Z$/),
      expect.stringMatching(/^backup-dkron_.*Z\.manifest\.json$/),
    ]);
  });

  test('writes to stdout, and nothing else there', async () => {
    const { code, stdout, stderr } = await dkron('backup', '-');
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).name),
    ).toHaveLength(await jobCount());
    expect(stderr).toBe(`${await jobCount()} jobs\n`);
  });

  test('leaves no file behind when the server cannot be reached', async () => {
    const { code } = await run(['backup', join(folder, 'snapshot'), '--url', 'http://127.0.0.1:1']);
    expect(code).toBe(6);
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves no file behind after Ctrl-C', async () => {
    const controller = new AbortController();
    controller.abort();
    const { code } = await run(['backup', join(folder, 'snapshot'), '--url', demo.url], {
      signal: controller.signal,
    });
    expect(code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});
