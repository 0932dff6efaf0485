import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { NotFound, OperatorError } from '../../../src/base/errors.ts';
import type { PastChange } from '../../../src/journal/file.ts';
import { operationOf } from '../../../src/journal/operation.ts';
import { listSnapshots } from '../../../src/snapshot/archive/list.ts';
import { manifestPath, readManifest } from '../../../src/snapshot/archive/manifest.ts';
import { noteOn } from '../../../src/snapshot/archive/note.ts';
import { going, pruneLines, staying } from '../../../src/snapshot/prune/lines.ts';
import { neededSafety } from '../../../src/snapshot/prune/needed.ts';
import type { Policy } from '../../../src/snapshot/prune/policy.ts';
import { planPrune } from '../../../src/snapshot/prune/prune.ts';
import { removeSnapshots } from '../../../src/snapshot/prune/remove.ts';
import { lineText } from '../../../src/view/line.ts';
import { aJob } from '../../support/jobs.ts';
import { putSnapshot } from '../../support/snapshots.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const jobs = [aJob({ name: 'a' }), aJob({ name: 'b' })];

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'snapshot-prune-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

type Head = Parameters<typeof putSnapshot>[3];

/** Snapshots of these names, one a day, the first of them on the 1st. */
async function aNight(names: readonly string[], head: Head = {}): Promise<string> {
  const folder = await aFolder();
  for (const [at, name] of names.entries())
    await put(folder, name, `2026-11-${String(at + 1).padStart(2, '0')}T02:00:00Z`, head);
  return folder;
}

const put = (folder: string, name: string, taken: string, head: Head = {}) =>
  putSnapshot(folder, name, jobs, { taken, kind: 'scheduled', ...head });

async function planned(folder: string, policy: Policy, journal: readonly PastChange[] = []) {
  const files = await listSnapshots(folder);
  const needed = await neededSafety(
    files,
    () => ({
      list: async function* () {
        for (const change of journal) yield operationOf(change.id, [change])!;
      },
    }),
    now,
  );
  return planPrune(files, { policy, now, needed });
}

/** What stays, with the reasons; the others go. */
async function reasons(folder: string, policy: Policy, journal?: readonly PastChange[]) {
  const groups = await planned(folder, policy, journal);
  return Object.fromEntries(staying(groups).map(({ file, reasons }) => [file.name, reasons]));
}

test('a night of safety snapshots pushes out no other, nor do clusters and choices each other', async () => {
  const folder = await aNight(['1', '2']);
  await put(folder, 'safe-1', '2026-11-20T02:00:00Z', { kind: 'safety' });
  await put(folder, 'safe-2', '2026-11-20T03:00:00Z', { kind: 'safety' });
  await put(folder, 'other', '2026-11-21T02:00:00Z', { cluster: { id: 'c2', name: 'dev' } });
  await put(folder, 'some', '2026-11-22T02:00:00Z', { chosen: { filter: 'x', names: [] } });
  expect(await reasons(folder, { last: 1 })).toEqual({
    2: ['last snapshot', 'newest verified'],
    'safe-2': ['last snapshot', 'newest verified'],
    other: ['last snapshot', 'newest verified'],
    some: ['last snapshot', 'newest verified'],
  });
});

test('what is pinned stays, and counts like the others', async () => {
  const folder = await aNight(['1', '2', '3']);
  await noteOn(join(folder, '1'), { pinned: true });
  expect(await reasons(folder, { last: 1 })).toEqual({
    1: ['pinned'],
    3: ['last snapshot', 'newest verified'],
  });
});

test('damaged ones take no place of a good one, and the newest good one stays', async () => {
  const folder = await aNight(['1', '2', '3', '4']);
  await writeFile(join(folder, '4'), 'cut');
  const text = await readFile(join(folder, '3'), 'utf8');
  await writeFile(join(folder, '3'), text.replace('refresh', 'REFRESH').replace('"a"', '"A"'));
  const damaged = ['damaged: left for a person to look at'];
  expect(await reasons(folder, { last: 1 })).toEqual({
    4: damaged,
    3: damaged,
    2: ['last snapshot', 'newest verified'],
  });
});

test('what is no snapshot, by manifest or name, is not ours to remove', async () => {
  const folder = await aNight(['1', '2', '3']);
  await rm(manifestPath(join(folder, '1')));
  await writeFile(manifestPath(join(folder, '2')), '{');
  expect(await reasons(folder, { last: 1 })).toMatchObject({
    1: ['no manifest, nor the name of a snapshot'],
    2: ['its manifest cannot be read'],
  });
});

