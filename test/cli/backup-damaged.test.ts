import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listSnapshots } from '../../src/snapshot/archive/list.ts';
import { run } from './run.ts';

/** A server whose list of jobs is these bytes, and a folder to save it in. */
async function serving(list: string | Uint8Array, count: string | null) {
  const server = createServer(({ url }, reply) => {
    reply.setHeader('X-Whom', 'n1');
    if (url !== '/v1/jobs') return reply.end('{}');
    if (count !== null) reply.setHeader('X-Total-Count', count);
    return reply.end(list);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'cli-backup-damaged-'));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { folder, backup: (...argv: string[]) => run(['backup', ...argv, '--url', url]) };
}

const good = '{"id":"a","name":"a","dependent_jobs":null,"parent_job":""}';
const invalid = Buffer.from(
  '{"id":"b","name":"b","displayname":"\xff\xfe","parent_job":""}',
  'latin1',
);

test.each([
  ['a number as a name', `[${good},{"name":5}]`, '2', 'line 2, column 9: name must be text'],
  [
    'a name that is there twice',
    `[${good},{"id":"b","name":"b"},${good}]`,
    '3',
    'a: FILE, line 1, column 1; FILE, line 3, column 1: the name is there 2 times',
  ],
  [
    'broken JSON',
    `[${good},{"name":"b","x":tru}]`,
    '2',
    'b: FILE, line 2, column 17: this is broken',
  ],
  [
    'what Dkron refuses',
    `[{"name":"b","tags":{"x":1}}]`,
    '1',
    'b: FILE, line 1, column 25: tags.x',
  ],
  ['objects that are no jobs', '[{"a":1}]', '1', 'none of the fields of a job'],
])(
  '%s is told when the backup is taken, and the bytes are kept',
  async (_what, list, count, why) => {
    const { folder, backup } = await serving(list, count);
    const { code, stderr } = await backup(join(folder, 'snap'));
    const kept = join(folder, 'snap.damaged');
    expect(code).toBe(7);
    expect(stderr).toContain('this snapshot is not good');
    expect(stderr).toContain(why.replaceAll('FILE', kept));
    expect(stderr).toContain(`kept in ${kept}`);
    expect(await readdir(folder)).toEqual(['snap.damaged']);
    const lines = (await readFile(kept, 'utf8')).trimEnd().split('\n');
    expect(`[${lines.join(',')}]`).toBe(list);
    expect(await listSnapshots(folder)).toEqual([]);
  },
);

test('of another number of jobs than announced nothing is kept', async () => {
  const { folder, backup } = await serving(`[${good}]`, '5');
  const { code, stderr } = await backup(join(folder, 'snap'));
  expect(code).toBe(6);
  expect(stderr).toContain('announced 5 jobs and sent 1');
  expect(await readdir(folder)).toEqual([]);
});

test('bytes that are no UTF-8 are kept as they came', async () => {
  const { folder, backup } = await serving(
    Buffer.concat([Buffer.from('['), invalid, Buffer.from(']')]),
    '1',
  );
  const { code, stderr } = await backup(folder);
  expect([code, stderr]).toEqual([7, expect.stringContaining('this is not UTF-8 text')]);
  const [name] = await readdir(folder);
  expect(name).toMatch(/^backup-dkron_.*Z\.damaged$/);
  expect(await readFile(join(folder, name!))).toEqual(Buffer.concat([invalid, Buffer.from('\n')]));
});

test('a second damaged backup leaves the first alone; stdout and --json tell it too', async () => {
  const { folder, backup } = await serving('[{"name":5}]', '1');
  await backup(join(folder, 'snap'));
  const { code, stdout } = await backup(join(folder, 'snap'), '--json');
  expect(code).toBe(7);
  expect(JSON.parse(stdout)).toEqual({
    path: join(folder, 'snap.damaged-2'),
    jobs: 1,
    bytes: 11,
    unchanged: false,
    kind: 'hand',
    label: null,
    chosen: null,
    server: expect.any(String),
    cluster: null,
    unreadable: [{ name: null, why: 'name must be text', places: [{ line: 1, column: 9 }] }],
  });
  expect(await listSnapshots(folder)).toEqual([]);
  const out = await backup('-');
  expect(out).toMatchObject({ code: 7, stdout: '{"name":5}\n' });
  expect(out.stderr).toContain('All that the server sent was written there.');
});

test.each([
  ['no job', '[]', '0'],
  ['no announcement, before 3.1.0', `[${good}]`, null],
  ['a name that a write would refuse', '[{"id":"Old Name","name":"Old Name"}]', '1'],
])('%s is no damage', async (_what, list, count) => {
  const { folder, backup } = await serving(list, count);
  expect((await backup(join(folder, 'snap'))).code).toBe(0);
  expect(await readdir(folder)).toEqual(['snap', 'snap.manifest.json']);
});

test.each([
  ['no list', '{"jobs":[]}', '0'],
  ['a list of numbers', '[1,2]', '2'],
  ['a list that breaks off', `[${good}`, '1'],
  ['an announcement that is no number', `[${good}]`, 'abc'],
])('%s is an error, and nothing is kept', async (_what, list, count) => {
  const { folder, backup } = await serving(list, count);
  expect((await backup(join(folder, 'snap'))).code).toBe(6);
  expect(await readdir(folder)).toEqual([]);
});
