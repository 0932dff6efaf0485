import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/job/job.ts';
import { openJournal } from '../../../src/journal/file.ts';
import { planRestore } from '../../../src/plan/compare.ts';
import { withDeletions } from '../../../src/plan/deletions.ts';
import { countedServer } from '../../support/counted-server.ts';
import { interrupted } from '../../support/interrupted.ts';
import { aJob } from '../../support/jobs.ts';
import { keptAt } from '../../support/kept.ts';
import { ask } from '../../support/servers.ts';
import { home, places, run } from '../run.ts';

const names = ['a', 'b', 'c', 'd'];
/** What the server has before: a to d, each with one retry. */
const before = names.map((name) => aJob({ name, retries: 1 }));
const wanted = [...before.map((job) => ({ ...job, retries: 2 })), aJob({ name: 'e', retries: 2 })];

async function server() {
  const at = await countedServer(...before);
  const dkron = (...argv: string[]) => run([...argv, '--url', at.url]);
  // So that it is known which cluster answers there.
  await dkron('enable', 'a', '--yes');
  const live = await ask<Job[]>(`${at.url}/v1/jobs`);
  const sent = async (...argv: string[]) => {
    const count = at.changes().length;
    const ran = await dkron(...argv);
    return { ...ran, changes: at.changes().slice(count) };
  };
  return {
    ...at,
    dkron,
    sent,
    interrupt: (how: Omit<Parameters<typeof interrupted>[2], 'plan'>) =>
      interrupted(places, at.url, { plan: planRestore(wanted, live), ...how }),
    retries: async () =>
      Object.fromEntries(
        (await ask<Job[]>(`${at.url}/v1/jobs`)).map(({ name, retries }) => [name, retries]),
      ),
    left: async () =>
      readdir((await keptAt(places, at.url)).unfinished).catch(() => [] as string[]),
  };
}

const posts = (count: number): string[] => Array.from({ length: count }, () => 'POST /v1/jobs');
const all = { a: 2, b: 2, c: 2, d: 2, e: 2 };

describe('restore --resume', () => {
  it('writes what is left, nothing twice, and one undo takes all of it back', async () => {
    const at = await server();
    await at.interrupt({ noted: ['a'], written: ['b', 'e'], unsent: ['c'] });
    const { code, stdout, changes } = await at.sent('restore', '--resume', '--yes');
    expect([code, changes]).toEqual([0, posts(2)]);
    expect(stdout).toContain('3 jobs written before, 2 jobs written and verified');
    expect(await at.retries()).toEqual(all);
    expect(await at.left()).toEqual([]);
    const journal = openJournal((await keptAt(places, at.url)).journal);
    const changed = (await journal.changes()).filter(({ operation }) => operation === 'op');
    expect(changed.map(({ job, result }) => `${job} ${result?.outcome}`)).toEqual([
      'a written',
      'b written',
      'e written',
      'c undefined',
      'c written',
      'd written',
    ]);
    expect((await at.dkron('undo', '--yes')).code).toBe(0);
    expect(await at.retries()).toEqual({ a: 1, b: 1, c: 1, d: 1 });
  });

  it('only shows what is left with --dry-run', async () => {
    const at = await server();
    await at.interrupt({ written: ['a', 'b'] });
    const { code, stdout, changes } = await at.sent('restore', '--resume', '--dry-run');
    expect([code, changes]).toEqual([3, []]);
    expect(stdout).toMatch(/^c +change +retries 1 → 2$/m);
    expect(stdout).toContain('Write some jobs, begun 0s ago: 1 new, 2 changed, 2 same');
    expect((await at.sent('restore', '--resume', '--yes')).changes).toEqual(posts(3));
  });

  it('refuses alone what somebody changed meanwhile, and names it', async () => {
    const at = await server();
    await at.interrupt({ written: ['a'] });
    await ask(`${at.url}/v1/jobs`, 'POST', { ...before[1], retries: 9 });
    await ask(`${at.url}/v1/jobs`, 'POST', { ...before[0], retries: 7 });
    const { code, stdout } = await at.sent('restore', '--resume', '--yes');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^b +failed +somebody changed it since this was begun: /m);
    expect(stdout).toMatch(/^a +failed +somebody changed it since this was begun: /m);
    expect(await at.retries()).toEqual({ ...all, a: 7, b: 9 });
    // It has come to its end: who changed it has decided.
    expect(await at.left()).toEqual([]);
  });

  it('has nothing to send where all was done, and is over', async () => {
    const at = await server();
    await at.interrupt({ written: [...names, 'e'] });
    const { code, stdout, changes } = await at.sent('restore', '--resume', '--yes');
    expect([code, changes]).toEqual([0, []]);
    expect(stdout).toContain('5 same');
    expect(await at.left()).toEqual([]);
    expect((await at.dkron('restore', '--resume')).stderr).toContain('nothing is left to finish');
  });

  it('finishes deletions', async () => {
    const at = await server();
    const live = await ask<Job[]>(`${at.url}/v1/jobs`);
    const plan = withDeletions({ items: [] }, names, live);
    await interrupted(places, at.url, { plan, noted: ['a'], written: ['b'] });
    const { code, stdout } = await at.sent('restore', '--resume', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain('2 jobs deleted before, 2 jobs deleted and verified');
    expect(await at.retries()).toEqual({});
  });

  it('tells programs which operation it is', async () => {
    const at = await server();
    await at.interrupt({ written: ['a'] });
    const { stdout, stderr } = await at.sent('restore', '--resume', '--yes', '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      resumed: { operation: 'op', title: 'Write some jobs' },
      results: [{ name: 'a', outcome: 'same', message: 'written before' }, {}, {}, {}, {}],
    });
  });

  it('leaves it as it is after a no', async () => {
    const at = await server();
    await at.interrupt({ written: ['a'] });
    const { changes } = await at.sent('restore', '--resume');
    expect(changes).toEqual([]);
    expect((await at.sent('restore', '--resume', '--yes')).changes).toEqual(posts(4));
  });

  it.each([
    [['--resume', '--discard'], 'give either --resume or --discard'],
    [['--operation', 'op'], 'give either --resume or --discard'],
    [['FILE', '--resume'], '--resume and --discard take no file and no names'],
    [[], 'nothing is named to restore from'],
  ])('takes no %j', async (words, said) => {
    const at = await server();
    const { code, stderr, changes } = await at.sent('restore', ...words);
    expect([code, changes]).toEqual([2, []]);
    expect(stderr).toContain(said);
  });
});

