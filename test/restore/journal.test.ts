import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { OperatorError } from '../../src/base/errors.ts';
import type { JournalEntry, JournalOutcome } from '../../src/dkron/journal.ts';
import { openJournal } from '../../src/restore/journal.ts';

let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  path = join(folder, 'journal', 'localhost_8080.jsonl');
});

const entry = (id: string, job: string): JournalEntry => ({
  id,
  at: '2026-11-21T14:32:10.000Z',
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

test('an entry is on the disk, for its owner only, before the request goes out', async () => {
  await openJournal(path, 'sre@desk').before(entry('1', 'a'));
  const written = { ...entry('1', 'a'), who: 'sre@desk' };
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(written);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('changes are read back with what became of them', async () => {
  const who = 'sre@desk';
  const journal = openJournal(path, who);
  await journal.before(entry('1', 'a'));
  await journal.before(entry('2', 'b'));
  await journal.after(outcome('1', 'written'));
  expect(await openJournal(path).changes()).toEqual([
    { ...entry('1', 'a'), who, result: outcome('1', 'written') },
    { ...entry('2', 'b'), who, result: null },
  ]);
  expect(await journal.history('a')).toHaveLength(1);
});

test('the last operation is all that was changed together, without what was refused', async () => {
  const journal = openJournal(path);
  expect(await journal.lastOperation()).toEqual([]);
  await journal.before(entry('1', 'a'));
  expect(await journal.lastOperation()).toMatchObject([{ id: '1' }]);
  for (const id of ['2', '3', '4'])
    await journal.before({ ...entry(id, `job-${id}`), operation: 'many' });
  await journal.after(outcome('2', 'written'));
  await journal.after(outcome('3', 'refused'));
  await journal.before({ ...entry('5', 'b'), operation: 'refused' });
  await journal.after(outcome('5', 'refused'));
  expect(await journal.lastOperation()).toMatchObject([{ id: '2' }, { id: '4', result: null }]);
});

test('a line cut off by a crash costs nothing but itself', async () => {
  const journal = openJournal(path);
  await journal.before(entry('1', 'a'));
  await journal.after(outcome('1', 'written'));
  await appendFile(path, '{"id":"2","at":"2026-');
  expect(await journal.lastOperation()).toMatchObject([{ id: '1' }]);
  await openJournal(path).before(entry('3', 'a'));
  expect((await journal.changes()).map(({ id }) => id)).toEqual(['1', '3']);
});

test('entries noted together keep their order and are all there', async () => {
  const journal = openJournal(path);
  const ids = Array.from({ length: 500 }, (_, at) => String(at));
  await Promise.all(ids.map((id) => journal.before(entry(id, 'a'))));
  expect((await journal.changes()).map(({ id }) => id)).toEqual(ids);
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
