import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepLastSeen, mostRows, readLastSeen } from '../../src/cluster/last-seen.ts';
import { aJob } from '../support/jobs.ts';

async function aPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'last-seen-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'last-seen.json');
}

const full = aJob({
  name: 'ant',
  schedule: '@every 1m',
  status: 'failed',
  error_count: 3,
  last_error: '2026-11-21T14:00:00Z',
  tags: { secret: 'tag' },
  metadata: { secret: 'metadata' },
  owner_email: 'secret@example.org',
  executor: 'http',
  executor_config: { url: 'http://x/?token=secret', headers: '["X: secret"]', body: 'secret' },
  processors: { file: { secret: 'processor' } },
});

describe('rows that were seen last', () => {
  it('are what the table shows of a job, and nothing else', async () => {
    const path = await aPath();
    await keepLastSeen(path, { at: 5, count: 1, jobs: [full] });
    const written = await readFile(path, 'utf8');
    expect(written).not.toContain('secret');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const seen = await readLastSeen(path);
    expect(seen).toMatchObject({ at: 5, count: 1 });
    expect(seen?.jobs[0]).toMatchObject({
      ...{ name: 'ant', schedule: '@every 1m', status: 'failed', error_count: 3 },
      ...{ executor: 'http', executor_config: null, tags: null, metadata: null, owner_email: '' },
    });
  });

  it('are as many as a screen and its neighbourhood, however many jobs there are', async () => {
    const path = await aPath();
    const jobs = Array.from({ length: 2_000 }, (_, at) => aJob({ name: `job-${at}` }));
    await keepLastSeen(path, { at: 5, count: jobs.length, jobs });
    expect((await stat(path)).size).toBeLessThan(100_000);
    const seen = await readLastSeen(path);
    expect(seen?.count).toBe(2_000);
    expect(seen?.jobs.map(({ name }) => name)).toEqual(
      jobs.slice(0, mostRows).map(({ name }) => name),
    );
  });

  it('leave out a job that is no row of a table', async () => {
    const path = await aPath();
    const jobs = [aJob({ name: 'x'.repeat(10_000) }), aJob({ name: 'bee' })];
    await keepLastSeen(path, { at: 5, count: 2, jobs });
    expect((await readLastSeen(path))?.jobs.map(({ name }) => name)).toEqual(['bee']);
  });

  const row = { ...full, executor_config: null };
  it.each([
    ['nothing', ''],
    ['half of it', '{"version":1,"at":5,"count":1,"rows":[{"name":'],
    ['what an earlier version kept', JSON.stringify({ at: 5, jobs: ['{"name":"ant"}'] })],
    ['another version', JSON.stringify({ version: 2, at: 5, count: 1, rows: [row] })],
    [
      'a field of another kind',
      JSON.stringify({ version: 1, at: 5, count: 1, rows: [{ ...row, status: 1 }] }),
    ],
    [
      'too many rows',
      JSON.stringify({ version: 1, at: 5, count: 1, rows: Array(1_000).fill(row) }),
    ],
    [
      'a text without end',
      JSON.stringify({
        version: 1,
        at: 5,
        count: 1,
        rows: [{ ...row, name: 'x'.repeat(600_000) }],
      }),
    ],
    ['an array', '[]'],
  ])('are none where the file holds %s', async (_, content) => {
    const path = await aPath();
    await writeFile(path, content);
    expect(await readLastSeen(path)).toBeNull();
  });

  it('are none where there is no file, or a folder', async () => {
    const path = await aPath();
    expect(await readLastSeen(path)).toBeNull();
    expect(await readLastSeen(join(path, '..'))).toBeNull();
  });
});
