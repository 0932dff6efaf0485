import { hash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CorruptFile, explain, NotDkron, OperatorError } from '../../../src/base/errors.ts';
import { inputBytes } from '../../../src/config/input.ts';
import { unpacked } from '../../../src/config/unpacked.ts';
import { createClient } from '../../../src/dkron/client.ts';
import type { Job } from '../../../src/job/job.ts';
import { readManifest } from '../../../src/snapshot/archive/manifest.ts';
import { damageError } from '../../../src/snapshot/take/damage.ts';
import type { Progress } from '../../../src/snapshot/take/progress.ts';
import { type TakeOptions, takeSnapshot } from '../../../src/snapshot/take/take.ts';
import { type Scripted, serve } from '../../dkron/scripted.ts';

/** The jobs of a server that answers its list with this, in this file. */
async function takenFrom(answer: Scripted, file: string) {
  const { url } = await serve(() => answer);
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  return takeSnapshot(dkron, { file }, { kind: 'hand', cluster: null });
}

const list = (jobs: readonly string[], total = jobs.length): Scripted => ({
  headers: { 'content-type': 'application/json', 'x-total-count': String(total) },
  body: `[${jobs.join(',')}]`,
});
const good = ['{"name":"a"}', '{"name":"b"}'];
const bad = (name: string) => `{"name":"${name}","retries":-1}`;

/** What comes of it in a folder, and the error that tells of the damage. */
async function saved(answer: Scripted) {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-take-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'snapshot');
  const taken = await takenFrom(answer, path);
  const { damage } = taken;
  return {
    name: taken.path.slice(folder.length + 1),
    jobs: taken.manifest.count,
    text: await readFile(taken.path, 'utf8'),
    error: damage && damageError(damage, 'FILE'),
  };
}

test('a good list is a good snapshot', async () => {
  expect(await saved(list(good))).toEqual({
    name: 'snapshot',
    jobs: 2,
    text: `${good.join('\n')}\n`,
    error: null,
  });
  expect(await saved(list([]))).toMatchObject({ name: 'snapshot', jobs: 0, error: null });
});

test('what a restore would refuse is kept under a name that says so, and told by its place', async () => {
  const jobs = [good[0]!, bad('b'), '{"nothing":"of a job"}'];
  const { name, text, error } = await saved(list(jobs));
  expect([name, text]).toEqual(['snapshot.damaged', `${jobs.join('\n')}\n`]);
  expect(error).toBeInstanceOf(CorruptFile);
  expect(error?.message).toBe(
    'this snapshot is not good: 2 jobs in it cannot be restored' +
      ' · b: FILE, line 2, column 23: retries must be a whole number, 0 or more' +
      ' · a job: FILE, line 3, column 1: this is not a job: it has none of the fields of a job',
  );
  expect(explain(error!).join('\n')).toContain('All that the server sent is kept in FILE.');
});

test('of many that cannot be restored three are named', async () => {
  const names = async (...jobs: string[]) => {
    const { error } = await saved(list(jobs.map(bad)));
    const [, ...named] = error?.message.split(' · ') ?? [];
    return named.map((text) => text.split(':', 1)[0]);
  };
  expect(await names('a', 'b', 'c')).toEqual(['a', 'b', 'c']);
  expect(await names('a', 'b', 'c', 'd', 'e')).toEqual(['a', 'b', 'c', 'and 2 more']);
});

test.each([
  ['of another length than announced', list(good, 3), 'announced 3 jobs and sent 2'],
  ['that goes on after what was announced', list(good, 1), 'it goes on after 1 jobs'],
  ['that is empty where there should be jobs', { ...list([], 2) }, 'announced 2 jobs and sent 0'],
  ['that is nothing', { ...list(good), body: '' }, 'with nothing'],
  ['that ends early', { ...list(good), body: '[{"name":"a"}' }, 'ended early'],
  ['that is no array', { ...list(good), body: '{"jobs":[]}' }, 'no list of jobs'],
])('a list %s leaves nothing behind', async (_what, answer, why) => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-take-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const taking = takenFrom(answer, join(folder, 'snapshot'));
  await expect(taking).rejects.toThrow(OperatorError);
  await expect(taking).rejects.toThrow(why);
  expect(await readdir(folder)).toEqual([]);
});

