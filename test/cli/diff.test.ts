import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Job } from '../../src/job/job.ts';
import { aJob } from '../support/jobs.ts';
import { spoiling, spoilt } from '../support/spoilt.ts';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, ...jobs: Partial<Job>[]): string {
  const path = join(folder, name);
  writeFileSync(path, jobs.map((job) => `${JSON.stringify(aJob(job))}\n`).join(''));
  return path;
}

/** Of two files no server is asked: nobody listens there. */
const diff = (...argv: string[]) => run(['diff', ...argv, '--url', 'http://127.0.0.1:9']);

const shell = (command: string): Partial<Job> => ({
  name: 'call',
  executor_config: { command, env: 'A=1' },
});

describe('diff', () => {
  const a = file('a', { name: 'gone' }, { name: 'refresh', retries: 1 }, { name: 'same' });
  const b = file(
    'b',
    { name: 'came', executor_config: null },
    { name: 'refresh', retries: 2 },
    { name: 'same' },
  );

  it('says a line a job and a line a field, from the first to the second', async () => {
    const { code, stdout } = await diff(a, b);
    expect(code).toBe(3);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^A a {2}last changed \S+Z {2}3 jobs$/);
    expect(lines[1]).toMatch(/^B b {2}last changed \S+Z {2}3 jobs$/);
    expect(lines.slice(2).map((line) => line.replace(/ +/g, ' '))).toEqual([
      '+ came',
      ' schedule + 0 */5 * * * *',
      ' executor + shell',
      '− gone',
      ' schedule − 0 */5 * * * *',
      ' executor − shell',
      ' executor_config.command − true',
      '~ refresh',
      ' retries − 1',
      ' + 2',
      '1 added, 1 removed, 1 changed, 1 job the same',
      '',
    ]);
  });

  it('ends with 0 where nothing differs', async () => {
    const { code, stdout } = await diff(a, a);
    expect(code).toBe(0);
    expect(stdout).toContain('\n3 jobs the same\n');
  });

  it('--stat says how many fields, and which', async () => {
    const { code, stdout } = await diff(a, b, '--stat');
    expect(code).toBe(3);
    expect(stdout.split('\n').slice(3, 6)).toEqual([
      '+  came          2',
      '−  gone          3',
      '~  refresh       1  retries',
    ]);
  });

  it('--json is one object', async () => {
    const { code, stdout } = await diff(a, b, '--json');
    expect(code).toBe(3);
    const { from, to, counts, jobs } = JSON.parse(stdout);
    expect(from).toEqual({ name: 'a', file: a, at: expect.any(String), jobs: 3 });
    expect(to).toMatchObject({ name: 'b', file: b });
    expect(counts).toEqual({ added: 1, removed: 1, changed: 1, unreadable: 0, same: 1 });
    expect(jobs[2]).toEqual({
      name: 'refresh',
      kind: 'changed',
      changes: [{ path: 'retries', before: '1', after: '2' }],
    });
  });

  it('--patch is what makes the exported files of the first those of the second', async () => {
    const [old, now] = [join(folder, 'old-yaml'), join(folder, 'new-yaml')];
    const body = (token: string): Partial<Job> => ({
      name: 'body',
      executor_config: { body: JSON.stringify({ token, list: [1, 2, 3] }) },
      metadata: { note: `a\nb ${token}\n` },
    });
    const [c, d] = [
      file('c', { name: 'gone' }, body('one'), { name: 'Upper Case' }),
      file('d', { name: 'came' }, body('two'), { name: 'Upper Case', retries: 3 }),
    ];
    for (const [from, to] of [
      [c, old],
      [d, now],
    ] as const)
      expect(await run(['export', to, '--from', from, '--as', 'yaml'])).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await diff(c, d, '--patch', '--show-secrets');
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    execFileSync('git', ['apply', '-'], { cwd: old, input: stdout });
    const texts = (at: string) =>
      readdirSync(at).map((name) => [name, readFileSync(join(at, name), 'utf8')]);
    expect(texts(old)).toEqual(texts(now));
    const masked = await diff(c, d, '--patch');
    expect(masked.stdout).toContain('+      "token": "•••• (changed)"');
    expect(masked.stdout).not.toContain('"two"');
    expect(masked.stderr).toContain('--show-secrets');
    expect((await diff(c, d, '--patch', '--stat')).code).toBe(2);
    const { jobs } = JSON.parse((await diff(c, d, '--patch', '--json')).stdout);
    expect(jobs[2].patch).toContain('--- /dev/null\n+++ b/came.yaml\n@@ -0,0 +1,');
  });

  it('is of the jobs that are named', async () => {
    expect((await diff(a, b, 'same')).code).toBe(0);
    expect((await diff(a, b, 'refresh', 'same', '--json')).stdout).toContain('"same":1}');
    const { code, stderr } = await diff(a, b, 'nowhere');
    expect(code).toBe(8);
    expect(stderr).toContain('there is no job nowhere in a nor in b');
  });

  it('compares with the server where no other side is named', async () => {
    const { dkron } = await fresh({ name: 'refresh', retries: 2 }, { name: 'new' });
    const live = await dkron('diff', a, '--json');
    expect(live.code).toBe(3);
    expect(JSON.parse(live.stdout).counts).toMatchObject({ added: 1, removed: 2, changed: 1 });
    const named = await dkron('diff', a, 'refresh', '--json');
    expect(JSON.parse(named.stdout).counts).toMatchObject({ added: 0, removed: 0, changed: 1 });
    const turned = await dkron('diff', 'live', a, '--json');
    expect(JSON.parse(turned.stdout).counts).toMatchObject({ added: 2, removed: 1, changed: 1 });
    const saved = join(folder, 'saved');
    await dkron('backup', saved);
    expect((await dkron('diff', saved)).code).toBe(0);
    expect((await dkron('diff', saved, '--all-fields')).code).toBe(0);
  });

  it('takes the second word for a job where there is no such file, and says where it cannot know', async () => {
    const { dkron, piping } = await fresh({ name: 'refresh', retries: 2 });
    const both = file('refresh', { name: 'refresh' });
    const at = process.cwd();
    process.chdir(folder);
    try {
      const { code, stderr } = await dkron('diff', 'a', 'refresh');
      expect(code).toBe(2);
      expect(stderr).toContain('refresh is both a file or snapshot and a job');
      expect((await dkron('diff', 'a', './refresh', '--json')).stdout).toContain(both.slice(-7));
      expect((await dkron('diff', 'a', '--job', 'refresh')).stdout).toContain('~ refresh');
    } finally {
      process.chdir(at);
    }
    expect((await piping(JSON.stringify([aJob()]), 'diff', '-', a)).code).toBe(3);
  });

  it.each([
    [['live'], 'live is compared with itself'],
    [['live', 'live'], 'live is compared with itself'],
    [['-', '-'], 'standard input can be read only once'],
  ])('%j is refused', async (words, message) => {
    const { code, stderr } = await diff(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('never ends with 3 on an error', async () => {
    expect((await diff(a)).code).toBe(6);
    expect((await diff(join(folder, 'nothing'), a)).code).toBe(8);
    writeFileSync(join(folder, 'page'), '<html>');
    expect((await diff(a, join(folder, 'page'))).code).toBe(7);
  });

  it('shows what can be compared where a job cannot be read, and ends with 7', async () => {
    const bad = join(folder, 'bad');
    writeFileSync(bad, `${JSON.stringify(aJob({ retries: 5 }))}\n{"name":"same","retries":"x"}\n`);
    const { code, stdout, stderr } = await diff(a, bad);
    expect(code).toBe(7);
    expect(stdout).toContain('~ refresh');
    expect(stdout).toMatch(/! same {2}in B: .*line 2/);
    expect(stderr).toContain('1 job cannot be compared');

    const server = await fresh({ name: 'same', displayname: spoilt }, { name: 'refresh' });
    const url = await spoiling(server.url);
    const live = await run(['diff', a, 'refresh', '--url', url]);
    expect(live.code).toBe(3);
    expect((await run(['diff', a, '--url', url])).code).toBe(7);
  });

  it('shows of a credential that it changed, and nothing else', async () => {
    const old = file('old', shell('curl -H "Authorization: Bearer first-one" h'));
    const now = file('now', shell('curl -H "Authorization: Bearer other-one" h'));
    for (const form of [[], ['--stat'], ['--json']]) {
      const { stdout } = await diff(old, now, ...form);
      expect(stdout).not.toMatch(/first-one|other-one/);
      expect(stdout).toContain('executor_config.command');
    }
    expect((await diff(old, now)).stdout).toContain('Bearer •••• (changed)" h');
    expect((await diff(old, now, '--show-secrets')).stdout).toContain('Bearer other-one');
  });
});
