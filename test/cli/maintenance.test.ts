import { readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../src/journal/file.ts';
import { planStart } from '../../src/plan/maintenance/plan.ts';
import { openMaintenance } from '../../src/plan/maintenance/store.ts';
import { keptAt } from '../support/kept.ts';
import { ask } from '../support/servers.ts';
import type { Fresh } from './fresh.ts';
import { maintained } from './maintained.ts';
import { places } from './run.ts';

const status = async ({ dkron }: Fresh) =>
  JSON.parse((await dkron('maintenance', '--json')).stdout).maintenance;

const all = ['db-a', 'db-b', 'db-c', 'other'];

describe('maintenance', () => {
  it('disables what is enabled of the jobs, remembers it, and puts exactly that back', async () => {
    const at = await maintained();
    const started = await at.start('db', '--name', 'night', '--why', 'upgrade', '--yes');
    expect(started.code).toBe(0);
    expect(started.stdout).toContain('1 job disabled already: they stay disabled');
    expect(started.stdout).toContain('3 jobs disabled and verified');
    expect(await at.enabled()).toEqual(['other']);
    expect(await status(at)).toMatchObject({
      name: 'night',
      why: 'upgrade',
      step: 'running',
      jobs: ['db-a', 'db-b', 'db-c'].map((name) => ({ name, state: 'disabled' })),
    });
    const { stdout } = await at.dkron('maintenance');
    expect(stdout).toMatch(/^db-b +disabled +disabled by the maintenance$/m);
    expect(stdout).toMatch(/^maintenance night: 3 jobs, since \d+s · upgrade$/m);
    const path = (await keptAt(places, at.url)).maintenance;
    expect((await stat(path)).mode & 0o777).toBe(0o600);

    const ended = await at.end('--yes');
    expect([ended.code, await at.enabled()]).toEqual([0, all]);
    expect(await status(at)).toBeNull();
    expect((await at.end('--yes')).code).toBe(8);
  });

  it('shows what it would do, and writes nothing', async () => {
    const at = await maintained();
    const dry = await at.start('db', '--dry-run');
    expect([dry.code, await at.enabled()]).toEqual([3, all]);
    expect(dry.stdout).toMatch(/^db-a +change +disabled false → true$/m);
    expect(await status(at)).toBeNull();
    await at.start('db', '--yes');
    const end = await at.end('--dry-run', '--json');
    expect(end.code).toBe(3);
    expect(JSON.parse(end.stdout)).toMatchObject({ maintenance: { step: 'end', name: 'db' } });
    expect(await at.enabled()).toEqual(['other']);
    expect(await status(at)).toMatchObject({ step: 'running' });
  });

  it('leaves alone and names what others did meanwhile', async () => {
    const at = await maintained();
    await at.start('disabled:false', '--name', 'night', '--yes');
    await at.change('db-a', { schedule: '@every 2h' });
    await at.change('db-b', { disabled: false });
    await ask(`${at.url}/v1/jobs/db-c`, 'DELETE');
    await at.post({ name: 'new' }, { name: 'new-off', disabled: true });
    expect((await status(at)).jobs).toMatchObject([
      { name: 'db-a', state: 'changed', text: 'changed since: schedule @manually → @every 2h' },
      { name: 'db-b', state: 'enabled', text: 'enabled since' },
      { name: 'db-c', state: 'gone', text: 'deleted since' },
      { name: 'other', state: 'disabled' },
    ]);
    const { code, stdout } = await at.end('--yes');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^db-a +stays +changed since: schedule @manually → @every 2h$/m);
    expect(stdout).toMatch(/^db-b +stays +enabled since$/m);
    expect(stdout).toMatch(/^db-c +stays +deleted since$/m);
    expect(stdout).toContain('left as others made them: db-a, db-c');
    expect(await at.enabled()).toEqual(['db-b', 'new', 'other']);
    expect(await at.job('db-a')).toMatchObject({ disabled: true, schedule: '@every 2h' });
    expect(await status(at)).toBeNull();
  });

  it('is one at a time, of jobs that are named', async () => {
    const at = await maintained();
    expect((await at.start()).code).toBe(2);
    expect((await at.start('dbb:x')).code).toBe(2);
    await at.start('db-a', '--yes');
    for (const words of [[], ['other']]) {
      const { code, stderr } = await at.start(...words, '--yes');
      expect([code, stderr]).toEqual([1, expect.stringContaining('goes on already: db-a')]);
    }
    expect(await at.enabled()).toEqual(['db-b', 'db-c', 'other']);
  });

  it('is none where nothing is disabled', async () => {
    const at = await maintained();
    expect((await at.start('db-off', '--yes')).code).toBe(0);
    expect((await at.start('db', '--yes', '--read-only')).code).not.toBe(0);
    expect((await at.start('db')).code).toBe(2);
    expect(await status(at)).toBeNull();
    expect(await at.enabled()).toEqual(all);
  });

  it('ends where all jobs were enabled meanwhile', async () => {
    const at = await maintained();
    await at.start('db-a', '--yes');
    await at.dkron('undo', '--yes');
    const { code, stdout } = await at.end('--yes');
    expect([code, await status(at)]).toEqual([0, null]);
    expect(stdout).toMatch(/^db-a +stays +enabled since$/m);
  });

  it('can be forgotten, also where its file says nothing', async () => {
    const at = await maintained();
    await at.start('db-a', '--yes');
    const path = (await keptAt(places, at.url)).maintenance;
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, -20));
    const { code, stderr } = await at.end('--yes');
    expect(code).not.toBe(0);
    expect(stderr).toContain('is not a maintenance of this program');
    expect((await at.dkron('maintenance', 'forget')).code).toBe(0);
    expect([await status(at), await at.enabled()]).toEqual([null, ['db-b', 'db-c', 'other']]);
  });
});

