import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { NotFound, NotSent, Refused, Unreachable } from '../../../src/base/errors.ts';
import { planRestore } from '../../../src/plan/compare.ts';
import type { RestoreOutcome, RestoreResult } from '../../../src/plan/model.ts';
import { openUnfinished } from '../../../src/plan/unfinished/store.ts';
import { aJob } from '../../support/jobs.ts';

let folder: string;
beforeEach(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'unfinished-'));
  onTestFinished(() => rm(parent, { recursive: true }));
  folder = join(parent, 'unfinished');
});

const [a, b, c] = ['a', 'b', 'c'].map((name) => aJob({ name, executor_config: { body: '"\n#' } }));
const plan = planRestore([{ ...a!, retries: 4 }, b!, c!], [a!, c!, aJob({ name: 'rest' })]);
const where = {
  cluster: { id: 'c1', name: 'staging' },
  url: 'http://localhost:8080',
  version: '4.1.2',
};
const begin = (operation = 'op', title = 'Write 2 jobs') =>
  openUnfinished(folder).begin(
    title,
    where,
  )({
    operation,
    plan,
    names: new Set(['a', 'b', 'c']),
    safety: 'backup_safety',
  });
const result = (outcome: RestoreOutcome, more: Partial<RestoreResult> = {}): RestoreResult => ({
  name: 'b',
  outcome,
  message: '',
  ...more,
});
const written = result('written', { name: 'a' });
const left = async () => (await openUnfinished(folder).found()).left;
const interrupted = result('skipped', { open: true });