describe('an operation that was interrupted', () => {
  it('is told by the next commands, for people and once, until it is finished or discarded', async () => {
    const at = await server();
    await at.interrupt({ written: ['a'] });
    const note =
      "not finished: Write some jobs, begun 0s ago: 'dkron-tui restore --resume' finishes it, 'restore --discard' leaves it as it is\n";
    expect((await at.dkron('disable', 'a', '--dry-run')).stderr).toBe(note);
    expect((await at.dkron('journal')).stderr).toBe(note);
    expect((await at.dkron('jobs')).stderr).toBe(note);
    expect((await at.dkron('jobs', '--json')).stderr).toBe('');
    expect((await at.dkron('disable', 'a', '--dry-run', '--json')).stderr).toBe('');
    const { code, stdout, changes } = await at.sent('restore', '--discard');
    expect([code, changes]).toEqual([0, []]);
    expect(stdout).toBe(
      'not finished, and forgotten: Write some jobs, begun 0s ago\nWhat of it was written stays; undo can take it back.\n',
    );
    expect((await at.dkron('disable', 'a', '--dry-run')).stderr).toBe('');
    expect(await at.retries()).toMatchObject({ a: 2, b: 1 });
  });

  it('is not to be finished once it was taken back', async () => {
    const at = await server();
    await at.interrupt({ written: ['a', 'e'] });
    expect((await at.dkron('undo', '--dry-run')).stderr).not.toContain('any more');
    const { code, stderr } = await at.dkron('undo', '--yes');
    expect([code, await at.retries()]).toEqual([0, { a: 1, b: 1, c: 1, d: 1 }]);
    expect(stderr).toContain('not to be finished any more: Write some jobs\n');
    expect(await at.left()).toEqual([]);
  });

  it('is to be finished still where one change of it was taken back, or a plan only kept', async () => {
    const at = await server();
    await at.interrupt({ written: ['a', 'e'] });
    const kept = join(home, 'undo.plan');
    expect((await at.dkron('undo', '--plan-out', kept)).code).toBe(3);
    expect((await at.dkron('undo', '--change', 'op-a', '--yes')).code).toBe(0);
    expect((await at.dkron('jobs')).stderr).toContain('not finished: Write some jobs');
    const { code, stderr } = await at.dkron('restore', '--apply', kept, '--yes');
    expect([code, await at.retries()]).toEqual([0, { a: 1, b: 1, c: 1, d: 1 }]);
    expect(stderr).toContain('not to be finished any more: Write some jobs\n');
    expect(await at.left()).toEqual([]);
  });

  it('is kept where Ctrl-C stops a restore, and finished by the next', async () => {
    const at = await server();
    const file = join(home, 'wanted.json');
    const child = aJob({ name: 'f', schedule: '', parent_job: 'e', retries: 2 });
    await writeFile(file, JSON.stringify([...wanted, child]));
    const leave = new AbortController();
    const count = at.changes().length;
    const running = run(['restore', file, '--yes', '--url', at.url], { signal: leave.signal });
    // The child is not sent before its parent was seen on the server.
    while (at.changes().length === count) await new Promise(setImmediate);
    leave.abort();
    expect((await running).code).toBe(130);
    await at.dkron('restore', '--resume', '--yes');
    expect(at.changes().length).toBe(count + 6);
    expect(await at.retries()).toEqual({ ...all, f: 2 });
    expect(await at.left()).toEqual([]);
  });
});