test('of two jobs of one name both places are told, of a third too', async () => {
  const { name, error } = await saved(
    list([...good, '{"name":"a","retries":1}', bad('b'), good[0]!]),
  );
  expect(name).toBe('snapshot.damaged');
  expect(error?.message).toContain(
    'a: FILE, line 1, column 1; FILE, line 3, column 1; FILE, line 5',
  );
  expect(error?.message).toContain('b: FILE, line 2, column 1; FILE, line 4, column 23: the name');
});

test('a list with too much in it that cannot be read is kept to its end', async () => {
  const jobs = Array.from({ length: 1100 }, (_, at) => bad(`job-${at}`));
  const { text, error } = await saved(list(jobs));
  expect(text).toBe(`${jobs.join('\n')}\n`);
  expect(error?.message).toContain('more than 1000 jobs up to here cannot be read');
  expect(error?.message).toContain('1000 jobs in it cannot be restored · job-0');
});

test('what is no list of jobs is no snapshot', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-take-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const taking = takenFrom({ body: '[1]' }, join(folder, 'snapshot'));
  await expect(taking).rejects.toThrow(NotDkron);
  expect(await readdir(folder)).toEqual([]);
});

test('a manifest beside it says what it is and proves each line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-take-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'snapshot');
  const { manifest } = await takenFrom(list(good), path);
  const read = await readManifest(path);
  expect(read).toMatchObject(manifest);
  expect(read).toMatchObject({
    kind: 'hand',
    count: 2,
    bytes: 26,
    sha256: hash('sha256', `${good.join('\n')}\n`),
    lines: [
      { name: 'a', bytes: 12, sha256: hash('sha256', good[0]!) },
      { name: 'b', bytes: 12, sha256: hash('sha256', good[1]!) },
    ],
  });
});

test('what a snapshot holds already is not written again, until a definition differs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-take-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  let answer = list(good);
  const { url } = await serve(() => answer);
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  let minute = 0;
  const take = async (options: Partial<TakeOptions> = {}) => {
    const now = () => Date.UTC(2026, 10, 21, 2, minute++);
    const usual = { kind: 'hand', cluster: null, unlessIn: folder, now } as const;
    const { path, unchanged, manifest } = await takeSnapshot(
      dkron,
      { folder },
      { ...usual, ...options },
    );
    return [path.slice(-5), unchanged, manifest.count];
  };
  expect(await take()).toEqual(['0200Z', false, 2]);
  expect(await take({ kind: 'scheduled' })).toEqual(['0200Z', true, 2]);
  answer = list(good.map((job) => job.replace('}', ',"success_count":5}')));
  expect(await take()).toEqual(['0200Z', true, 2]);
  const one = { chosen: { filter: null, names: ['a'] }, keep: ({ name }: Job) => name === 'a' };
  expect(await take({ choose: one })).toEqual(['0203Z', false, 1]);
  expect(await take()).toEqual(['0200Z', true, 2]);
  answer = list(good.map((job) => job.replace('}', ',"retries":5}')));
  expect(await take()).toEqual(['0205Z', false, 2]);
  answer = list(good);
  expect(await take()).toEqual(['0206Z', false, 2]);
  expect((await readdir(folder)).filter((name) => name.endsWith('Z'))).toHaveLength(4);
});

test('progress tells the number announced, and all of it at the end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-take-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { url } = await serve(() => list(good));
  const dkron = createClient({ url });
  onTestFinished(() => dkron.close());
  const told: Progress[] = [];
  await takeSnapshot(
    dkron,
    { folder },
    { kind: 'hand', cluster: null, onProgress: (one) => told.push(one) },
  );
  expect(told.at(-1)).toEqual({ jobs: 2, total: 2, bytes: 27 });
});

test.each(['gz', 'zst'] as const)(
  'a packed snapshot is proven by what it holds: %s',
  async (packed) => {
    const folder = await mkdtemp(join(tmpdir(), 'snapshot-take-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { url } = await serve(() => list(good));
    const dkron = createClient({ url });
    onTestFinished(() => dkron.close());
    const { path, manifest } = await takeSnapshot(
      dkron,
      { folder, packed },
      { kind: 'hand', cluster: null },
    );
    expect(path).toMatch(new RegExp(`Z[.]${packed}$`));
    const text = `${good.join('\n')}\n`;
    expect(manifest).toMatchObject({ bytes: text.length, sha256: hash('sha256', text) });
    const bytes = await Array.fromAsync(unpacked(path, inputBytes(path)), (part) =>
      Buffer.from(part),
    );
    expect(Buffer.concat(bytes).toString()).toBe(text);
  },
);