describe('an operation under way', () => {
  it('is on the disk before anything is sent, for its owner only, and nobody is asked to finish it', async () => {
    await begin();
    const names = (await readdir(folder)).sort();
    expect(names).toEqual([
      expect.stringMatching(/^\d{8}T\d{9}Z_op\.by$/),
      expect.stringMatching(/^\d{8}T\d{9}Z_op\.plan$/),
    ]);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await left()).toEqual([]);
    const under = openUnfinished(folder).take();
    await expect(under).rejects.toThrow(`another program is at work on it: process ${process.pid}`);
  });

  it.each<[string, RestoreResult]>([
    ['written', result('written')],
    ['the same', result('same')],
    ['refused by the server', result('refused', { error: new Refused('no') })],
    ['blocked in the plan', result('refused')],
    ['changed by somebody else', result('changed')],
    ['left out', result('skipped')],
  ])('is over when each job is %s', async (_, last) => {
    const end = await begin();
    await end([written, last]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, RestoreResult]>([
    ['interrupted', interrupted],
    ['not known', result('unknown')],
    ['not sent', result('skipped', { error: new NotSent('no leader') })],
    ['not reached', result('refused', { error: new Unreachable('gone') })],
  ])('is to be finished where a job was %s', async (_, last) => {
    const end = await begin();
    await end([written, last]);
    expect(await left()).toMatchObject([
      { operation: 'op', title: 'Write 2 jobs', jobs: 2, safety: 'backup_safety' },
    ]);
  });

  it('was none where nothing of it was sent', async () => {
    const end = await begin();
    await end([interrupted]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('sends nothing where it cannot be kept', async () => {
    await writeFile(folder, 'no folder');
    await expect(begin()).rejects.toMatchObject({
      message: expect.stringContaining(folder),
      data: expect.stringMatching(/^Nothing was sent/),
    });
  });
});

describe('an operation that was interrupted', () => {
  const interrupt = async (operation: string) => (await begin(operation))([written, interrupted]);

  it('is taken with what was to be done, by one program only', async () => {
    await interrupt('op');
    const taken = await openUnfinished(folder).take();
    const byName = new Map(taken.plan.items.map((item) => [item.name, item]));
    expect([...byName.keys()].sort()).toEqual(['a', 'b']);
    expect(byName.get('a')).toMatchObject({ kind: 'change', job: { ...a, retries: 4 }, seen: a });
    expect(byName.get('b')).toMatchObject({ kind: 'new', job: b, seen: null });
    expect(await left()).toEqual([]);
    await expect(openUnfinished(folder).take()).rejects.toThrow(/another program is at work/);
    await taken.release();
    expect(await left()).toHaveLength(1);
  });

  it('stays until it has come to its end, also where nothing more was sent', async () => {
    await interrupt('op');
    const store = openUnfinished(folder);
    await (await store.take()).end([interrupted]);
    expect(await left()).toHaveLength(1);
    await (await store.take()).end([written]);
    expect(await readdir(folder)).toEqual([]);
    await expect(store.take()).rejects.toThrow(NotFound);
  });

  it('is called what it was, where that is known', async () => {
    const origin = { what: 'restore', source: 'backup' };
    const end = await openUnfinished(folder).begin(
      '',
      where,
    )({
      operation: 'op',
      plan: { ...plan, origin },
      names: new Set(['a', 'b']),
      safety: null,
    });
    await end([written, interrupted]);
    expect(await left()).toMatchObject([{ title: 'restore of 2 jobs from backup' }]);
    expect((await openUnfinished(folder).take()).plan.origin).toEqual(origin);
  });

  it('of several the newest, or the one that is named', async () => {
    await interrupt('first');
    await new Promise((resolve) => setTimeout(resolve, 2));
    await interrupt('second');
    const store = openUnfinished(folder);
    expect((await store.found()).left.map(({ operation }) => operation)).toEqual([
      'second',
      'first',
    ]);
    expect((await store.take('fir')).operation).toBe('first');
    expect((await store.take()).operation).toBe('second');
    await expect(store.take('third')).rejects.toThrow('the id third');
  });

  it('is named where it cannot be read, and hides no other', async () => {
    await interrupt('op');
    const name = '20261121T143210123Z_bad.plan';
    await writeFile(join(folder, name), 'nonsense\n');
    await mkdir(join(folder, '20261121T143210124Z_dir.plan'));
    const { left, passedOver } = await openUnfinished(folder).found();
    expect(left.map(({ operation }) => operation)).toEqual(['op']);
    expect(passedOver).toEqual([
      expect.stringContaining('20261121T143210124Z_dir.plan cannot be read: it is a folder'),
      `${join(folder, name)} is not an operation of this program`,
    ]);
    const store = openUnfinished(folder);
    await expect(store.take('bad')).rejects.toThrow(`${name} is not an operation`);
    expect(await readdir(folder)).not.toContain(name.replace('.plan', '.by'));
  });

  it('leaves nothing behind where a program was killed while it began or ended', async () => {
    await interrupt('op');
    const stem = '20261121T143210123Z_old';
    await writeFile(join(folder, `${stem}.by`), 'nowhere 1 x');
    await writeFile(join(folder, `.${stem}.plan-0b7e`), 'half');
    await utimes(join(folder, `${stem}.by`), 1, 1);
    expect(await left()).toHaveLength(1);
    expect(await readdir(folder)).toEqual([expect.stringMatching(/_op\.plan$/)]);
    await begin('other');
    expect(await left()).toHaveLength(1);
    expect(await readdir(folder)).toHaveLength(3);
  });

  it('is nothing where nothing was ever begun', async () => {
    expect(await openUnfinished(folder).found()).toEqual({ left: [], passedOver: [] });
    await expect(openUnfinished(folder).take()).rejects.toThrow('nothing is left to finish');
  });

  it('cut off is a plan that cannot be read, and stays', async () => {
    await interrupt('op');
    const [name = ''] = await readdir(folder);
    const text = await readFile(join(folder, name), 'utf8');
    await writeFile(join(folder, name), text.slice(0, text.indexOf('\n') + 10));
    await expect(openUnfinished(folder).take()).rejects.toThrow(name);
    expect(await readdir(folder)).toEqual([name]);
  });
});
