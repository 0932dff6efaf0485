import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../src/dkron/client.ts';
import { takeSnapshot } from '../../src/snapshot/take/take.ts';
import { json, serve } from '../dkron/scripted.ts';
import { aJob } from '../support/jobs.ts';
import { putSnapshot } from '../support/snapshots.ts';
import { run } from './run.ts';

const jobs = [
  aJob({ name: 'fares', schedule: '@yearly', owner: 'ada', success_count: 3, status: 'success' }),
  aJob({ name: 'stops', schedule: '@yearly', disabled: true }),
];
const lines = jobs.map((job) => JSON.stringify(job));

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-show-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  file = join(folder, 'a-snapshot');
  await writeFile(file, `${lines.join('\n')}\n`);
});

/** A server with these jobs. */
async function server(): Promise<string> {
  const { url } = await serve(({ path }) => {
    if (path.startsWith('/v1/jobs/fares')) return json(path.includes('exec') ? [] : jobs[0]);
    if (path.startsWith('/v1/jobs')) return json(jobs);
    if (path.startsWith('/v1/busy')) return json([]);
    return json({ agent: { name: 'n1', version: '4.1.2' }, tags: {} });
  });
  return url;
}

/** What Dkron says of the next run is over by the time a snapshot is looked into. */
const asThen = (text: string): string => text.replace(/Dkron says .*/, 'counted from now');

describe('show', () => {
  test('prints what jobs and job print of the server that the snapshot is of', async () => {
    const url = await server();
    const client = createClient({ url });
    onTestFinished(() => client.close());
    const taken = join(folder, 'taken');
    await takeSnapshot(
      client,
      { file: taken },
      { kind: 'hand', cluster: { id: 'c-1', name: 'prod' }, signal: new AbortController().signal },
    );
    for (const words of [[], ['fares']]) {
      const live = await run([words.length === 0 ? 'jobs' : 'job', ...words, '--url', url]);
      const shown = await run(['show', taken, ...words]);
      expect(shown).toMatchObject({ code: 0, stdout: asThen(live.stdout) });
      expect(shown.stderr).toMatch(
        /^taken of prod, taken 2\S+Z, \ds ago, proven\nNo server was asked/,
      );
    }
  });

  test('proves also what was packed by hand since, by the manifest of its old name', async () => {
    const path = await putSnapshot(folder, 'night', jobs);
    await writeFile(`${path}.gz`, gzipSync(await readFile(path)));
    await rm(path);
    const { code, stderr } = await run(['show', `${path}.gz`]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^night\.gz of prod, .* ago, proven\n/),
    ]);
    expect((await run(['verify', `${path}.gz`])).code).toBe(0);
  });

  test('prints the exact texts, all and one, as JSON', async () => {
    const odd = '{"name": "odd",  "schedule":"@yearly", "x": 1.50}';
    await writeFile(file, `${odd}\n${lines[0]}\n`);
    const all = await run(['show', file, '--json']);
    expect(all).toEqual({ code: 0, stdout: `[${odd},${lines[0]}]\n`, stderr: '' });
    expect((await run(['show', file, 'odd', '--json'])).stdout).toBe(`${odd}\n`);
  });

  test('filters, and refuses a filter that means nothing', async () => {
    const { stdout } = await run(['show', file, '--filter', 'owner:ada', '--json']);
    expect(stdout).toBe(`[${lines[0]}]\n`);
    expect((await run(['show', file, '--filter', 'ownr:ada'])).code).toBe(2);
  });

  test('lists what cannot be read beside the others, with its place and reason', async () => {
    await writeFile(file, `${lines[0]}\n{"name":"broken","schedule":7}\n`);
    const { code, stdout } = await run(['show', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^fares /m);
    expect(stdout).toMatch(/^broken +.*a-snapshot, line 2, column 29: schedule/m);
    const asJson = await run(['show', file, '--json']);
    expect(asJson).toMatchObject({ code: 7, stdout: `[${lines[0]}]\n` });
    expect(asJson.stderr).toContain('a-snapshot, line 2');
    expect((await run(['show', file, 'broken'])).stderr).toContain('a-snapshot, line 2');
  });

  test('says what is damaged, and how sure it is of the rest', async () => {
    const taken = await putSnapshot(folder, 'taken', jobs);
    expect((await run(['show', taken])).stderr).toContain(', proven\n');
    expect((await run(['show', file])).stderr).toContain(', unproven: it has no manifest\n');
    await writeFile(taken, `${lines[0]}\n`);
    const { code, stdout, stderr } = await run(['show', taken]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('damaged: ') });
    expect(stdout).toMatch(/^fares /m);
    for (const words of [[], ['fares']]) {
      const asJson = await run(['show', taken, ...words, '--json']);
      expect(asJson).toMatchObject({ code: 7, stdout: expect.stringContaining('"fares"') });
      expect(asJson.stderr).toContain('dkron-tui verify');
    }
  });

  test('reads what others wrote: a pipe, YAML, a folder', async () => {
    const piped = await run(['show', '-', 'fares'], { piped: `[${lines.join(',')}]` });
    expect(piped.stdout).toMatch(/^fares /);
    const one = join(folder, 'jobs');
    await mkdir(one);
    await writeFile(join(one, 'zones.yaml'), 'name: zones\nschedule: "@yearly"\n');
    expect((await run(['show', one])).stdout).toMatch(/^zones /m);
  });

  test('needs neither a server nor a file of contexts that is right', async () => {
    const config = join(folder, 'config.yaml');
    await writeFile(config, 'contexts: { a: { url: "http://x", lable: A } }\ncurrent: b\n');
    const env = { DKRON_TUI_CONFIG: config, DKRON_URL: 'http://127.0.0.1:9' };
    expect(await run(['show', file], { env })).toMatchObject({ code: 0 });
    expect((await run(['show', file, '--context', 'b'], { env })).code).not.toBe(0);
  });

  test('says of a job and a file that are not there what there is', async () => {
    const noJob = await run(['show', file, 'zones']);
    expect(noJob.code).toBe(8);
    expect(noJob.stderr).toContain(`dkron-tui show ${file}`);
    expect((await run(['show', join(folder, 'nothing')])).code).toBe(8);
  });
});
