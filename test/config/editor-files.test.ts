import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { decoded, type EditorFiles, openEditorFiles } from '../../src/config/editor-files.ts';

let folder: string;
let files: EditorFiles;
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'editor-files-'));
  onTestFinished(() => rm(root, { recursive: true }));
  folder = join(root, 'editor', 'localhost_8080');
  files = openEditorFiles(folder);
});

const make = (job = 'a', text = 'given') => files.make({ job, text, base: 'stored' });

/** As if another console had made the file. */
async function madeBy(path: string, pid: number): Promise<void> {
  const note = path.replace(/yaml$/, 'json');
  await writeFile(note, JSON.stringify({ ...JSON.parse(await readFile(note, 'utf8')), pid }));
}
/** Of no process: the highest is far below. */
const dead = 2 ** 31 - 1;

describe('a file for the editor', () => {
  it('is for its owner only, and goes with its note and nothing else', async () => {
    const path = await make();
    await writeFile(join(folder, 'a.yaml~'), 'a backup of the editor');
    expect(await readFile(path, 'utf8')).toBe('given');
    expect([(await stat(path)).mode & 0o777, (await stat(folder)).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    await files.remove(path);
    expect(await readdir(folder)).toEqual(['a.yaml~']);
  });

  it.each(['../victim/x', '/etc/passwd', '..', '', 'é'.repeat(90), 'x'.repeat(5_000), 'a\0b'])(
    'for a job called %j is in its folder, and only it is removed',
    async (job) => {
      const victim = join(folder, '..', 'victim');
      await mkdir(victim, { recursive: true });
      await writeFile(join(victim, 'precious'), 'x');
      const path = await make(job);
      expect(dirname(path)).toBe(folder);
      expect(await readFile(path, 'utf8')).toBe('given');
      await files.remove(path);
      expect(await readdir(victim)).toEqual(['precious']);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('is never one that another has open, also where capital letters are the same', async () => {
    const paths = await Promise.all(['a', 'a', 'A'].map((job) => make(job)));
    expect(new Set(paths.map((path) => basename(path).toLowerCase())).size).toBe(3);
  });
});

describe('what was saved and not taken up', () => {
  it('is found again, with what it was made from', async () => {
    const path = await make();
    expect((await files.left()).drafts.size).toBe(0);
    await writeFile(path, 'saved');
    const found = await openEditorFiles(folder).left();
    expect(found.drafts.get('a')).toEqual({
      text: 'saved',
      base: 'stored',
      at: (await stat(path)).mtimeMs,
      path,
    });
  });

  it('is the newest of a job', async () => {
    for (const [at, text] of ['older', 'newest'].entries()) {
      const path = await make();
      await writeFile(path, text);
      await utimes(path, at + 1, at + 1);
    }
    expect((await files.left()).drafts.get('a')?.text).toBe('newest');
  });

  it('in the editor of another console that is at work is left to that one', async () => {
    const path = await make();
    await writeFile(path, 'saved');
    await madeBy(path, process.ppid);
    expect((await files.left()).drafts.size).toBe(0);
    await madeBy(path, dead);
    expect((await files.left()).drafts.size).toBe(1);
  });

  it.each(['', ' \n', 'given'])(
    'is nothing when the text is %j, and goes after a day',
    async (text) => {
      const path = await make();
      await writeFile(path, text);
      expect((await files.left()).drafts.size).toBe(0);
      expect(await readdir(folder)).toHaveLength(2);
      await utimes(path, 1, 1);
      await files.left();
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('is passed over and named when it cannot be read', async () => {
    await writeFile(await make(), 'saved');
    await writeFile(join(folder, 'broken.json'), '{');
    await mkdir(join(folder, 'a.yaml.swp'));
    const { drafts, passedOver } = await files.left();
    expect(drafts.size).toBe(1);
    expect(passedOver).toEqual([expect.stringContaining('broken.json')]);
  });
});

describe('a text', () => {
  it.each([
    ['UTF-8', Buffer.from('é\n')],
    ['UTF-8 with a mark', Buffer.from('\ufeffé\n')],
    ['CRLF', Buffer.from('é\r\n')],
    ['Latin-1', Buffer.from('é\n', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffé\n', 'utf16le')],
  ])('in %s is read as what was typed', (_, bytes) => {
    expect(decoded(bytes)).toBe('é\n');
  });
});
