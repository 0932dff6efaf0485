import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { manifestText } from '../../src/snapshot/archive/manifest.ts';
import { aSnapshot, writeSnapshot } from '../support/manifested.ts';
import { run } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-verify-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const { text, manifest } = aSnapshot(['a', 'b', 'c']);
const path = (name: string): string => join(folder, name);
const good = (name = 'good') => writeSnapshot(path(name), text, manifest);
const bad = (name = 'bad') => writeSnapshot(path(name), text.replace('"b"', '"B"'), manifest);

describe('verify', () => {
  test('proves a snapshot, and says so', async () => {
    const { code, stdout } = await run(['verify', await good()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^VERDICT {2}SNAPSHOT {2}WHY\nproven {3}good {6}3 jobs, each as it came/,
    );
    expect((await run(['verify', '--quiet', path('good')])).stdout).toBe('');
  });

  test('names what is wrong, and ends with 7', async () => {
    const { code, stdout } = await run(['verify', await bad(), await good()]);
    expect(code).toBe(7);
    expect(stdout).toContain('damaged  bad       1 damage; 2 jobs unharmed\n');
    expect(stdout).toMatch(/\n {2}line 2 \(job b\) differs in one bit of byte \d+ alone\n/);
    expect(stdout).toContain('1 damaged, 1 proven\n');
    const quiet = await run(['verify', '--quiet', path('bad'), path('good')]);
    expect(quiet.stdout).not.toContain('good');
  });

  test('ends with 11 where nothing is damaged and nothing proven', async () => {
    await writeFile(path('alone'), text);
    const { code, stdout } = await run(['verify', path('alone')]);
    expect([code, stdout]).toEqual([11, expect.stringContaining('it has no manifest')]);
    const piped = await run(['verify', '-'], { piped: text });
    expect([piped.code, piped.stdout]).toEqual([11, expect.stringContaining('3 jobs can be read')]);
  });

  test('tells programs all of it in one object', async () => {
    const { code, stdout } = await run(['verify', '--json', await bad()]);
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toEqual({
      verdict: 'damaged',
      files: [
        {
          file: path('bad'),
          verdict: 'damaged',
          jobs: 2,
          why: null,
          damages: [
            {
              kind: 'changed',
              line: 2,
              byte: expect.any(Number),
              jobs: ['b'],
              text: expect.any(String),
            },
          ],
          more: 0,
        },
      ],
    });
  });

  test('takes all snapshots of a folder, or the latest, or one by its name', async () => {
    await good('backup-dkron_2026-11-20T0210Z');
    await bad('backup-dkron_2026-11-21T0210Z');
    const all = await run(['verify', '--all', '--folder', folder, '--json']);
    expect(all.code).toBe(7);
    expect(JSON.parse(all.stdout).files).toHaveLength(2);
    const named = await run(['verify', 'backup-dkron_2026-11-20T0210Z', '--folder', folder]);
    expect(named.code).toBe(0);
    expect((await run(['verify', '--folder', folder])).stdout).toContain('backup-dkron_');
  });

  test('takes all that is in a folder which is named', async () => {
    await good();
    await bad();
    await writeFile(`${path('gone')}.manifest.json`, manifestText(manifest));
    const { code, stdout } = await run(['verify', folder, '--json']);
    expect(code).toBe(7);
    const verdicts = JSON.parse(stdout).files.map((one: { file: string; verdict: string }) => [
      one.file,
      one.verdict,
    ]);
    expect(Object.fromEntries(verdicts)).toEqual({
      [path('good')]: 'proven',
      [path('bad')]: 'damaged',
      [path('gone')]: 'damaged',
    });
  });

  test('takes the latest also where it is known to be damaged: the one before would hide it', async () => {
    await good('backup-dkron_2026-11-20T0210Z');
    const cut = aSnapshot(['a', 'b'], { taken: '2026-11-22T02:10:00.000Z' });
    const later = path('backup-dkron_2026-11-22T0210Z');
    await writeSnapshot(later, cut.text.slice(0, -20), cut.manifest);
    for (const words of [[], ['latest']]) {
      const { code, stdout } = await run(['verify', ...words, '--folder', folder]);
      expect([code, stdout]).toEqual([7, expect.stringContaining('line 2 (job b)')]);
    }
  });

  test('proves nothing where there is nothing', async () => {
    expect((await run(['verify', '--all', '--folder', folder])).code).toBe(8);
    expect((await run(['verify', path('missing')])).code).toBe(8);
    expect((await run(['verify', '--all', 'x', '--folder', folder])).code).toBe(2);
    expect((await run(['verify', folder])).code).toBe(8);
  });
});