/** A start of which only these were written, as a program leaves it that was killed. */
async function killedStart(
  at: Awaited<ReturnType<typeof maintained>>,
  noted: string[],
  sent: string[],
) {
  // So that it is known which cluster answers there.
  await at.dkron('enable', 'other', '--yes');
  const kept = await keptAt(places, at.url);
  const seen = (await Promise.all(['db-a', 'db-b', 'db-c'].map(at.job))).map((job) => job!);
  const called = { id: 'id', name: 'night', why: '' };
  const plan = planStart(seen, { jobs: seen, unreadable: [] }, called);
  const held = await openMaintenance(kept.maintenance).take();
  const now = new Date().toISOString();
  await held.write({
    ...called,
    at: now,
    step: 'starting',
    operation: 'op',
    safety: null,
    jobs: seen,
  });
  await held.release();
  const journal = openJournal(kept.journal);
  for (const name of [...noted, ...sent]) {
    const { job, seen: before } = plan.items.find((item) => item.name === name)!;
    const about = { id: name, operation: 'op', at: now, server: at.url, job: name } as const;
    const texts = { before: JSON.stringify(before), sent: JSON.stringify(job) };
    await journal.before({ ...about, action: 'write', ...texts });
    await at.change(name, { disabled: true });
    const after = JSON.stringify(await at.job(name));
    if (noted.includes(name)) await journal.after({ id: name, at: now, outcome: 'written', after });
  }
}

describe('a maintenance that was interrupted', () => {
  it('is told by other commands, and gone on with', async () => {
    const at = await maintained();
    await killedStart(at, ['db-a'], ['db-b']);
    const told = "night has started half way: 'maintenance start' goes on";
    expect((await at.dkron('jobs')).stderr).toContain(told);
    expect((await at.dkron('enable', 'other', '--yes')).stderr).toContain(told);
    const { code, stdout } = await at.start('--yes');
    expect([code, await at.enabled()]).toEqual([0, ['other']]);
    expect(stdout).toContain('2 jobs written before, 1 job disabled and verified');
    expect((await at.record())?.jobs.map(({ name }) => name)).toEqual(['db-a', 'db-b', 'db-c']);
    expect([(await at.end('--yes')).code, await at.enabled()]).toEqual([0, all]);
  });

  it('is taken back: only what it has disabled is its own', async () => {
    const at = await maintained();
    await killedStart(at, ['db-a'], ['db-b']);
    await at.change('db-c', { disabled: true });
    expect([(await at.end('--yes')).code, await at.enabled()]).toEqual([
      0,
      ['db-a', 'db-b', 'other'],
    ]);
    expect(await at.record()).toBeNull();
  });

  it('does not take as its own what others disabled or changed before it came to that', async () => {
    const at = await maintained();
    await killedStart(at, ['db-a'], []);
    await at.change('db-b', { disabled: true });
    await at.change('db-c', { retries: 2 });
    const { code, stdout } = await at.start('--yes');
    expect(code).toBe(5);
    expect(stdout).toContain('somebody changed it since this was begun: retries 0 → 2');
    expect((await at.record())?.jobs.map(({ name }) => name)).toEqual(['db-a']);
    await at.end('--yes');
    expect(await at.enabled()).toEqual(['db-a', 'db-c', 'other']);
  });
});
