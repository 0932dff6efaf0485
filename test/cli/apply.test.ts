import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { fresh } from './fresh.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-apply-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const family = `
name: parent
schedule: "@every 1h"
executor: shell
executor_config: { command: "true" }
---
name: child
parent_job: parent
executor: shell
executor_config: { command: echo 9223372036854775808 }
`;

test('creates and changes what the file says, parents first, and leaves others alone', async () => {
  const { dkron, job, names } = await fresh({ name: 'child', retries: 3 }, { name: 'other' });
  const path = await file('jobs.yaml', family);
  const { code, stdout } = await dkron('apply', path, '--yes');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^parent {2}new$/m);
  expect(stdout).toMatch(/ retries +− 3$/m);
  expect(await names()).toEqual(['child', 'other', 'parent']);
  expect(await job('child')).toMatchObject({
    parent_job: 'parent',
    retries: 0,
    executor_config: { command: 'echo 9223372036854775808' },
  });
  expect((await dkron('apply', path)).stdout).toContain('2 jobs as wanted already');
});

test('a dry run shows the difference, and its exit code says whether there is one', async () => {
  const { dkron, names } = await fresh();
  const path = await file('jobs.yaml', family);
  const dry = await dkron('apply', path, '--dry-run', '--json');
  expect(dry.code).toBe(3);
  expect(JSON.parse(dry.stdout).plan).toMatchObject([
    { name: 'parent', kind: 'new' },
    { name: 'child', kind: 'new', why: 'after parent' },
  ]);
  expect(await names()).toEqual([]);
  await dkron('apply', path, '--yes');
  expect((await dkron('apply', path, '--dry-run')).code).toBe(0);
});

test('what the server has is what it takes, in the spacing that is there', async () => {
  const body = '{"a":1.0,"list":[1,2]}';
  const { piping, job, url } = await fresh({ name: 'a', executor_config: { body } });
  const text = await (await fetch(`${url}/v1/jobs/a`)).text();
  expect((await piping(text, 'apply', '-')).stdout).toContain('1 job as wanted already');
  const spaced = `name: a
schedule: "@manually"
executor: shell
executor_config:
  body: |-
    {
      "a": 1.0,
      "list": [ 1, 2, 3 ]
    }
`;
  expect((await piping(spaced, 'apply', '-', '--yes')).code).toBe(0);
  expect((await job('a'))?.executor_config?.['body']).toBe('{"a":1.0,"list":[1,2,3]}');
});

test('a job returns to what the journal kept of it', async () => {
  const { dkron, piping, job } = await fresh({ name: 'a', retries: 1 });
  const before = await job('a');
  await dkron('edit', 'a', '--set', 'retries=2', '--yes');
  await dkron('edit', 'a', '--set', 'retries=3', '--yes');
  const changes = JSON.parse((await dkron('journal', 'a', '--json')).stdout);
  expect((await piping(changes[1].before, 'apply', '-', '--yes')).code).toBe(0);
  expect(await job('a')).toEqual(before);
});

test('writes what it can, and says what not and why', async () => {
  const { dkron, names } = await fresh();
  const path = await file(
    'jobs.json',
    JSON.stringify([
      { name: 'good', schedule: '@daily', executor: 'shell' },
      { name: 'bad', schedule: 'nonsense', executor: 'shell' },
      { name: 'orphan', parent_job: 'nobody', executor: 'shell' },
    ]),
  );
  const { code, stdout } = await dkron('apply', path, '--yes');
  expect(code).toBe(4);
  expect(stdout).toMatch(/^bad +refused +schedule: .*expected exactly 6 fields/m);
  expect(stdout).toContain('1 job written and verified, 2 jobs not written');
  expect(await names()).toEqual(['good']);
});

test('files that are wrong are told with their places before the server is asked', async () => {
  const { dkron, names } = await fresh();
  const wrong = await file('wrong.yaml', 'name: a\nretries: many\ndisabled: perhaps\n');
  const bad = await dkron('apply', wrong, '--yes');
  expect(bad.code).toBe(7);
  expect(bad.stderr).toContain(`${wrong}:2:10: retries must be`);
  expect(bad.stderr).toContain(`${wrong}:3:11: disabled must be`);
  const one = await file('one.json', '{"name":"a"}');
  const two = await file('two.yaml', 'name: a\n');
  const twice = await dkron('apply', one, two, '--yes');
  expect(twice.code).toBe(7);
  expect(twice.stderr).toContain(`job a is in ${one} and in ${two}`);
  expect((await dkron('apply', join(folder, 'none'), '--yes')).code).toBe(8);
  expect(await names()).toEqual([]);
});
