import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { manifestPath } from '../../src/snapshot/archive/manifest.ts';
import { aJob } from '../support/jobs.ts';
import { putSnapshot } from '../support/snapshots.ts';
import { run } from './run.ts';

/** Five nights and a file that somebody else made. */
async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-prune-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const day of [1, 2, 3, 4, 5])
    await putSnapshot(folder, `night-${day}`, [aJob({ name: 'a', retries: day })], {
      taken: `2026-11-0${day}T02:00:00Z`,
      kind: 'scheduled',
    });
  await writeFile(join(folder, 'script'), '{"name":"a"}\n');
  return folder;
}

const names = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !name.startsWith('.') && !name.endsWith('.json')).sort();

describe('prune', () => {
  it('shows what stays and what goes, and removes nothing without --yes', async () => {
    const folder = await aFolder();
    const shown = await run(['prune', '--folder', folder, '--keep-daily', '2']);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('prod, scheduled  2 stay, 3 go\n');
    expect(shown.stdout).toContain('  Nov 2026 ---##....');
    expect(shown.stdout).toMatch(/stays {2}night-5 {2}daily snapshot, newest verified\n/);
    expect(shown.stdout).toMatch(/goes {3}night-1\n/);
    expect(shown.stdout).toMatch(/stays {2}script {2}no manifest, nor the name of a snapshot\n/);
    expect(shown.stdout).toMatch(/3 snapshots would go {2}by keep-daily 2; --yes removes them\n$/);
    await run(['prune', '--folder', folder, '--keep-daily', '2', '--yes', '--dry-run']);
    expect(await names(folder)).toHaveLength(6);
  });

  it('tells programs what is kept and why, the same before and after', async () => {
    const folder = await aFolder();
    const line = [
      'prune',
      '--folder',
      folder,
      '--keep-last',
      '1',
      '--keep-within',
      '1d2h',
      '--json',
    ];
    const before = JSON.parse((await run(line)).stdout);
    const reasons = before.kept.map((one: { name: string; reasons: string[] }) => [
      one.name,
      one.reasons,
    ]);
    expect(Object.fromEntries(reasons)).toEqual({
      'night-5': ['last snapshot', 'within 1d2h', 'newest verified'],
      'night-4': ['within 1d2h'],
      script: ['no manifest, nor the name of a snapshot'],
    });
    expect(before.removed.map(({ name }: { name: string }) => name)).toEqual([
      'night-3',
      'night-2',
      'night-1',
    ]);
    expect(Object.keys(before)).toEqual(['kept', 'removed']);
    const after = await run([...line, '--yes']);
    expect([after.code, JSON.parse(after.stdout)]).toEqual([0, before]);
    expect(await names(folder)).toEqual(['night-4', 'night-5', 'script']);
    expect((await run([...line.slice(0, -1), '--yes'])).stdout).toBe(
      '0 snapshots removed, 3 stay\n',
    );
  });

  it.each([[[]], [['--keep-last', '0']], [['--keep-last', '0', '--keep-within', '0d']]])(
    'removes nothing by a policy that keeps nothing: %j',
    async (flags) => {
      const folder = await aFolder();
      const { code, stderr } = await run(['prune', '--folder', folder, '--yes', ...flags]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('no rule says what to keep')]);
      expect(await names(folder)).toHaveLength(6);
    },
  );

  it.each([
    ['--keep-daily', 'x', '--keep-daily takes a number, or unlimited, not x'],
    ['--keep-daily', '-3', '--keep-daily takes a number, or unlimited, not -3'],
    ['--keep-within', '7', '--keep-within takes a duration such as 1y5m7d2h, not 7'],
  ])('refuses %s %s', async (flag, value, why) => {
    const { code, stderr } = await run(['prune', '--folder', '/x', `${flag}=${value}`, '--yes']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
  });

  it('takes the rules of the context where none is given', async () => {
    const folder = await aFolder();
    const config = join(folder, '.config.yaml');
    const url = 'http://127.0.0.1:1';
    const keep = '{ last: 1, within-daily: 25h }';
    await writeFile(
      config,
      `contexts:\n  c:\n    url: ${url}\n    snapshots: { folder: ${folder}, keep: ${keep} }\n`,
    );
    const env = { DKRON_TUI_CONFIG: config };
    const { stdout } = await run(['prune', '--context', 'c'], { env });
    expect(stdout).toMatch(/stays {2}night-4 {2}daily within 25h\n/);
    expect(stdout).toContain('by keep-last 1, keep-within-daily 25h; --yes');
    const other = await run(['prune', '--context', 'c', '--keep-last', '4'], { env });
    expect(other.stdout).toContain('1 snapshot would go  by keep-last 4;');
  });
});

describe('pin, unpin and label', () => {
  it('note it in the manifest, of several and by name', async () => {
    const folder = await aFolder();
    const at = ['--folder', folder];
    expect((await run(['pin', 'night-1', 'latest~1', ...at])).stdout).toBe(
      'night-1  pinned, no label\nnight-5  pinned, no label\n',
    );
    await run(['label', 'night-1', 'before the move', ...at]);
    const { stdout } = await run(['snapshots', ...at, '--json']);
    const listed = Object.fromEntries(
      JSON.parse(stdout).map((one: { name: string; pinned: boolean; label: string | null }) => [
        one.name,
        [one.pinned, one.label],
      ]),
    );
    expect(listed).toMatchObject({ 'night-1': [true, 'before the move'], 'night-5': [true, null] });
    expect((await run(['prune', ...at, '--keep-last', '1'])).stdout).toMatch(/night-1 +pinned\n/);
    const json = await run(['unpin', 'night-1', ...at, '--json']);
    expect(JSON.parse(json.stdout)).toEqual({
      path: join(folder, 'night-1'),
      pinned: false,
      label: 'before the move',
    });
    expect((await run(['label', 'night-1', '', ...at])).stdout).toBe(
      'night-1  not pinned, no label\n',
    );
  });

  it('say the way out where there is no manifest, and change none where one is not there', async () => {
    const folder = await aFolder();
    const plain = await run(['pin', 'script', '--folder', folder]);
    expect([plain.code, plain.stderr]).toEqual([
      1,
      expect.stringMatching(/has no manifest[\s\S]*prune leaves it alone then/),
    ]);
    const before = await readFile(manifestPath(join(folder, 'night-1')), 'utf8');
    const missing = await run(['pin', 'night-1', 'night-9', '--folder', folder]);
    expect(missing.code).toBe(8);
    expect(await readFile(manifestPath(join(folder, 'night-1')), 'utf8')).toBe(before);
  });
});

describe('snapshots', () => {
  it('lists what there is of each, and of one kind only', async () => {
    const folder = await aFolder();
    await putSnapshot(folder, 'safe', [aJob({ name: 'b' })], { kind: 'safety', operation: 'o' });
    const { stdout } = await run(['snapshots', '--folder', folder]);
    const rows = stdout.split('\n');
    expect(rows[0]).toMatch(/TAKEN +AGE +JOBS +SIZE +KIND +DIFF +PROOF +LABEL +FILE +CLUSTER$/);
    const night = rows.find((row) => row.includes('night-5'));
    expect(night).toMatch(
      /^2026-11-05T02:00:00Z .* 1 .* B {2}scheduled {2}~1 .* yes +night-5 +prod$/,
    );
    const kind = await run(['snapshots', '--folder', folder, '--kind', 'safety', '--json']);
    expect(JSON.parse(kind.stdout)).toMatchObject([{ name: 'safe', kind: 'safety' }]);
    expect((await run(['snapshots', '--folder', folder, '--kind', 'x'])).code).toBe(2);
  });
});
