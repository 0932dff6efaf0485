import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { hold } from '../../src/config/hold.ts';
import { countedServer } from '../support/counted-server.ts';
import { onLoopback } from '../support/loopback.ts';
import { ask } from '../support/servers.ts';
import { places, run } from './run.ts';

const once = (url: string, ...argv: string[]) => run(['watch', '--once', ...argv, '--url', url]);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'watch-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** A server with a job `a` that fails or not, as it is told. */
async function flapping() {
  const called = await onLoopback();
  const server = await countedServer({
    name: 'a',
    executor: 'http',
    executor_config: { method: 'GET', url: called.url, expectCode: '200' },
  });
  const runIt = async (isWell: boolean): Promise<void> => {
    called.answer(isWell ? 200 : 500);
    const ends = async (): Promise<number> => {
      const { success_count, error_count } = await ask<Record<string, number>>(
        `${server.url}/v1/jobs/a`,
      );
      return success_count! + error_count!;
    };
    const before = await ends();
    await ask(`${server.url}/v1/jobs/a/run`, 'POST');
    await vi.waitFor(async () => expect(await ends()).toBe(before + 1), 10_000);
  };
  await runIt(true);
  return { ...server, run: runIt };
}

describe('watch', () => {
  it('tells each change once, from the second look on, and ends with 3 when there is one', async () => {
    const server = await flapping();
    const first = await once(server.url);
    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(first.stderr).toContain('1 job seen for the first time');
    await server.run(false);
    const failed = await once(server.url);
    expect(failed.code).toBe(3);
    expect(failed.stdout).toMatch(
      /^\S+Z {2}regression {2}a {2}it failed; before that it went well {2}\w+-000001\n$/,
    );
    expect(await once(server.url)).toMatchObject({ code: 0, stdout: '' });
    await server.run(true);
    const { code, stdout } = await once(server.url, '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'fixed',
      job: 'a',
      text: 'it went well; before that it failed',
      watch: 'watch',
      server: server.url,
      id: expect.stringMatching(/^\w+-000002$/),
    });
  });

  it('tells what is asked for, of the jobs that are, and each name all of it by itself', async () => {
    const server = await flapping();
    const looks = [
      ['--on', 'fixed', '--name', 'one'],
      ['!a', '--name', 'two'],
      ['a', '--name', 'three'],
    ];
    for (const words of looks) await once(server.url, ...words);
    await server.run(false);
    const codes = [];
    for (const words of looks) codes.push((await once(server.url, ...words)).code);
    expect(codes).toEqual([0, 0, 3]);
  });

  it('runs a command for each event, with it on its standard input', async () => {
    const server = await flapping();
    const got = join(folder(), 'got');
    await once(server.url);
    await server.run(false);
    const { code, stderr } = await once(server.url, '--exec', `cat >> ${got}; exit 7`);
    expect(code).toBe(3);
    expect(stderr).toMatch(/the command for \w+-000001 ended with 7/);
    expect(JSON.parse(readFileSync(got, 'utf8'))).toMatchObject({ kind: 'regression', job: 'a' });
    await once(server.url, '--exec', `cat >> ${got}`);
    expect(readFileSync(got, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('asks for a list and what runs, and no more, while nothing happens', async () => {
    const server = await countedServer({ name: 'a' });
    const controller = new AbortController();
    const running = run(['watch', '--every', '1s', '--url', server.url], {
      signal: controller.signal,
    });
    const lists = () => server.came.filter(({ path }) => path === '/v1/jobs').length;
    await vi.waitFor(() => expect(lists()).toBeGreaterThan(4), 20_000);
    controller.abort();
    expect((await running).code).toBe(130);
    const paths = server.came.map(({ path }) => path);
    // Behind the first look, which asks who answers and who is there.
    const idle = paths.slice(paths.findLastIndex((path) => !/^\/v1\/(busy|jobs)$/.test(path)) + 1);
    expect(idle.filter((path) => path === '/v1/jobs').length).toBeGreaterThan(1);
  }, 30_000);

  it('reads histories where slow is asked for, of jobs that ran, and nowhere else', async () => {
    const server = await flapping();
    const histories = () => server.came.filter(({ path }) => path.includes('/executions')).length;
    await once(server.url);
    expect(histories()).toBe(0);
    const slow = () => once(server.url, '--on', 'slow', '--name', 'slow');
    expect(await slow()).toMatchObject({ code: 0, stdout: '' });
    expect(histories()).toBe(1);
    await slow();
    expect(histories()).toBe(1);
    await server.run(true);
    expect(await slow()).toMatchObject({ code: 0, stdout: '' });
    expect(histories()).toBe(2);
  });

  it('writes figures, for a folder that is there', async () => {
    const server = await countedServer({ name: 'a' });
    const path = join(folder(), 'dkron.prom');
    await once(server.url, '--textfile', path);
    expect(readFileSync(path, 'utf8')).toMatch(/^dkron_tui_job_failed\{.*job="a"\} 0$/m);
    const none = await once(server.url, '--textfile', join(folder(), 'none', 'x.prom'));
    expect(none.code).toBe(8);
    expect(none.stderr).toContain('there is no folder');
  });

  it('refuses a second one of its name, and a memory that is none', async () => {
    const server = await countedServer({ name: 'a' });
    await once(server.url, '--name', 'mine');
    const files = readdirSync(places.clusters, { recursive: true, encoding: 'utf8' });
    const state = join(places.clusters, files.find((name) => name.endsWith('mine/state.json'))!);
    const held = (await hold(join(dirname(state), 'held')))!;
    const second = await once(server.url, '--name', 'mine');
    expect(second.code).toBe(9);
    expect(second.stderr).toContain('a watch called mine of this cluster goes on already: process');
    await held.release();
    writeFileSync(state, '{');
    expect((await once(server.url, '--name', 'mine')).code).toBe(7);
  });

  it.each([
    [['--on', 'fixed,often'], 'some of regression,fixed,missed,stuck,slow'],
    [['--every', '10ms'], '1s at least'],
    [['status:failed'], 'does not filter by status'],
    [['stauts:failed'], 'status'],
  ])('refuses a wrong command line: %j', async (argv, why) => {
    const { code, stderr } = await once('http://127.0.0.1:9', ...argv);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  it('is not begun where no server answers', async () => {
    expect((await once('http://127.0.0.1:9')).code).toBe(6);
  });
});
