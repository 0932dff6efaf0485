import { globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { keptAt } from '../support/kept.ts';
import { fresh } from './fresh.ts';
import { places, run } from './run.ts';

const read = async (url: string, env: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await run(['info', '--json'], {
    env: { ...env, DKRON_URL: url },
  });
  expect(stderr).toBe('');
  return { code, text: stdout, info: JSON.parse(stdout) as Record<string, Record<string, string>> };
};

it('tells of the program, the terminal, the places and the server', async () => {
  const { url } = await fresh();
  await run(['backup', '--url', url]);
  const { snapshots } = await keptAt(places, url);
  await mkdir(places.defects, { recursive: true });
  await writeFile(join(places.defects, '2026-11-21T143129000Z-1-0.txt'), 'x');
  const { code, info } = await read(url, { TERM: 'xterm-256color', LANG: 'C.UTF-8', EDITOR: 'vi' });
  expect(code).toBe(0);
  expect(info).toMatchObject({
    program: { version: 'development', node: process.versions.node },
    terminal: { TERM: 'xterm-256color', colours: '256', locale: 'C.UTF-8', size: 'no terminal' },
    environment: { DKRON_URL: 'is set', EDITOR: 'vi' },
    places: { snapshots: `${snapshots} (0700)` },
    server: { address: url, version: '4.1.2', leader: expect.any(String) },
  });
  expect(Object.values(info['defects']!)).toEqual([
    join(places.defects, '2026-11-21T143129000Z-1-0.txt'),
  ]);
});

it('holds nothing of who asks', async () => {
  const { url } = await fresh();
  const { text, info } = await read(url.replace('//', '//planted-user:planted-password@'), {
    NODE_OPTIONS: '--planted',
  });
  expect(info['server']).toMatchObject({ address: url });
  expect(text).not.toContain('planted');
});

it.each([
  ['http://user:planted@127.0.0.1:1', /cannot be reached: connection refused/],
  ['ftp://planted', /does not begin with http/],
])('fails for no server: %s', async (url, problem) => {
  const { code, text, info } = await read(url);
  expect(code).toBe(0);
  expect(info['server']!['problem']).toMatch(problem);
  expect(text).not.toContain('planted');
});

it('tells of a mistake in the file of contexts', async () => {
  const path = join(places.defects, '..', 'config.yaml');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'contexts: { a: { url: b, lable: c } }\ncurrent: a\n', { mode: 0o600 });
  const { code, stdout } = await run(['info', '--json'], { env: { DKRON_TUI_CONFIG: path } });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    places: { config: `${path} (0600)` },
    server: { problem: expect.stringContaining('did you mean label?') },
  });
});

it('prints lines for people', async () => {
  const { dkron } = await fresh();
  const { stdout } = await dkron('info');
  expect(stdout).toMatch(/^program +version +development$/m);
  expect(stdout).toMatch(/^server +address +http/m);
});

it('tells of every variable that the program reads', async () => {
  const named = globSync('src/**/*.{ts,tsx}').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/env\['([A-Z_]+)'\]/g)].map(([, name = '']) => name),
  );
  const { url } = await fresh();
  const all = Object.fromEntries([...named, 'HOME'].map((name) => [name, '1']));
  const fitting = { DKRON_SERVER_ZONE: 'UTC', DKRON_TUI_LOG: '/dev/null' };
  const { info } = await read(url, { ...all, ...fitting, DKRON_CONTEXT: '' });
  const told = Object.keys({ ...info['terminal'], ...info['environment'] });
  const otherwise = ['LANG', 'LC_ALL', 'LC_CTYPE', 'HOME'];
  expect(named.filter((name) => !told.includes(name) && !otherwise.includes(name))).toEqual([]);
});