test('safety snapshots of young changes, and of those whose end is not known, stay', async () => {
  const folder = await aFolder();
  const safe = (name: string, hour: number, operation: string) =>
    put(folder, name, `2026-11-20T0${hour}:00:00Z`, { kind: 'safety', operation });
  await safe('by-operation', 1, 'op-1');
  await safe('by-name', 2, 'op-2');
  await safe('undone-long-ago', 3, 'op-3');
  await safe('newest', 4, 'op-4');
  await safe('unfinished', 5, 'op-5');
  await safe('newest-of-all', 6, 'op-6');
  const [young, old] = [new Date(now - 86_400_000).toISOString(), '2025-01-01T00:00:00Z'];
  const result = { id: 'x', at: old, outcome: 'written' } as const;
  const change = {
    id: 'x',
    server: 'http://localhost:8080',
    job: 'a',
    action: 'write',
    before: null,
    sent: null,
  } as const;
  const journal = [
    { operation: 'op-1', at: young, result },
    { operation: 'x', safety: 'by-name', at: young, result },
    { operation: 'op-3', at: old, result },
    { operation: 'op-5', at: old, result: null },
  ].map((past) => ({ ...change, ...past }));
  expect(Object.keys(await reasons(folder, { last: 1 }, journal)).sort()).toEqual([
    'by-name',
    'by-operation',
    'newest-of-all',
    'unfinished',
  ]);
  // A journal that cannot be read, and an id that is no name of a folder, keep them all.
  await put(folder, 'elsewhere', '2026-11-20T00:00:00Z', {
    kind: 'safety',
    cluster: { id: '../..', name: 'x' },
  });
  await put(folder, 'elsewhere-2', '2026-11-20T01:00:00Z', {
    kind: 'safety',
    cluster: { id: '../..', name: 'x' },
  });
  const files = await listSnapshots(folder);
  const needed = await neededSafety(
    files,
    () => {
      throw new OperatorError('no journal');
    },
    now,
  );
  const groups = await planPrune(files, { policy: { last: 1 }, now, needed });
  expect(going(groups)).toEqual([]);
});

test('a calendar and a list say it at 80 columns', async () => {
  const folder = await aNight(['1', '2', '3']);
  await put(folder, '3b', '2026-11-03T03:00:00Z');
  await put(folder, '0', '2024-02-29T03:00:00Z');
  const lines = pruneLines(await planned(folder, { daily: 1, yearly: 9 })).map(lineText);
  expect(lines).toEqual([
    '# stays  - goes  + some of that day stay  . none  (days in UTC)',
    '',
    'prod, scheduled  2 stay, 3 go',
    '           1   5    10   15   20   25   30',
    '  Nov 2026 --+...........................  1 stays, 3 go',
    '  Feb 2024 ............................#  1 stays, 0 go',
    '  stays  3b  daily snapshot, yearly snapshot, newest verified',
    '  goes   3 ',
    '  goes   2 ',
    '  goes   1 ',
    '  stays  0   yearly snapshot',
  ]);
  expect(pruneLines([])).toEqual([]);
});

test('what goes goes with all that lies beside it', async () => {
  const folder = await aNight(['1', '2']);
  await put(folder, '0', '2026-10-01T00:00:00Z', { executions: '0.executions' });
  await put(folder, '0b', '2026-10-01T00:00:00Z', { executions: '2' });
  await writeFile(join(folder, '0b.executions'), '{}');
  await writeFile(join(folder, '0.executions'), '{}');
  await writeFile(join(folder, '.index', '0.jobs'), '').catch(() => {});
  const groups = await planned(folder, { last: 2 });
  const gone = await removeSnapshots(
    going(groups).map(({ file }) => file),
    now,
  );
  expect(gone.map(({ file, why }) => [file.name, why])).toEqual([
    ['0b', null],
    ['0', null],
  ]);
  const left = (await readdir(folder)).filter((name) => name !== '.index').sort();
  expect(left).toEqual(['1', '1.manifest.json', '2', '2.manifest.json']);
  expect((await readdir(join(folder, '.index'))).filter((name) => name.endsWith('.turn'))).toEqual(
    [],
  );
});

test('what was pinned after it was looked at stays, and that is said', async () => {
  const folder = await aNight(['1', '2']);
  const go = going(await planned(folder, { last: 1 })).map(({ file }) => file);
  await noteOn(join(folder, '1'), { pinned: true });
  const gone = await removeSnapshots(go, now);
  expect(gone.map(({ why }) => why)).toEqual(['it was pinned meanwhile']);
  expect(await readdir(folder)).toContain('1');
});

test('a program that was killed in between leaves what the next removes', async () => {
  const folder = await aNight(['1', '2', '3']);
  await put(folder, 'young', '2026-11-25T00:00:00Z');
  await rm(join(folder, '1'));
  await rm(join(folder, 'young'));
  const long = new Date(now - 2 * 86_400_000);
  await utimes(manifestPath(join(folder, '1')), long, long);
  const fresh = new Date(now - 1000);
  await utimes(manifestPath(join(folder, 'young')), fresh, fresh);
  expect((await listSnapshots(folder)).map(({ name }) => name)).toEqual(['3', '2']);
  const go = going(await planned(folder, { last: 1 })).map(({ file }) => file);
  await removeSnapshots(go, now);
  const left = (await readdir(folder)).filter((name) => name !== '.index').sort();
  expect(left).toEqual(['3', '3.manifest.json', 'young.manifest.json']);
});

