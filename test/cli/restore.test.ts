import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type DemoServer, startDemo } from '../../src/demo/server.ts';
import { openJournal } from '../../src/journal/file.ts';
import { lastOperation } from '../support/journal.ts';
import { keptAt } from '../support/kept.ts';
import { places, run } from './run.ts';

let demo: DemoServer;
let folder: string;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-restore-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const dkron = (...argv: string[]) => run([...argv, '--url', demo.url]);
const jobCount = async (): Promise<number> =>
  ((await (await fetch(`${demo.url}/v1/jobs`)).json()) as unknown[]).length;

describe('restore', () => {
  let snapshot: string;
  beforeEach(async () => {
    snapshot = join(folder, 'snapshot');
    await dkron('backup', snapshot);
  });

  test('says of a snapshot that is not what came from the server, and names the place', async () => {
    const text = await readFile(snapshot, 'utf8');
    await writeFile(snapshot, text.replace('"displayname":"', '"displayname":"x'));
    const told = await dkron('restore', snapshot, '--dry-run');
    expect(told.stderr).toContain(`${snapshot} is not as it came from the server: line 1`);
    expect(told.code).toBe(3);
    await writeFile(snapshot, text);
    expect((await dkron('restore', snapshot, '--dry-run')).stderr).not.toContain('is not as it');
  });

  const schedule = async (name: string): Promise<string> =>
    ((await (await fetch(`${demo.url}/v1/jobs/${name}`)).json()) as { schedule: string }).schedule;
  /** Breaks jobs as a careless curl does: all that is not named is reset. */
  const breakJobs = async (...names: string[]) => {
    for (const name of names) {
      const body = JSON.stringify({ name, schedule: '@manually', executor: 'shell' });
      await fetch(`${demo.url}/v1/jobs`, { method: 'POST', body });
    }
  };

  test('has nothing to do on the server that the snapshot is of', async () => {
    const { code, stdout } = await dkron('restore', snapshot);
    expect(code).toBe(0);
    expect(stdout).toBe(`snapshot into ${demo.url}: ${await jobCount()} same\n`);
  });

  test('shows the plan, and writes nothing where nobody can be asked', async () => {
    await breakJobs('keolis-realtime');
    const { code, stdout, stderr } = await dkron('restore', snapshot);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^JOB +PLAN +WHY\nkeolis-realtime +change +/);
    expect(stderr).toContain('add --yes');
    expect(await schedule('keolis-realtime')).toBe('@manually');
    await dkron('restore', snapshot, '--yes');
  });

  test('shows the next runs before and after of a job whose schedule changes', async () => {
    await breakJobs('keolis-realtime');
    const { stdout } = await dkron('restore', snapshot, '--dry-run');
    expect(stdout).toMatch(/^keolis-realtime\n next runs +− no scheduled runs\n +\+ .* in \d+/m);
    await dkron('restore', snapshot, '--yes');
    await breakJobs('keolis-zones-index');
    const child = await dkron('restore', snapshot, 'keolis-zones-index', '--dry-run');
    expect(child.stdout).toMatch(/^ next runs +− no scheduled runs\n +\+ after keolis-zones$/m);
    await dkron('restore', snapshot, '--yes');
  });

  test('a dry run says by its exit code whether there is anything to write', async () => {
    expect((await dkron('restore', snapshot, '--dry-run')).code).toBe(0);
    await breakJobs('keolis-realtime');
    const { code, stdout } = await dkron('restore', snapshot, '--dry-run', '--json');
    expect(code).toBe(3);
    const { plan } = JSON.parse(stdout) as { plan: { name: string; kind: string }[] };
    expect(plan.filter(({ kind }) => kind === 'change')).toMatchObject([
      { name: 'keolis-realtime', chosen: true },
    ]);
    expect(await schedule('keolis-realtime')).toBe('@manually');
    await dkron('restore', snapshot, '--yes');
  });

  test('brings back what was broken, and asks before on a terminal', async () => {
    const before = await schedule('keolis-realtime');
    await breakJobs('keolis-realtime');
    const no = await run(['restore', snapshot, '--url', demo.url], { typed: 'n\n' });
    expect(no.code).toBe(1);
    expect(await schedule('keolis-realtime')).toBe('@manually');
    const yes = await run(['restore', snapshot, '--url', demo.url], { typed: 'y\n' });
    expect(yes.code).toBe(0);
    expect(yes.stdout).toContain('1 job written and verified');
    expect(await schedule('keolis-realtime')).toBe(before);
  });

  test('restores the jobs that are named, and no other', async () => {
    await breakJobs('keolis-realtime', 'keolis-zones');
    const { code, stdout } = await dkron('restore', snapshot, 'keolis-zones', '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).results).toEqual([
      {
        name: 'keolis-zones',
        outcome: 'written',
        message: 'written and verified',
        findings: expect.any(Array),
      },
    ]);
    expect(await schedule('keolis-realtime')).toBe('@manually');
    expect(await dkron('restore', snapshot, 'nobody', '--yes')).toMatchObject({ code: 8 });
    await dkron('restore', snapshot, '--yes');
  });

  test('writes what it can, and says what not and why', async () => {
    const file = join(folder, 'mixed');
    const lines = [
      { name: 'from-file', schedule: '@manually', executor: 'shell' },
      { name: 'refused', schedule: 'nonsense', executor: 'shell' },
      { name: 'its-child', parent_job: 'refused', executor: 'shell' },
      { name: 'blocked', parent_job: 'nowhere', executor: 'shell' },
    ];
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { code, stdout } = await dkron('restore', file, '--yes');
    expect(code).toBe(4);
    expect(stdout).toMatch(/^refused +failed +schedule: .*expected exactly 6 fields/m);
    expect(stdout).toMatch(/^its-child +failed +parent refused is blocked$/m);
    expect(stdout).toMatch(
      /^blocked +failed +parent_job: there is no job nowhere; 'dkron-tui log nowhere' tells/m,
    );
    expect(stdout).toContain('1 job written and verified, 3 jobs failed');
    expect(await dkron('restore', file, 'refused', '--yes')).toMatchObject({ code: 9 });
    await fetch(`${demo.url}/v1/jobs/from-file`, { method: 'DELETE' });
  });

  test('a job that cannot be read is blocked, and hides no other', async () => {
    const file = join(import.meta.dirname, '../data/jobs/dkron-11.json');
    const why = `${file}, line 3, column 307: processors.files.forward must be text in quotes: Dkron takes no numbers, flags or lists here`;
    const dry = await dkron('restore', file, '--dry-run', '--json');
    expect(dry.code).toBe(3);
    expect(JSON.parse(dry.stdout).plan).toContainEqual({
      name: 'report-b',
      kind: 'blocked',
      why,
      chosen: true,
      changes: [],
      findings: [],
      places: [{ file, line: 3, column: 307 }],
    });
    const named = await dkron('restore', file, 'report-a', '--yes');
    expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining('1 blocked and not') });
    const all = await dkron('restore', file, '--yes');
    expect(all.code).toBe(4);
    expect(all.stdout).toMatch(/^report-b +failed +.*line 3, column 307: processors/m);
    expect(all.stdout).toContain('1 job written and verified, 1 job failed');
    expect((await dkron('restore', file, 'report-b', '--yes')).code).toBe(9);
    expect((await dkron('restore', file, '--yes')).code).toBe(9);
    for (const name of ['report-a', 'report-c'])
      await fetch(`${demo.url}/v1/jobs/${name}`, { method: 'DELETE' });
  });

  test('reads standard input, and names what a missing job may be', async () => {
    const piped = '{"name":"from-pipe","schedule":"@daily"}\n{"name":"x","retries":-1}';
    const url = ['--url', demo.url];
    const { code } = await run(['restore', '-', 'from-pipe', '--yes', ...url], { piped });
    expect(code).toBe(0);
    await fetch(`${demo.url}/v1/jobs/from-pipe`, { method: 'DELETE' });
    const missing = await run(['restore', '-', 'y', '--yes', ...url], { piped });
    expect(missing.code).toBe(8);
    expect(missing.stderr).toContain('standard input, line 2, column 23: retries must be');
  });

  test('keeps what it replaces in the journal', async () => {
    await breakJobs('keolis-zones');
    await dkron('restore', snapshot, 'keolis-zones', '--yes');
    const [entry] = await lastOperation(openJournal((await keptAt(places, demo.url)).journal));
    expect(entry?.job).toBe('keolis-zones');
    expect(JSON.parse(entry?.before ?? '').schedule).toBe('@manually');
  });

  test('a file that is no snapshot is told before the server is asked', async () => {
    await writeFile(join(folder, 'page'), '<html>');
    const { code, stderr } = await run([
      'restore',
      join(folder, 'page'),
      '--url',
      'http://127.0.0.1:1',
    ]);
    expect(code).toBe(7);
    expect(stderr).toContain('is a web page, not a list of jobs');
  });
});
