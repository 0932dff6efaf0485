/** Operations that were moved into compressed months: nothing is lost, and nothing comes twice. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/journal/file.ts';
import { isMonth, operationsOfMonth } from '../../src/journal/months.ts';
import { type Bounds, tidy } from '../../src/journal/tidy.ts';

let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  path = join(folder, 'journal');
});

const bounds: Bounds = { own: 3, slack: 2, rest: 1_000 };
const later = Date.UTC(2099, 0, 1);

/** Operations, one a day from the 20th of November on. */
async function operations(count: number, ended = true): Promise<void> {
  const journal = openJournal(path, { who: 'sre@desk' });
  for (let day = 0; day < count; day++) {
    const at = new Date(Date.UTC(2026, 10, 20 + day)).toISOString();
    const about = {
      server: 'http://localhost:8080',
      action: 'write',
      sent: '{"name":"a"}',
    } as const;
    const id = `${day}`;
    await journal.before({
      id,
      operation: `op-${day}`,
      what: 'edit',
      at,
      job: 'a',
      before: null,
      ...about,
    });
    if (ended) await journal.after({ id, at, outcome: 'written', after: '{"name":"a"}' });
  }
}

/** Moves all that may be moved. */
async function tidied(now = later): Promise<void> {
  for (let left = -1; left !== (await own()).length; await tidy(path, now, bounds))
    left = (await own()).length;
}

const names = async (): Promise<string[]> => (await readdir(path)).sort();
const own = async (): Promise<string[]> => (await names()).filter((name) => !isMonth(name));
const idsOf = (changes: readonly { readonly id: string }[]): string[] =>
  changes.map(({ id }) => id);
const ten = Array.from({ length: 10 }, (_, day) => `${day}`);

test('the newest keep files of their own, the others go into one of their month', async () => {
  await operations(14);
  const before = await openJournal(path).changes();
  await tidied();
  expect(await own()).toHaveLength(3);
  const months = (await names()).filter(isMonth);
  expect(months.map((name) => name.replace(/_[\da-f]{8}\./, '.'))).toEqual([
    '2026-11_20261120T000000000Z-20261130T000000000Z.jsonl.gz',
  ]);
  expect((await stat(join(path, months[0]!))).mode & 0o777).toBe(0o600);
  const journal = openJournal(path);
  expect(await journal.changes()).toEqual(before);
  expect(await journal.history('a')).toEqual(before);
  expect(journal.passedOver()).toEqual([]);
});

test('months do not mix, and those of before stay as they are', async () => {
  await operations(10);
  await tidied();
  const [first = ''] = (await names()).filter(isMonth);
  const bytes = await readFile(join(path, first));
  await operations(30);
  await tidied();
  const months = (await names()).filter(isMonth);
  expect(months.map((name) => name.slice(0, 7))).toEqual(['2026-11', '2026-11', '2026-12']);
  expect(await readFile(join(path, first))).toEqual(bytes);
  expect(await openJournal(path).changes()).toHaveLength(40);
});

test('nothing moves before there are too many, or while it may be written into, or is not known how it ended', async () => {
  await operations(5);
  await tidied();
  expect(await own()).toHaveLength(5);
  await operations(10);
  await tidied(Date.now());
  expect(await own()).toHaveLength(15);
  await rm(path, { recursive: true });
  await operations(10, false);
  await tidied();
  expect(await own()).toHaveLength(10);
});

test('an operation goes on in its own file', async () => {
  await operations(10);
  const [newest] = (await own()).slice(-1);
  await utimes(join(path, newest!), new Date(), new Date());
  await tidied();
  expect(idsOf(await openJournal(path).goOn('op-9'))).toEqual(['9']);
});