test.skipIf(process.getuid?.() === 0)('what cannot be removed is told', async () => {
  const folder = await aNight(['1', '2']);
  const go = going(await planned(folder, { last: 1 })).map(({ file }) => file);
  await chmod(folder, 0o500);
  onTestFinished(() => chmod(folder, 0o700));
  const [first] = await removeSnapshots(go, now);
  expect(first?.why).toMatch(/cannot be (removed|made): permission denied/);
});

test('two that thin out at once, and one that pins, do each other no harm', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `s${at}`);
  const folder = await aNight(names);
  const go = going(await planned(folder, { last: 5 })).map(({ file }) => file);
  const pins = ['s0', 's7', 's14'].map((name) =>
    noteOn(join(folder, name), { pinned: true }).then(
      () => name,
      (error: unknown) => error,
    ),
  );
  const [first, second, ...pinned] = await Promise.all([
    removeSnapshots(go, now),
    removeSnapshots(go.toReversed(), now),
    ...pins,
  ]);
  const held = pinned.filter((name) => typeof name === 'string');
  for (const error of pinned.filter((name) => typeof name !== 'string'))
    expect(error).toBeInstanceOf(NotFound);
  for (const { file, why } of [...first, ...second])
    expect(why).toBe(held.includes(file.name) ? 'it was pinned meanwhile' : null);
  const left = (await listSnapshots(folder)).map(({ name }) => name).sort();
  expect(left).toEqual([...names.slice(15), ...held].sort());
  for (const name of left) expect(await readManifest(join(folder, name))).not.toBeNull();
});

test('pins and labels of several programs at once are all kept, and the lines are not touched', async () => {
  const folder = await aNight(['1']);
  const path = join(folder, '1');
  const before = await readFile(manifestPath(path), 'utf8');
  await Promise.all([
    noteOn(path, { pinned: true }),
    noteOn(path, { label: 'one' }),
    noteOn(path, { label: 'two' }),
  ]);
  const after = await readFile(manifestPath(path), 'utf8');
  const lines = (text: string): string => text.slice(text.indexOf('"lines"'));
  expect(lines(after)).toBe(lines(before));
  expect(await readManifest(path)).toMatchObject({
    pinned: true,
    label: expect.stringMatching(/^(one|two)$/),
    count: 2,
  });
  expect((await stat(manifestPath(path))).mode & 0o777).toBe(0o600);
});

test('what has no manifest cannot be pinned, and why is said', async () => {
  const folder = await aNight(['1', '2', '3']);
  await rm(manifestPath(join(folder, '1')));
  await expect(noteOn(join(folder, '1'), { pinned: true })).rejects.toThrow(/has no manifest/);
  await writeFile(manifestPath(join(folder, '2')), '{"format":1}');
  await expect(noteOn(join(folder, '2'), { pinned: true })).rejects.toThrow(/no manifest that/);
  expect(await readFile(manifestPath(join(folder, '2')), 'utf8')).toBe('{"format":1}');
  await expect(noteOn(join(folder, 'gone'), { pinned: true })).rejects.toThrow(NotFound);
});

test('the turn of a program that was killed is taken over', async () => {
  const folder = await aNight(['1']);
  await noteOn(join(folder, '1'), { label: 'x' });
  const turn = join(folder, '.index', '1.turn');
  const dead = await promisify(execFile)(process.execPath, ['-p', 'process.pid']);
  await writeFile(turn, `${hostname()} ${dead.stdout.trim()} x`);
  await noteOn(join(folder, '1'), { pinned: true });
  await writeFile(turn, 'another-machine 1 x');
  await utimes(turn, 1, 1);
  await noteOn(join(folder, '1'), { label: 'y' });
  expect(await readManifest(join(folder, '1'))).toMatchObject({ pinned: true, label: 'y' });
});

test('snapshots of the old script, and those without a manifest, are thinned out by the time of their names', async () => {
  const folder = await aFolder();
  const lines = jobs.map((job) => `${JSON.stringify(job)}\n`).join('');
  const script = (day: number, text = lines) =>
    writeFile(join(folder, `backup-dkron_2026-11-0${day}-T02-10`), text);
  await script(1);
  await script(2);
  await script(3, '');
  await writeFile(join(folder, 'backup-dkron_2026-11-02T2310Z'), lines);
  await writeFile(join(folder, 'notes'), 'x');
  await put(folder, 'ours', '2026-11-01T02:00:00Z');
  expect(await reasons(folder, { last: 1 })).toEqual({
    ours: ['last snapshot', 'newest verified'],
    'backup-dkron_2026-11-03-T02-10': ['last snapshot'],
    'backup-dkron_2026-11-02T2310Z': ['newest with jobs in it'],
    notes: ['no manifest, nor the name of a snapshot'],
  });
  const gone = await removeSnapshots(
    going(await planned(folder, { last: 1 })).map(({ file }) => file),
    now,
  );
  expect(gone.map(({ file, why }) => [file.name, why])).toEqual([
    ['backup-dkron_2026-11-02-T02-10', null],
    ['backup-dkron_2026-11-01-T02-10', null],
  ]);
  expect((await readdir(folder)).filter((name) => name.endsWith('T02-10'))).toHaveLength(1);
});
