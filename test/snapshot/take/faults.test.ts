import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../../src/base/errors.ts';
import { inputBytes } from '../../../src/config/input.ts';
import { unpacked } from '../../../src/config/unpacked.ts';
import { createClient } from '../../../src/dkron/client.ts';
import { indexFolder } from '../../../src/snapshot/archive/index.ts';
import { listSnapshots } from '../../../src/snapshot/archive/list.ts';
import { readManifest } from '../../../src/snapshot/archive/manifest.ts';
import { takeSnapshot } from '../../../src/snapshot/take/take.ts';
import { type Scripted, serve } from '../../dkron/scripted.ts';
import { bundled } from '../../support/bundle.ts';

const count = 400;
/** Every fourth has a parent that comes after it. */
const jobs = Array.from({ length: count }, (_, at) =>
  JSON.stringify({
    ...{ name: `job-${at}`, parent_job: at % 4 === 0 ? `job-${at + 1}` : '' },
    executor_config: { body: 'x'.repeat(1_000) },
  }),
);
const list = `[${jobs.join(',')}]`;
const whole = [...jobs.filter((_, at) => at % 4 > 0), ...jobs.filter((_, at) => at % 4 === 0)];
const text = `${whole.join('\n')}\n`;
const headers = { 'content-type': 'application/json', 'x-total-count': String(count) };

const program = await bundled(new URL('./taker.ts', import.meta.url));

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-fault-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A server whose list comes in pieces, a moment apart. */
async function slowServer(): Promise<string> {
  const piece = Math.ceil(list.length / 8);
  const slowly = async (response: ServerResponse): Promise<void> => {
    response.writeHead(200, headers);
    for (let at = 0; at < list.length; at += piece) {
      response.write(list.slice(at, at + piece));
      await sleep(2);
    }
    response.end();
  };
  const { url } = await serve(({ path }) =>
    path === '/v1/jobs' ? (response) => void slowly(response) : { status: 404, body: '' },
  );
  return url;
}

/** All that is listed is whole; what has a manifest is proven by it. How many there are. */
async function checkAll(folder: string): Promise<number> {
  const listed = await listSnapshots(folder);
  for (const { path } of listed) {
    const bytes = Buffer.concat(
      await Array.fromAsync(unpacked(path, inputBytes(path)), (part) => Buffer.from(part)),
    );
    expect(bytes.toString() === text).toBe(true);
    const manifest = await readManifest(path);
    if (manifest === null) continue;
    expect(manifest).toMatchObject({ count, bytes: bytes.length, sha256: hash('sha256', text) });
    expect(manifest.lines.map(({ sha256 }) => sha256)).toEqual(
      whole.map((line) => hash('sha256', line)),
    );
  }
  const names = new Set(listed.map(({ name }) => name));
  for (const name of await readdir(folder)) {
    const isHidden = name.startsWith('.') && name.endsWith('.part');
    // The list counts the jobs of what was killed before its manifest, and keeps the count there.
    const isIndex = join(folder, name) === indexFolder(folder);
    if (!isHidden && !isIndex) expect(names).toContain(name.replace(/\.manifest\.json$/, ''));
  }
  return listed.length;
}

const start = (url: string, folder: string, packed: string, times: number): ChildProcess =>
  spawn(process.execPath, [program, url, folder, packed, String(times)]);

test('killed at any moment, it leaves nothing that is not whole', { timeout: 60_000 }, async () => {
  const url = await slowServer();
  const folder = await scratch();
  const killed = 50;
  let left = killed;
  const lane = async (packed: string): Promise<void> => {
    while (left-- > 0) {
      const child = start(url, folder, packed, 1_000);
      // Of one that does not start the test fails here.
      const [first] = await Promise.race([once(child.stdout!, 'data'), once(child, 'close')]);
      expect(String(first)).toMatch('taken\n');
      await sleep(Math.random() * 60);
      child.kill('SIGKILL');
      await once(child, 'close');
    }
  };
  await Promise.all([lane('none'), lane('none'), lane('gz')]);
  expect(await checkAll(folder)).toBeGreaterThanOrEqual(killed);
});

/** What it says, and how it ends, in a shell that was prepared like this. */
async function runLimited(
  prepare: string,
  folder: string,
  { packed = 'none', uid }: { packed?: string; uid?: number } = {},
) {
  const url = await slowServer();
  const child = spawn(
    'bash',
    ['-c', `${prepare}; exec "$0" "$@"`, process.execPath, program, url, folder, packed, '1'],
    uid === undefined ? {} : { uid, gid: uid },
  );
  let said = '';
  child.stderr.on('data', (part) => (said += part));
  const [code] = await once(child, 'close');
  return { code, said };
}

test.each([
  ['in the middle of the jobs', 128, 'none'],
  // Packed, these jobs are smaller than it.
  ['in the middle of the manifest', 32, 'gz'],
])('a disk that is full %s leaves nothing', async (_where, kilobytes, packed) => {
  const folder = await scratch();
  const { code, said } = await runLimited(`ulimit -f ${kilobytes}`, folder, { packed });
  expect(said).toContain('cannot be written: it would become larger than this system allows');
  expect(code).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that cannot be written is told, and nothing is in it', async () => {
  const folder = join(await scratch(), 'kept');
  await mkdir(folder);
  // The superuser may write everywhere.
  const uid = process.getuid!() === 0 ? 65_534 : undefined;
  if (uid !== undefined) await chmod(join(folder, '..'), 0o755);
  await chmod(folder, 0o555);
  const { code, said } = await runLimited('true', folder, uid === undefined ? {} : { uid });
  expect(said).toContain('cannot be written: permission denied');
  expect(code).toBe(1);
  await chmod(folder, 0o755);
  expect(await readdir(folder)).toEqual([]);
});

/** What a snapshot from this server ends with, and what is left of it. */
async function takenFrom(answer: Scripted | ((response: ServerResponse) => unknown)) {
  const folder = await scratch();
  const { url } = await serve(({ path }) =>
    path === '/v1/jobs' ? answer : { status: 404, body: '' },
  );
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  const error = await takeSnapshot(dkron, { folder }, { kind: 'hand', cluster: null }).then(
    () => null,
    (error: unknown) => error,
  );
  return { error, left: await readdir(folder) };
}

const tenths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

test.each(tenths)('an answer that is cut off after %s tenths leaves nothing', async (tenth) => {
  const part = list.slice(0, (list.length * tenth) / 10);
  const cut = (head: Record<string, string>) => (response: ServerResponse) => {
    response.writeHead(200, { ...headers, ...head });
    response.write(part, () => response.destroy());
  };
  const ended = { headers, body: part };
  for (const answer of [cut({}), cut({ 'content-length': String(list.length) }), ended]) {
    const { error, left } = await takenFrom(answer);
    expect(error).toBeInstanceOf(OperatorError);
    expect(left).toEqual([]);
  }
});

test.each(['0', String(count - 1), String(count + 1), '-1', 'many'])(
  'with %s announced jobs nothing is left of another number',
  async (announced) => {
    const { error, left } = await takenFrom({
      headers: { ...headers, 'x-total-count': announced },
      body: list,
    });
    expect(error).toBeInstanceOf(OperatorError);
    expect(left).toEqual([]);
  },
);

test('where no number is announced, the list counts by itself', async () => {
  const { error } = await takenFrom({
    headers: { 'content-type': 'application/json' },
    body: list,
  });
  expect(error).toBeNull();
});
