/** A watch that is killed again and again: each change is told, and its command is run, exactly once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { onLoopback } from '../../support/loopback.ts';
import { folder } from '../driver/folder.ts';
import { program } from '../driver/node.ts';
import { demo } from '../driver/server.ts';

const server = demo([]);
const jobs = ['one', 'two', 'three'];
const kills = 6;

const counts = async (): Promise<number> =>
  (await server.jobs()).reduce(
    (sum, { success_count, error_count }) => sum + success_count + error_count,
    0,
  );

async function runAll(): Promise<void> {
  const before = await counts();
  for (const name of jobs) await server.post(`jobs/${name}/run`);
  await vi.waitFor(async () => expect(await counts()).toBe(before + jobs.length), 10_000);
}

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly job: string;
}

const told = (path: string): Told[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Told)
    : [];

test('a watch that is killed tells each change exactly once by its command', async () => {
  const home = folder();
  const got = join(home, 'got');
  const called = await onLoopback();
  const config = { method: 'GET', url: called.url, expectCode: '200' };
  await server.put(...jobs.map((name) => ({ name, executor: 'http', executor_config: config })));
  await runAll();

  const start = (...more: string[]): ChildProcess =>
    spawn(
      process.execPath,
      [program, 'watch', '--url', server.url, '--every', '1s', '--exec', `cat >> ${got}`, ...more],
      { env: { HOME: home, PATH: process.env['PATH'] }, stdio: 'ignore' },
    );
  const look = async (): Promise<void> => void (await once(start('--once'), 'exit'));

  await look();
  for (let kill = 1; kill <= kills; kill++) {
    called.answer(kill % 2 === 1 ? 500 : 200);
    await runAll();
    const watch = start();
    // Wherever it is by then: before its look, between a look and a command, or at the commands.
    await pause(200 + Math.random() * 800);
    watch.kill('SIGKILL');
    await once(watch, 'exit');
    await look();
  }

  const events = told(got);
  expect(events.length).toBe(kills * jobs.length);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const name of jobs)
    expect(events.filter(({ job }) => job === name).map(({ kind }) => kind)).toEqual(
      Array.from({ length: kills }, (_, at) => (at % 2 === 0 ? 'regression' : 'fixed')),
    );
}, 60_000);
