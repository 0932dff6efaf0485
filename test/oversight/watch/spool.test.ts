import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openSpool } from '../../../src/oversight/watch/spool.ts';

const id = 'w-000001';

async function aSpool(now = Date.now) {
  const folder = await mkdtemp(join(tmpdir(), 'spool-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const open = () => openSpool(folder, { PATH: process.env['PATH'] }, now);
  return { folder, open, got: join(folder, 'got') };
}

const ended = (spool: ReturnType<typeof openSpool>, command: string): Promise<void> =>
  new Promise((done) => spool.start(id, command, done));

it('runs a command for an event, which is on its standard input, and says how it ended', async () => {
  const { folder, open, got } = await aSpool();
  const spool = open();
  expect(await spool.progress(id)).toEqual({ at: 'new' });
  await spool.put(id, 'hello\n');
  expect(await spool.progress(id)).toEqual({ at: 'ready' });
  await ended(spool, `cat >> ${got}; exit 7`);
  expect(await spool.progress(id)).toEqual({ at: 'ended', code: 7 });
  expect(await readFile(got, 'utf8')).toBe('hello\n');
  await spool.remove([id]);
  expect(await readdir(folder)).toEqual(['got']);
});

it('runs it once, however many start it', async () => {
  const { open, got } = await aSpool();
  const spools = Array.from({ length: 8 }, open);
  await spools[0]!.put(id, 'hello\n');
  await Promise.all(spools.map((spool) => ended(spool, `cat >> ${got}`)));
  expect(await readFile(got, 'utf8')).toBe('hello\n');
});

it('knows what another program began, and that it is gone', async () => {
  const { folder, open } = await aSpool();
  const spool = open();
  await spool.put(id, 'hello\n');
  await rename(join(folder, `${id}.ready`), join(folder, `${id}.taken`));
  // Who took it is about to say so.
  expect(await spool.progress(id)).toEqual({ at: 'running' });
  await writeFile(join(folder, `${id}.pid`), `${process.pid}\n`);
  expect(await spool.progress(id)).toEqual({ at: 'running' });
  await writeFile(join(folder, `${id}.pid`), '4194305\n');
  expect(await spool.progress(id)).toEqual({ at: 'lost' });
  await writeFile(join(folder, `${id}.ended`), '');
  expect(await spool.progress(id)).toEqual({ at: 'ended', code: null });
});

it('takes it for gone where nobody said for a while who took it', async () => {
  const { folder, open } = await aSpool(() => Date.now() + 60_000);
  const spool = open();
  await spool.put(id, 'hello\n');
  await rename(join(folder, `${id}.ready`), join(folder, `${id}.taken`));
  expect(await spool.progress(id)).toEqual({ at: 'lost' });
});

it('takes away what belongs to no event that waits, and what a kill left half written', async () => {
  const { folder, open } = await aSpool();
  const names = [`${id}.ready`, 'w-000002.taken', 'w-000002.pid', `.${id}.ready-x`, 'state.json'];
  for (const name of names) await writeFile(join(folder, name), '');
  await open().tidy(new Set([id]));
  expect((await readdir(folder)).sort()).toEqual(['state.json', `${id}.ready`]);
});
