import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../src/base/errors.ts';
import type { JournalEntry, JournalOutcome } from '../../src/journal/entry.ts';
import { openJournal } from '../../src/journal/file.ts';
import { lastOperation } from '../support/journal.ts';

/** The journal's folder. */
let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  path = join(folder, 'journal', 'localhost_8080');
});

const entry = (id: string, job: string, at = '2026-11-21T14:32:10.000Z'): JournalEntry => ({
  id,
  at,
  server: 'http://localhost:8080',
  job,
  action: 'write',
  before: `{"name":"${job}","big":9223372036854775809}`,
  sent: `{"name":"${job}"}`,
});
const outcome = (id: string, outcome: JournalOutcome['outcome']): JournalOutcome => ({
  id,
  at: '2026-11-21T14:32:11.000Z',
  outcome,
});

/** The file of each operation, oldest first. */
const files = async (): Promise<string[]> =>
  (await readdir(path)).sort().map((name) => join(path, name));
const idsOf = (changes: readonly { readonly id: string }[]): string[] =>
  changes.map(({ id }) => id);

test('an entry is on the disk, for its owner only, before the request goes out', async () => {
  await openJournal(path, { who: 'sre@desk' }).before(entry('1', 'a'));
  const [file = ''] = await files();
  const written = { ...entry('1', 'a'), who: 'sre@desk' };
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(written);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('changes are read back with what became of them', async () => {
  const who = 'sre@desk';
  const journal = openJournal(path, { who });
  await journal.before(entry('1', 'a'));
  await journal.before(entry('2', 'b'));
  await journal.after(outcome('1', 'written'));
  expect(await openJournal(path).changes()).toEqual([
    { ...entry('1', 'a'), who, result: outcome('1', 'written') },
    { ...entry('2', 'b'), who, result: null },
  ]);
  expect(await journal.history('a')).toHaveLength(1);
  expect(journal.passedOver()).toEqual([]);
});

test('the last operation is all that was changed together, without what was refused', async () => {
  const journal = openJournal(path);
  expect(await lastOperation(journal)).toEqual([]);
  await journal.before(entry('1', 'a'));
  expect(await lastOperation(journal)).toMatchObject([{ id: '1' }]);
  for (const id of ['2', '3', '4'])
    await journal.before({ ...entry(id, `job-${id}`), operation: 'many' });
  await journal.after(outcome('2', 'written'));
  await journal.after(outcome('3', 'refused'));
  await journal.before({ ...entry('5', 'b'), operation: 'refused' });
  await journal.after(outcome('5', 'refused'));
  expect(await lastOperation(journal)).toMatchObject([{ id: '2' }, { id: '4', result: null }]);
});

test('the last operation is the one written last, also when the clock was set back', async () => {
  const journal = openJournal(path);
  await journal.before(entry('1', 'a', '2031-01-01T00:00:00.000Z'));
  await journal.before(entry('2', 'a', '2026-11-21T14:32:10.000Z'));
  await openJournal(path).before(entry('3', 'a', '2026-11-20T00:00:00.000Z'));
  expect(idsOf(await lastOperation(journal))).toEqual(['3']);
  expect(idsOf(await journal.changes())).toEqual(['1', '2', '3']);
});

test('of operations at one moment the last is the one written last', async () => {
  const journal = openJournal(path);
  for (const id of ['c', 'b', 'a']) await journal.before(entry(id, 'a'));
  expect(idsOf(await journal.changes())).toEqual(['c', 'b', 'a']);
  await rm(path, { recursive: true });
  const old = ['2', '1', '3'].map((id) => JSON.stringify(entry(id, 'a')));
  await writeFile(`${path}.jsonl`, old.join('\n'));
  expect(idsOf(await journal.changes())).toEqual(['2', '1', '3']);
});

test('a user without a name in the system has a number', async () => {
  const { userInfo } = os;
  os.userInfo = () => {
    throw new Error('uv_os_get_passwd returned ENOENT');
  };
  syncBuiltinESMExports();
  onTestFinished(() => {
    os.userInfo = userInfo;
    syncBuiltinESMExports();
  });
  await openJournal(path).before(entry('1', 'a'));
  const [{ who } = {}] = await openJournal(path).changes();
  expect(who).toBe(`${process.getuid?.()}@${os.hostname()}`);
});

test('an operation keeps to one file, whatever it is called', async () => {
  const journal = openJournal(path);
  for (const operation of ['../../escaped', 'é'.repeat(90), 'A', 'a', '.', 'con'])
    for (const at of [1, 2])
      await journal.before({ ...entry(`${operation}${at}`, 'a'), operation });
  expect(await files()).toHaveLength(6);
  expect(await readdir(join(path, '..'))).toEqual(['localhost_8080']);
  expect(await journal.changes()).toHaveLength(12);
});

test('entries noted together keep their order and are all there', async () => {
  const journal = openJournal(path);
  const ids = Array.from({ length: 500 }, (_, at) => String(at));
  await Promise.all(ids.map((id) => journal.before({ ...entry(id, 'a'), operation: 'many' })));
  await Promise.all(ids.map((id) => journal.after(outcome(id, 'written'))));
  const changes = await journal.changes();
  expect(idsOf(changes)).toEqual(ids);
  expect(changes.every(({ result }) => result?.outcome === 'written')).toBe(true);
});

test('programs that write side by side, much more than one write takes, lose nothing', async () => {
  const long = { before: `{"name":"${'é'.repeat(2_000)}"}` };
  const writers = Array.from({ length: 5 }, (_, writer) => ({
    writer,
    journal: openJournal(path),
  }));
  await Promise.all(
    writers.map(async ({ writer, journal }) => {
      const ids = Array.from({ length: 400 }, (_, at) => `${writer}-${at}`);
      const operation = `operation-${writer}`;
      await Promise.all(ids.map((id) => journal.before({ ...entry(id, 'a'), ...long, operation })));
      await Promise.all(ids.map((id) => journal.after(outcome(id, 'written'))));
    }),
  );
  const changes = await openJournal(path).changes();
  expect(changes).toHaveLength(2_000);
  expect(changes.every(({ result }) => result?.outcome === 'written')).toBe(true);
});

test('changes are found by the beginning of their ids, those of newer operations first', async () => {
  const journal = openJournal(path);
  for (const [id, operation, job] of [
    ['aa"1', 'first', 'old'],
    ['aa"2', 'second', 'new'],
    ['b', 'second', 'beside'],
  ] as const) {
    await journal.before({ ...entry(id, job), operation });
    await journal.after(outcome(id, 'written'));
  }
  const called = async (id: string) =>
    (await Array.fromAsync(openJournal(path).called(id))).map(({ job, result }) => [
      job,
      result?.outcome,
    ]);
  expect(await called('aa"')).toEqual([
    ['new', 'written'],
    ['old', 'written'],
  ]);
  expect(await called('b')).toEqual([['beside', 'written']]);
  expect(await called('nobody')).toEqual([]);
  expect(await called('')).toHaveLength(3);
});

test('the newest operations are found without reading the others', async () => {
  const journal = openJournal(path);
  for (let day = 10; day < 60; day += 1)
    await journal.before(entry(`${day}`, 'a', new Date(Date.UTC(2026, 0, day)).toISOString()));
  // Whoever reads the oldest one is told about it.
  await writeFile((await files())[0]!, 'none\n');
  expect(idsOf(await lastOperation(journal))).toEqual(['59']);
  expect(idsOf(await journal.changes(3))).toEqual(['57', '58', '59']);
  expect(journal.passedOver()).toEqual([]);
  expect(await journal.changes()).toHaveLength(49);
  expect(journal.passedOver()).toHaveLength(1);
});

describe('what cannot be read', () => {
  test('a line cut off by a crash costs nothing but itself', async () => {
    const journal = openJournal(path);
    await journal.before(entry('1', 'a'));
    await journal.after(outcome('1', 'written'));
    await appendFile((await files())[0]!, '{"id":"2","at":"2026-');
    expect(await lastOperation(journal)).toMatchObject([{ id: '1' }]);
    await openJournal(path).before(entry('3', 'a'));
    expect(idsOf(await journal.changes())).toEqual(['1', '3']);
  });

  test.each([
    '7',
    'true',
    'null',
    '"text"',
    '[]',
    '{}',
    '{"id":"1"}',
    '{"id":1,"job":"a"}',
    '{"id":"1","outcome":"perhaps","at":"2026-11-21T14:32:11.000Z"}',
    JSON.stringify({ ...entry('2', 'b'), at: 'yesterday' }),
    JSON.stringify({ ...entry('2', 'b'), before: 7 }),
    JSON.stringify({ ...entry('2', 'b'), action: 'eat' }),
    '\0\0\0',
  ])('the line %s is passed over and named once', async (line) => {
    const journal = openJournal(path);
    await journal.before(entry('1', 'a'));
    const [file = ''] = await files();
    await appendFile(file, `${line}\n`);
    expect(idsOf(await journal.changes())).toEqual(['1']);
    expect(idsOf(await lastOperation(journal))).toEqual(['1']);
    expect(journal.passedOver()).toEqual([`${file}: 1 of its lines are not complete entries`]);
  });

  test('a file of something else, or a folder, is passed over and named once', async () => {
    const journal = openJournal(path);
    await journal.before(entry('1', 'a'));
    await writeFile(join(path, '100%.bak'), '');
    await mkdir(join(path, '20261122T000000000Z_folder.jsonl'));
    expect(idsOf(await journal.changes())).toEqual(['1']);
    expect(idsOf(await lastOperation(journal))).toEqual(['1']);
    expect(journal.passedOver()).toEqual([
      `${join(path, '100%.bak')} is not a file of the journal`,
      expect.stringContaining('20261122T000000000Z_folder.jsonl cannot be read'),
    ]);
  });
});

test('an operation with a definition that is no whole job is offered without it, and that is said', async () => {
  const journal = openJournal(path);
  await journal.before({ ...entry('1', 'a'), operation: 'both', before: '{"name":' });
  await journal.before({ ...entry('2', 'b'), operation: 'both' });
  await journal.before({ ...entry('3', 'c'), before: '7' });
  expect(idsOf(await lastOperation(journal))).toEqual(['2']);
  expect(journal.passedOver()).toEqual(
    ['c', 'a'].map((job) =>
      expect.stringContaining(`the change of ${job} at 2026-11-21T14:32:10.000Z: `),
    ),
  );
});

test('what became of a change that was never noted is told of nobody', async () => {
  const journal = openJournal(path);
  await journal.after(outcome('9', 'written'));
  await journal.before(entry('1', 'a'));
  const [file = ''] = await files();
  await appendFile(file, `${JSON.stringify(outcome('9', 'written'))}\n`);
  expect(await journal.changes()).toMatchObject([{ id: '1', result: null }]);
  expect(journal.passedOver()).toEqual([]);
});

test('an operation larger than a megabyte is read like any other', async () => {
  const journal = openJournal(path);
  const sent = JSON.stringify({ name: 'a', tags: { x: 'é'.repeat(300_000) } });
  for (const id of ['1', '2', '3'])
    await journal.before({ ...entry(id, 'a'), operation: 'one', sent });
  const [file = ''] = await files();
  await appendFile(file, JSON.stringify(outcome('3', 'written')));
  const changes = await journal.changes();
  expect(changes.map((change) => [change.id, change.sent === sent])).toEqual([
    ['1', true],
    ['2', true],
    ['3', true],
  ]);
  expect(changes[2]?.result?.outcome).toBe('written');
  expect(journal.passedOver()).toEqual([]);
});

test('an operation whose file is in the way cannot go on, and says so', async () => {
  const journal = openJournal(path);
  await journal.before(entry('1', 'a'));
  const [file = ''] = await files();
  await rm(file);
  await mkdir(file);
  await expect(journal.after(outcome('1', 'written'))).rejects.toThrow(/cannot be written/);
});

test('the one file of earlier versions is read with the others, in the order of time', async () => {
  const journal = openJournal(path);
  await journal.before(entry('2', 'a', '2026-11-21T00:00:00.000Z'));
  const old = [
    entry('1', 'a', '2026-11-20T00:00:00.000Z'),
    { ...entry('3', 'a', '2026-11-22T00:00:00.000Z'), operation: 'last' },
    { ...entry('4', 'b', '2026-11-22T00:00:00.000Z'), operation: 'last' },
    outcome('3', 'written'),
  ];
  const lines = old.map((line) => JSON.stringify(line));
  await writeFile(`${path}.jsonl`, [...lines, '{"torn":'].join('\n'));
  expect(idsOf(await journal.changes())).toEqual(['1', '2', '3', '4']);
  expect(idsOf(await lastOperation(journal))).toEqual(['3', '4']);
  expect(await journal.history('b')).toMatchObject([{ result: null }]);
});

test('a journal that cannot be written says so, and works again when it can', async () => {
  const folder = join(path, '..');
  await rm(folder, { recursive: true, force: true });
  await writeFile(folder, 'in the way');
  const journal = openJournal(path);
  await expect(journal.before(entry('1', 'a'))).rejects.toThrow(OperatorError);
  await rm(folder);
  await journal.before(entry('2', 'a'));
  expect(await journal.changes()).toHaveLength(1);
});

describe('an operation that another program began', () => {
  const about = { operation: 'op' };
  const begin = async (): Promise<string> => {
    const first = openJournal(path, { who: 'sre@desk' });
    await first.before({ ...entry('1', 'a'), ...about });
    await first.after(outcome('1', 'written'));
    await first.before({ ...entry('2', 'b'), ...about });
    return (await files())[0]!;
  };
  const outcomes = async (): Promise<unknown[]> =>
    (await openJournal(path).changes()).map(({ id, result }) => [id, result?.outcome ?? null]);

  test('goes on in its own file, and what became of its changes is noted there', async () => {
    const file = await begin();
    const second = openJournal(path);
    expect(idsOf(await second.goOn('op'))).toEqual(['1', '2']);
    await second.after(outcome('2', 'written'));
    await second.before({ ...entry('3', 'c'), ...about });
    await second.after(outcome('3', 'refused'));
    expect(await files()).toEqual([file]);
    expect(await outcomes()).toEqual([
      ['1', 'written'],
      ['2', 'written'],
      ['3', 'refused'],
    ]);
  });

  test.each([
    ['a part of a line goes, since nothing was sent for it', '{"id":"3","job":"c', ['1', '2', '4']],
    [
      'a whole line stays that lacks its end only',
      JSON.stringify({ ...entry('3', 'c'), ...about }),
      ['1', '2', '3', '4'],
    ],
  ])('%s', async (_, tail, ids) => {
    const file = await begin();
    await appendFile(file, tail);
    const second = openJournal(path);
    await second.goOn('op');
    await second.before({ ...entry('4', 'd'), ...about });
    const journal = openJournal(path);
    expect(idsOf(await journal.changes())).toEqual(ids);
    expect(journal.passedOver()).toEqual([]);
  });

  test('has no changes where there is no such operation, and begins one', async () => {
    const journal = openJournal(path);
    expect(await journal.goOn('op')).toEqual([]);
    await journal.before({ ...entry('1', 'a'), ...about });
    expect(await journal.goOn('other')).toEqual([]);
    expect(idsOf(await openJournal(path).goOn('op'))).toEqual(['1']);
  });
});
