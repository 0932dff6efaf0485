import { existsSync, statSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { countedServer } from '../support/counted-server.ts';
import { faultProxy } from '../support/fault-proxy.ts';
import type { Definition } from '../support/jobs.ts';
import { keptAt } from '../support/kept.ts';
import { places, run } from './run.ts';

const shell = (name: string, command: string, more: Partial<Definition> = {}): Definition => ({
  name,
  executor: 'shell',
  executor_config: { command, shell: 'true' },
  ...more,
});

const again = (url: string, ...words: string[]) => run(['run-again', ...words, '--url', url]);
const postsOf = (changes: readonly string[]): string[] =>
  changes.map((change) => change.replace('POST /v1/jobs/', '')).sort();

it('runs each job of a filter once, parents first, and leaves children to their parents', async () => {
  const server = await countedServer(
    shell('root', 'true'),
    shell('child', 'echo from the child', { parent_job: 'root', schedule: '' }),
    shell('bad', 'echo no such table; exit 3'),
    shell('off', 'true', { disabled: true }),
  );
  const { code, stdout, stderr } = await again(server.url, 'status:never', '--yes');
  expect(postsOf(server.changes())).toEqual(['bad', 'root']);
  expect(stdout).toMatch(/child +with root +the success of root starts it/);
  expect(stderr).toMatch(/child: succeeded: from the child/);
  expect(stdout).toMatch(/bad +failed +on .*exit status 3 · no such table/);
  expect(stdout).toContain('2 succeeded, 1 failed');
  expect(code).toBe(4);
});

it('tells what would run, and programs too', async () => {
  const server = await countedServer(shell('a', 'true'), shell('off', 'true', { disabled: true }));
  const { code, stdout } = await again(server.url, '!a', '--dry-run', '--json');
  expect([code, JSON.parse(stdout)]).toEqual([0, []]);
  const told = await again(server.url, 'status:disabled', '--dry-run');
  expect(told.stdout).toMatch(/off +left out +it is disabled/);
  const some = await again(server.url, 'status:never', '--dry-run', '--json');
  expect(some.code).toBe(3);
  expect(JSON.parse(some.stdout)).toEqual([{ name: 'a', how: 'ask', after: '', why: '' }]);
  expect(server.changes()).toEqual([]);
});

it('what a child needs is not run when its parent fails', async () => {
  const server = await countedServer(
    shell('root', 'exit 1'),
    shell('child', 'true', { parent_job: 'root', schedule: '' }),
  );
  const { code, stdout } = await again(server.url, 'status:never', '--yes', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([
    { name: 'root', state: 'failed' },
    { name: 'child', state: 'not started', text: 'root failed' },
  ]);
});

it('goes on after it was left, and asks for nothing twice', async () => {
  const server = await countedServer(
    shell('a', 'sleep 0.3; echo a'),
    shell('b', 'sleep 0.3; echo b'),
    shell('c', 'echo c'),
  );
  const leaving = new AbortController();
  const first = run(['run-again', 'status:never', '--yes', '--at-once', '2', '--url', server.url], {
    signal: leaving.signal,
  });
  await vi.waitFor(() => expect(server.changes()).toHaveLength(2));
  leaving.abort();
  const left = await first;
  expect(left.code).toBe(130);
  expect(left.stderr).toContain('2 runs go on, 1 job was not started');
  const { again: record } = await keptAt(places, server.url);
  expect(statSync(record).mode & 0o777).toBe(0o600);

  const other = await again(server.url, 'status:never', '--yes');
  expect(other.stderr).toContain('have not all come to an end');
  const { code, stdout } = await again(server.url, '--resume', '--yes');
  expect(stdout).toContain('3 succeeded');
  expect(code).toBe(0);
  expect(postsOf(server.changes())).toEqual(['a', 'b', 'c']);
  expect(existsSync(record)).toBe(false);
});

it('a job whose request was lost may have started, and is not asked for again', async () => {
  const server = await countedServer(shell('a', 'true'), shell('b', 'true'));
  const line = await faultProxy(server.url);
  const struck = line.breakAt(/^POST .*\/a /, { kind: 'reset' }, 'before').then(() => line.mend());
  const { code, stdout } = await again(line.url, 'status:never', '--yes', '--at-once', '1');
  await struck;
  expect(code).toBe(10);
  expect(stdout).toMatch(/a +not known +it may have started/);
  expect(postsOf(server.changes())).toEqual(['b']);
});
