/** What is kept of the jobs before more than one is changed. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openJournal } from '../../src/journal/file.ts';
import { readManifest } from '../../src/snapshot/archive/manifest.ts';
import { keptAt } from '../support/kept.ts';
import { type Fresh, fresh } from './fresh.ts';
import { home, places } from './run.ts';

const abc = ['a', 'b', 'c'].map((name) => ({ name }));

const kept = (server: Fresh) => keptAt(places, server.url);
const snapshotsOf = async (server: Fresh): Promise<string[]> =>
  (await readdir((await kept(server)).snapshots).catch(() => []))
    .filter((name) => !name.endsWith('.manifest.json'))
    .sort();

/** The jobs that a snapshot holds, by their names. */
async function linesOf(path: string): Promise<Record<string, string>> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => [JSON.parse(line).name, line]));
}

const exactly = async (server: Fresh, name: string): Promise<string> =>
  (await fetch(`${server.url}/v1/jobs/${name}`)).text();

describe('a command that changes several jobs', () => {
  it('first saves those that are there, exactly, and says so everywhere', async () => {
    const server = await fresh(...abc);
    const before = { a: await exactly(server, 'a'), c: await exactly(server, 'c') };
    const { code, stdout } = await server.dkron('disable', 'a', 'c', '--yes', '--json');
    const { safety } = JSON.parse(stdout) as { safety: string };
    expect([code, safety]).toEqual([
      0,
      expect.stringMatching(/^backup-dkron_\d{4}-\d\d-\d\dT\d{4}Z_safety$/),
    ]);
    const { snapshots, journal } = await kept(server);
    const path = join(snapshots, safety);
    expect(await linesOf(path)).toEqual({ a: before.a.trimEnd(), c: before.c.trimEnd() });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const changes = await openJournal(journal).changes();
    expect(changes.map((change) => change.safety)).toEqual([safety, safety]);
    expect(await readManifest(path)).toMatchObject({
      kind: 'safety',
      label: null,
      operation: changes[0]!.operation,
      count: 2,
      pinned: false,
    });
    const again = await server.dkron('enable', 'a', 'c', '--yes');
    expect(again.stdout).toMatch(/2 jobs enabled and verified, safety snapshot backup-\S+_safety/);
  });

  it.each<[string, string[], string[]]>([
    ['delete', ['delete', 'a', 'b', '--yes'], ['a', 'b']],
    ['edit', ['edit', 'a', 'b', '--set', 'retries=3', '--yes'], ['a', 'b']],
    // One is made and one goes.
    ['rename', ['rename', 'a', 'z', '--yes'], ['a']],
  ])('saves them before it does so: %s', async (_what, command, names) => {
    const server = await fresh(...abc);
    expect((await server.dkron(...command)).code).toBe(0);
    const [name, ...more] = await snapshotsOf(server);
    expect(more).toEqual([]);
    const saved = await linesOf(join((await kept(server)).snapshots, name!));
    expect(Object.keys(saved).sort()).toEqual(names);
  });

  it('brings back what it saved: the way out works', async () => {
    const server = await fresh(...abc);
    await server.dkron('edit', 'a', 'b', '--set', 'retries=3', '--yes');
    const [name] = await snapshotsOf(server);
    expect((await server.dkron('restore', name!, '--yes')).code).toBe(0);
    expect((await server.job('a'))?.retries).toBe(0);
    // That was an operation on two jobs, too, and so is taking it back.
    expect((await server.dkron('undo', '--yes')).code).toBe(0);
    expect(await snapshotsOf(server)).toHaveLength(3);
  });

  it.each<[string, string[]]>([
    ['one job', ['disable', 'a', '--yes']],
    ['nothing to write', ['enable', 'a', 'b', '--yes']],
    ['only a look', ['disable', 'a', 'b', '--dry-run']],
    ['none wanted', ['disable', 'a', 'b', '--yes', '--no-safety']],
  ])('saves nothing: %s', async (_what, command) => {
    const server = await fresh(...abc);
    const { stdout } = await server.dkron(...command);
    expect(stdout).not.toContain('safety');
    expect(await snapshotsOf(server)).toEqual([]);
  });

  it('saves nothing of jobs that are all new', async () => {
    const server = await fresh();
    const file = join(home, 'new.json');
    await writeFile(file, '[{"name":"x","schedule":"@daily"},{"name":"y","schedule":"@daily"}]');
    const { code, stdout } = await server.dkron('apply', file, '--yes', '--json');
    expect([code, JSON.parse(stdout).safety]).toEqual([0, null]);
    expect(await snapshotsOf(server)).toEqual([]);
  });

  it('sends nothing where it cannot save, says why, and what goes without', async () => {
    const server = await fresh(...abc);
    await server.dkron('disable', 'a', '--yes');
    const { snapshots } = await kept(server);
    await mkdir(dirname(snapshots), { recursive: true });
    // A file where the folder should be: nobody can write into it, whoever runs this test.
    await writeFile(snapshots, '');
    onTestFinished(() => rm(snapshots, { force: true }));
    const refused = await server.dkron('disable', 'b', 'c', '--yes');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('the safety snapshot cannot be taken');
    expect(refused.stderr).toContain('Nothing was sent');
    expect(refused.stderr).toContain('--no-safety');
    expect((await server.job('b'))?.disabled).toBe(false);
    expect((await server.dkron('disable', 'b', 'c', '--yes', '--no-safety')).code).toBe(0);
    expect((await server.job('b'))?.disabled).toBe(true);
  });
});