describe('killed in between', () => {
  test('what is in both comes once, and the file of its own counts', async () => {
    await operations(10);
    const texts = new Map<string, string>();
    for (const name of await own()) texts.set(name, await readFile(join(path, name), 'utf8'));
    await tidied();
    for (const [name, text] of texts)
      await writeFile(join(path, name), text.replaceAll('sre@desk', 'me@here'));
    const journal = openJournal(path);
    expect(idsOf(await journal.changes())).toEqual(ten);
    expect((await journal.changes()).every(({ who }) => who === 'me@here')).toBe(true);
    await tidied();
    expect(idsOf(await journal.changes())).toEqual(ten);
  });

  test('a half-written month is none, and is swept away', async () => {
    await operations(10);
    await writeFile(join(path, '.2026-11_x.jsonl.gz'), 'half');
    expect(idsOf(await openJournal(path).changes())).toEqual(ten);
    await tidied();
    expect((await names()).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

test('a damaged month costs what is in it, and is named', async () => {
  await operations(10);
  await tidied();
  const [month = ''] = (await names()).filter(isMonth);
  const bytes = await readFile(join(path, month));
  await writeFile(join(path, month), bytes.subarray(0, bytes.length >> 1));
  const journal = openJournal(path);
  expect(idsOf(await journal.changes()).slice(-3)).toEqual(['7', '8', '9']);
  expect(journal.passedOver()).toEqual([expect.stringContaining('the rest of it cannot be read')]);
});

test('a damaged month is named also to who reads it slowly', async () => {
  const lines = Array.from({ length: 60 }, (_, at) => [
    JSON.stringify({ file: `${at}` }),
    JSON.stringify({ id: randomBytes(400).toString('hex') }),
  ]);
  const whole = gzipSync(lines.flat().join('\n'));
  const file = join(path, 'month.gz');
  await mkdir(path, { recursive: true });
  await writeFile(file, whole.subarray(0, whole.length >> 1));
  const reading = async (): Promise<void> => {
    for await (const _ of operationsOfMonth(file)) await new Promise(setImmediate);
  };
  await expect(reading()).rejects.toThrow('unexpected end of file');
});

test('who reads while operations are moved misses none', async () => {
  await operations(20);
  const ids: string[] = [];
  for await (const { id } of openJournal(path).list()) {
    if (ids.length === 0) await tidied();
    ids.push(id);
  }
  expect(ids).toHaveLength(20);
  expect(new Set(ids).size).toBe(20);
});

test('several programs that tidy at once lose nothing', async () => {
  await operations(60);
  await Promise.all(Array.from({ length: 4 }, () => tidied()));
  expect(idsOf(await openJournal(path).changes())).toHaveLength(60);
  expect(await own()).toHaveLength(3);
});

describe('operations', () => {
  test('are listed newest first, by what became of them, and page by page', async () => {
    await operations(10);
    await tidied();
    const journal = openJournal(path);
    const all = await Array.fromAsync(journal.list());
    expect(all.map(({ id }) => id)).toEqual(ten.map((day) => `op-${day}`).reverse());
    expect(all[0]).toMatchObject({
      at: '2026-11-29T00:00:00.000Z',
      what: 'edit',
      who: 'sre@desk',
      job: 'a',
      jobs: 1,
      outcomes: { written: 1, refused: 0, unknown: 0, open: 0 },
    });
    for (const at of [0, 2, 3, 8]) {
      const older = await Array.fromAsync(journal.list(all[at]!.key));
      expect(older).toEqual(all.slice(at + 1));
      expect(idsOf(await journal.operation(all[at]!.key))).toEqual([`${9 - at}`]);
    }
    expect(await journal.operation('20261129T000000000Z_other.jsonl')).toEqual([]);
  });

  test('that were resumed are told by the last change of each job', async () => {
    const entry = { at: '2026-11-21T14:32:10.000Z', server: 'http://s', action: 'write' };
    const sent = { before: null, sent: '{"name":"a"}', operation: 'op', who: 'sre@desk' };
    const lines = [
      { id: '1', job: 'a', ...entry, ...sent },
      { id: '2', job: 'b', ...entry, ...sent },
      { id: '3', job: 'a', ...entry, ...sent },
      { id: '3', at: entry.at, outcome: 'written', after: '{"name":"a"}' },
    ];
    await mkdir(path, { recursive: true });
    await writeFile(
      join(path, '20261121T143210000Z_op.jsonl'),
      lines.map((line) => JSON.stringify(line)).join('\n'),
    );
    const [resumed] = await Array.fromAsync(openJournal(path).list());
    expect(resumed).toMatchObject({
      jobs: 2,
      outcomes: { written: 1, refused: 0, unknown: 0, open: 1 },
    });
  });

  test('of older journals are listed as well as they tell', async () => {
    const entry = {
      id: '1',
      at: '2026-11-21T14:32:10.000Z',
      server: 'http://localhost:8080',
      job: 'a',
      action: 'write',
      before: '{"name":"a","x":",\\"before\\":"}',
      sent: '{"name":"a"}',
      who: 'sre@desk',
    };
    await operations(1);
    const lines = [entry, { id: '1', at: entry.at, outcome: 'refused', error: 'no' }];
    await writeFile(
      join(path, '20261121T143210000Z_1.jsonl'),
      lines.map((line) => JSON.stringify(line)).join('\n'),
    );
    const [newest] = await Array.fromAsync(openJournal(path).list());
    expect(newest).toMatchObject({ id: '1', who: 'sre@desk', outcomes: { refused: 1, open: 0 } });
  });
});
