import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
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
  expect((await dkron('apply', path)).stdout).toContain('2 jobs already up to date');
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
  expect((await piping(text, 'apply', '-')).stdout).toContain('1 job already up to date');
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
  expect(stdout).toMatch(/^bad +failed +schedule: .*expected exactly 6 fields/m);
  expect(stdout).toContain('1 job written and verified, 2 jobs failed');
  expect(await names()).toEqual(['good']);
});

test('a job that cannot be read is blocked with its place; the others are written', async () => {
  const { dkron, names } = await fresh();
  const wrong = await file('wrong.yaml', 'name: a\nretries: many\ndisabled: perhaps\n');
  const bad = await dkron('apply', wrong, '--yes');
  expect(bad.code).toBe(9);
  expect(bad.stdout).toContain(
    `${wrong}, line 2, column 10: retries must be a whole number, 0 or more; line 3, column 11: disabled must be true or false`,
  );
  const good = await file(
    'good.json',
    '[{"name":"b","executor":"shell","schedule":"@daily"},{"name":5}]',
  );
  const both = await dkron('apply', wrong, good, '--yes', '--json');
  expect(both.code).toBe(4);
  expect(JSON.parse(both.stdout).results).toMatchObject([
    { name: 'b', outcome: 'written' },
    { name: 'a', outcome: 'refused', places: [{ file: wrong, line: 2, column: 10 }] },
    {
      name: 'good.json:1:62',
      outcome: 'refused',
      message: `${good}, line 1, column 62: name must be text`,
      places: [{ file: good, line: 1, column: 62 }],
    },
  ]);
  expect(await names()).toEqual(['b']);
});

test('a name that two files have is blocked with both places', async () => {
  const { dkron, names } = await fresh();
  const one = await file('one.json', '{"name":"a"}');
  const two = await file('two.yaml', 'name: a\n');
  const twice = await dkron('apply', one, two, '--dry-run', '--json');
  expect(twice.code).toBe(9);
  expect(JSON.parse(twice.stdout).plan).toMatchObject([
    {
      name: 'a',
      kind: 'blocked',
      places: [
        { file: one, line: 1, column: 1 },
        { file: two, line: 1, column: 1 },
      ],
    },
  ]);
  expect(await names()).toEqual([]);
});

test('what is no file of jobs is told before the server is asked', async () => {
  const { dkron, names } = await fresh();
  const page = await dkron('apply', await file('page', '<html>'), '--yes');
  expect(page).toMatchObject({ code: 7, stderr: expect.stringContaining('is a web page') });
  expect((await dkron('apply', join(folder, 'none'), '--yes')).code).toBe(8);
  expect(await names()).toEqual([]);
});

test("takes what `restore` takes: the program's own backup, and objects one after the other", async () => {
  const { dkron, names } = await fresh({ name: 'a', executor_config: { body: '{}' } });
  await dkron('backup', join(folder, 'snapshot'));
  expect((await dkron('apply', join(folder, 'snapshot'))).stdout).toContain(
    '1 job already up to date',
  );
  const public01 = join(import.meta.dirname, '../data/jobs/dkron-01.json');
  expect((await dkron('apply', public01, '--yes')).code).toBe(0);
  expect(await names()).toEqual(['a', 'prevenir-agents', 'recreer-proprietes']);
});

/** Every kind of file that is kept here, at both doors: the same plan in the same words. */
test.each(['dkron-01.json', 'dkron-11.json', 'dkron-21.latin1.json', 'dkron-21.utf8bom.json'])(
  'both doors read %s alike',
  async (name) => {
    // An interval counts from the moment of the plan.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { dkron } = await fresh();
    const path = join(import.meta.dirname, '../data/jobs', name);
    const [apply, restore] = [
      await dkron('apply', path, '--dry-run', '--json'),
      await dkron('restore', path, '--dry-run', '--json'),
    ];
    const planOf = ({ stdout }: { stdout: string }) =>
      JSON.parse(stdout).plan.map(({ chosen: _, ...item }: { chosen: boolean }) => item);
    expect(planOf(apply)).toEqual(planOf(restore));
    expect([apply.code, restore.code]).toEqual([3, 3]);
  },
);

test.each([
  ['UTF-16', 'dkron-21.utf16.json', 'is UTF-16 text, not UTF-8'],
  ['a web page', 'page', 'is a web page, not a list of jobs'],
  ['nothing', 'empty', 'is empty: there is no job in it'],
  ['an error text', 'error', 'is not a list of jobs: line 1, column 1'],
])('both doors refuse %s alike', async (_what, name, message) => {
  await file('page', '<html>');
  await file('empty', '');
  await file('error', 'Internal Server Error');
  const { dkron } = await fresh();
  const kept = name.startsWith('dkron') ? join(import.meta.dirname, '../data/jobs') : folder;
  const [apply, restore] = [
    await dkron('apply', join(kept, name), '--yes'),
    await dkron('restore', join(kept, name), '--yes'),
  ];
  expect(apply.stderr).toContain(message);
  expect(restore).toEqual(apply);
  expect(apply.code).toBe(7);
});

test('a long plan ends with how much of what it is: nobody sees its beginning then', async () => {
  const jobs = Array.from({ length: 12 }, (_, at) => ({
    name: `job-${at}`,
    schedule: at === 0 ? 'never' : '@daily',
    executor: 'shell',
    executor_config: { command: 'true' },
  }));
  const { dkron } = await fresh({ name: 'job-1' });
  const path = await file('jobs.json', JSON.stringify(jobs));
  const { stdout } = await dkron('apply', path, '--dry-run');
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 changed, 10 new, 1 blocked');
});
