import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startDemo } from '../../src/demo/server.ts';
import { createClient, type Dkron } from '../../src/dkron/client.ts';
import type { Job } from '../../src/job/job.ts';
import type { JournalEntry } from '../../src/journal/entry.ts';
import { planRestore, writable } from '../../src/plan/compare.ts';
import { withDeletions } from '../../src/plan/deletions.ts';
import type { RestorePlan, RestoreResult } from '../../src/plan/model.ts';
import { withNeeded } from '../../src/plan/needs.ts';
import { planRename } from '../../src/plan/rename.ts';
import { applyJobs } from '../support/door.ts';
import { aJob } from '../support/jobs.ts';
import { noJournal } from '../support/journal.ts';

let client: Dkron;
beforeEach(async () => {
  const demo = await startDemo({ empty: true });
  client = createClient({ url: demo.url });
  onTestFinished(async () => {
    await client.close();
    await demo.close();
  });
});

const live = (): Promise<Job[]> => Array.fromAsync(client.jobs(), ({ job }) => job);

/** Restores the jobs of a snapshot that are new or changed, or those of the given names. */
async function restore(
  snapshot: readonly Job[],
  options: Partial<Parameters<typeof applyJobs>[3]> = {},
  names?: readonly string[],
): Promise<RestoreResult[]> {
  const plan = planRestore(snapshot, await live());
  const chosen = new Set(names ?? withNeeded(plan, writable(plan)));
  return applyJobs(client, plan, chosen, options);
}

const outcomes = (results: readonly RestoreResult[]): Record<string, string> =>
  Object.fromEntries(results.map(({ name, outcome }) => [name, outcome]));

const family = [
  aJob({ name: 'a-child', schedule: '', parent_job: 'root', dependent_jobs: ['a-grandchild'] }),
  aJob({ name: 'a-grandchild', schedule: '', parent_job: 'a-child' }),
  aJob({ name: 'root', dependent_jobs: ['a-child', 'a-child'], success_count: 5 }),
];

describe('a restore', () => {
  it('writes parents first, and leaves children and counters to the server', async () => {
    const results = await restore(family);
    expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['root', 'written'],
      ['a-child', 'written'],
      ['a-grandchild', 'written'],
    ]);
    const jobs = new Map((await live()).map((job) => [job.name, job]));
    expect(jobs.get('root')).toMatchObject({ dependent_jobs: ['a-child'], success_count: 0 });
    expect(jobs.get('a-child')?.dependent_jobs).toEqual(['a-grandchild']);
  });

  it('has nothing to do the second time', async () => {
    await restore(family);
    const again = planRestore(family, await live());
    expect(again.items.map(({ kind }) => kind)).toEqual(['same', 'same', 'same']);
    expect(outcomes(await restore(family, {}, ['root']))).toEqual({ root: 'same' });
  });

  it('brings back what was changed, and journals what it replaces', async () => {
    await restore(family);
    const broken = family.map((job) => ({ ...job, retries: 9 }));
    await restore(broken);
    const entries: JournalEntry[] = [];
    const journal = {
      ...noJournal,
      before: async (entry: JournalEntry) => void entries.push(entry),
    };
    await restore(family, { journal }, ['a-child']);
    expect(entries).toHaveLength(1);
    expect(JSON.parse(entries[0]!.before!)).toMatchObject({ name: 'a-child', retries: 9 });
    expect((await client.job('a-child')).value.job.retries).toBe(0);
    expect((await client.job('root')).value.job).toMatchObject({
      retries: 9,
      dependent_jobs: ['a-child'],
    });
  });

  it('goes on when one is refused, and sends none of its children', async () => {
    const bad = family.map((job) => (job.name === 'root' ? { ...job, schedule: 'nonsense' } : job));
    const results = await restore([...bad, aJob({ name: 'other' })]);
    expect(outcomes(results)).toEqual({
      root: 'refused',
      'a-child': 'skipped',
      'a-grandchild': 'skipped',
      other: 'written',
    });
    expect(results[0]?.message).toContain('nonsense');
    expect(results[1]?.message).toBe('not sent: its parent root was not created');
  });

  it('writes over no job that changed since the plan was made', async () => {
    await restore(family);
    const plan = planRestore(
      family.map((job) => ({ ...job, retries: 1 })),
      await live(),
    );
    await restore(family.map((job) => (job.name === 'root' ? { ...job, retries: 2 } : job)));
    const results = await applyJobs(client, plan, new Set(['root', 'a-child']), {});
    expect(outcomes(results)).toEqual({ root: 'changed', 'a-child': 'written' });
    expect((await client.job('root')).value.job.retries).toBe(2);
  });

  it('tells each result as it comes, and says of every name what became of it', async () => {
    const told: string[] = [];
    const snapshot = [...family, aJob({ name: 'lost', parent_job: 'gone' })];
    const results = await restore(snapshot, { onResult: ({ name }) => told.push(name) }, [
      ...family.map(({ name }) => name),
      'lost',
    ]);
    expect(told.sort()).toEqual(['a-child', 'a-grandchild', 'lost', 'root']);
    expect(outcomes(results)).toMatchObject({ lost: 'refused' });
  });

  it('sends no child any more when it is interrupted', async () => {
    const controller = new AbortController();
    const results = await restore(family, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(outcomes(results)).toEqual({
      root: 'written',
      'a-child': 'skipped',
      'a-grandchild': 'skipped',
    });
    expect(await live()).toHaveLength(1);
  });

  it('gives a new parent the children that already wait for it', async () => {
    const orphan = aJob({ name: 'orphan', schedule: '', parent_job: 'root' });
    const plan = planRestore([family[2]!], [orphan]);
    const results = await applyJobs(client, plan, new Set(['root']));
    expect(outcomes(results)).toEqual({ root: 'written' });
    expect((await client.job('root')).value.job.dependent_jobs).toEqual(['orphan']);
  });
});

