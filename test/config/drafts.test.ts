import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openDrafts } from '../../src/config/drafts.ts';

let folder: string;
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'drafts-'));
  onTestFinished(() => rm(root, { recursive: true }));
  folder = join(root, 'drafts', 'localhost_8080');
});

const draft = { text: 'typed', base: 'stored', at: 1_000 };

describe('drafts', () => {
  it('are on the disk, for their owner only, and come back with what they were made from', async () => {
    await openDrafts(folder).keep('a:schedule', draft);
    expect(await openDrafts(folder).all()).toEqual({
      drafts: new Map([['a:schedule', draft]]),
      passedOver: [],
    });
    const [file = ''] = await readdir(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });

  it('of any key are files of their folder, one each', async () => {
    const keys = ['../victim/x:yaml', 'A:yaml', 'a:yaml', `${'é'.repeat(90)}:yaml`, 'con', '.', ''];
    const drafts = openDrafts(folder);
    await Promise.all(keys.map((key) => drafts.keep(key, { ...draft, text: key })));
    expect(await readdir(join(folder, '..'))).toEqual(['localhost_8080']);
    expect(await readdir(folder)).toHaveLength(keys.length);
    const { drafts: kept } = await drafts.all();
    expect([...kept].map(([key, { text }]) => [key, text]).sort()).toEqual(
      keys.map((key) => [key, key]).sort(),
    );
  });

  it('that come while the disk is busy are written by their newest, and dropped when there is none', async () => {
    const drafts = openDrafts(folder);
    const typing = ['a', 'ab', 'abc'].map((text) => drafts.keep('k', { ...draft, text }));
    await Promise.all(typing);
    expect((await drafts.all()).drafts.get('k')?.text).toBe('abc');
    await drafts.keep('k', null);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that cannot be read are passed over and named, and the others come back', async () => {
    const drafts = openDrafts(folder);
    await drafts.keep('a:schedule', draft);
    await writeFile(join(folder, '100%.bak'), 'x');
    await writeFile(join(folder, 'latin1.json'), Buffer.from([0xe9, 0xff]));
    await writeFile(join(folder, 'other.json'), '[7]');
    await mkdir(join(folder, 'folder.json'));
    await symlink('/nowhere', join(folder, 'gone.json'));
    const { drafts: kept, passedOver } = await drafts.all();
    expect([...kept.keys()]).toEqual(['a:schedule']);
    expect(passedOver).toHaveLength(5);
    for (const name of ['100%.bak', 'latin1.json', 'other.json', 'folder.json', 'gone.json'])
      expect(passedOver).toContainEqual(expect.stringContaining(join(folder, name)));
    expect(passedOver.join()).not.toMatch(/EISDIR|ENOENT|SyntaxError|Unexpected/);
  });

  it('in a folder that is a file are none, and it is named', async () => {
    await mkdir(join(folder, '..'), { recursive: true });
    await writeFile(folder, '');
    const { drafts: kept, passedOver } = await openDrafts(folder).all();
    expect([kept.size, passedOver.length]).toEqual([0, 1]);
    expect(await readFile(folder, 'utf8')).toBe('');
  });
});