describe.each([{ deleteOld: false }, { deleteOld: true }])('a rename, %j', (how) => {
  const old = aJob({ name: 'old' });
  const child = aJob({ name: 'child', schedule: '', parent_job: 'old' });
  const renaming = async (): Promise<RestorePlan> => {
    await restore([old, child]);
    return planRename(old, 'new', { jobs: await live(), unreadable: [] }, how);
  };

  it('leaves the old job and its children alone when the copy is not there', async () => {
    const plan = await renaming();
    await restore([aJob({ name: 'new', retries: 5 })]);
    const results = await applyJobs(client, plan, new Set(writable(plan)), {});
    expect(results.map(({ name, outcome, message }) => [name, outcome, message])).toEqual([
      ['new', 'changed', expect.stringMatching(/^not created: /)],
      ['child', 'skipped', 'not sent: new was not created'],
      ['old', 'skipped', 'not sent: new was not created'],
    ]);
    const jobs = new Map((await live()).map((job) => [job.name, job]));
    expect(jobs.get('old')).toMatchObject({ disabled: false, dependent_jobs: ['child'] });
  });

  it('does nothing without the copy, which the console marks with whatever is marked', async () => {
    const plan = await renaming();
    const results = await applyJobs(client, plan, new Set(['old', 'child']), {});
    expect(outcomes(results)).toEqual({ old: 'skipped', child: 'skipped' });
    expect([...withNeeded(plan, ['child'])]).toEqual(['child', 'new']);
  });
});

describe('a plan that deletes', () => {
  const deleting = async (names: string[], wanted: Job[] = []) => {
    const jobs = await live();
    return withDeletions(planRestore(wanted, jobs), names, jobs);
  };
  const all = (plan: RestorePlan): Set<string> => new Set(writable(plan));

  it('deletes children before their parents, in one operation with what it writes', async () => {
    await restore(family);
    const plan = await deleting(
      family.map(({ name }) => name),
      [aJob({ name: 'other' })],
    );
    const entries: JournalEntry[] = [];
    const journal = {
      ...noJournal,
      before: async (entry: JournalEntry) => void entries.push(entry),
    };
    const results = await applyJobs(client, plan, all(plan), { journal });
    expect(results.map(({ name, message }) => [name, message])).toEqual([
      ['other', 'written and verified'],
      ['a-grandchild', 'deleted and verified'],
      ['a-child', 'deleted and verified'],
      ['root', 'deleted and verified'],
    ]);
    expect((await live()).map(({ name }) => name)).toEqual(['other']);
    expect(new Set(entries.map(({ operation }) => operation)).size).toBe(1);
    expect(entries).toHaveLength(4);
  });

  it('deletes whole generations together, leaves first', async () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      aJob({ name: `leaf-${at}`, schedule: '', parent_job: at % 2 ? 'root' : 'a-child' }),
    );
    await restore([...family, ...many]);
    const plan = await deleting([...family, ...many].map(({ name }) => name));
    const journal = { ...noJournal, before: vi.fn(noJournal.before) };
    const results = await applyJobs(client, plan, all(plan), { journal });
    expect(results.map(({ outcome }) => outcome)).toEqual(results.map(() => 'written'));
    const order = journal.before.mock.calls.map(([{ job }]) => job);
    expect(order.slice(0, 31).sort()).toEqual(
      ['a-grandchild', ...many.map(({ name }) => name)].sort(),
    );
    expect(order.slice(31)).toEqual(['a-child', 'root']);
    expect(await live()).toEqual([]);
  });

  it('deletes nothing when something could not be written', async () => {
    await restore(family);
    const plan = await deleting(['a-grandchild'], [aJob({ name: 'bad', schedule: 'nonsense' })]);
    const results = await applyJobs(client, plan, all(plan));
    expect(outcomes(results)).toEqual({ bad: 'refused', 'a-grandchild': 'skipped' });
    expect(await live()).toHaveLength(3);
  });

  it('keeps a job that changed or got a child since, and goes on with the next', async () => {
    await restore([...family, aJob({ name: 'other' }), aJob({ name: 'third' })]);
    const plan = await deleting(['a-grandchild', 'other', 'third']);
    await restore([
      aJob({ name: 'late', schedule: '', parent_job: 'a-grandchild' }),
      aJob({ name: 'other', retries: 1 }),
    ]);
    const results = await applyJobs(client, plan, all(plan));
    expect(outcomes(results)).toEqual({
      'a-grandchild': 'refused',
      other: 'changed',
      third: 'written',
    });
  });

  it('stops at what would meet the others too, and when it is interrupted', async () => {
    await restore(family);
    const plan = await deleting(family.map(({ name }) => name));
    const readOnly = await applyJobs(client, plan, all(plan), {
      readOnly: true,
    });
    expect(readOnly.map(({ outcome }) => outcome)).toEqual(['refused', 'skipped', 'skipped']);
    const controller = new AbortController();
    const stopped = await applyJobs(client, plan, all(plan), {
      signal: controller.signal,
      onResult: () => controller.abort(),
    });
    expect(stopped.map(({ outcome }) => outcome)).toEqual(['written', 'skipped', 'skipped']);
  });
});
