import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { fresh } from './fresh.ts';
import { run } from './run.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-drift-'));
  onTestFinished(() => rm(folder, { recursive: true }));
});

const put = (name: string, text: string) => writeFile(join(folder, name), text);

const config = {
  url: 'http://a',
  body: '{"a":1,"b":[2,3]}',
  headers: '["Authorization: Bearer old"]',
};

/** A server, and a folder exported from it. */
async function exported() {
  const server = await fresh(
    { name: 'a', executor: 'http', executor_config: config },
    { name: 'b', retries: 1 },
    { name: 'c' },
  );
  expect((await server.dkron('export', folder)).code).toBe(0);
  return server;
}

test('is none after an export, whatever Dkron has counted since', async () => {
  const { dkron } = await exported();
  await dkron('run', 'c', '--yes');
  const { code, stdout } = await dkron('drift', folder);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\S+ and http:\S+: 3 the same\n$/);
  expect((await dkron('drift', folder, '--markdown')).stdout).toContain('### No drift: ');
});

test('is told a job at a time, and which way', async () => {
  const { dkron, url } = await exported();
  await dkron('edit', 'b', '--set', 'retries=4', '--yes');
  await dkron('delete', 'c', '--yes');
  await dkron('create', 'd', '--template', 'shell', '--yes');
  const { code, stdout } = await dkron('drift', folder);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^b {2}changed\n retries +− 4\n +\+ 1$/m);
  expect(stdout).toContain('\nc  only in the folder\nd  only on the server\n');
  expect(stdout).toContain('\n− the server has, + the folder says\n');
  expect(stdout).toContain(': 1 changed, 1 only in the folder, 1 only on the server, 1 the same\n');
  expect(JSON.parse((await dkron('drift', folder, '--json')).stdout)).toEqual({
    folder,
    server: url,
    same: 1,
    changed: [{ name: 'b', changes: [{ path: 'retries', server: '4', folder: '1' }] }],
    onlyFolder: [{ name: 'c' }],
    onlyServer: [{ name: 'd' }],
    unreadable: [],
  });
  // What is told is what `apply` writes.
  expect((await dkron('apply', folder, '--yes')).code).toBe(0);
  expect((await dkron('drift', folder)).code).toBe(3);
  expect((await dkron('drift', folder, '--only-folder')).code).toBe(0);
});

test('does not show credentials unless asked', async () => {
  const { dkron } = await exported();
  const path = join(folder, 'a.yaml');
  await writeFile(path, (await readFile(path, 'utf8')).replace('Bearer old', 'Bearer sesame'));
  for (const form of [[], ['--json'], ['--markdown']]) {
    const told = await dkron('drift', folder, ...form);
    expect([told.code, told.stdout]).toEqual([3, expect.stringContaining('(changed)')]);
    expect(told.stdout).not.toMatch(/sesame|Bearer old/);
    expect((await dkron('drift', folder, '--show-secrets', ...form)).stdout).toContain('sesame');
  }
});

test('never ends with 3 for an error, and still compares the others', async () => {
  const { dkron } = await exported();
  await dkron('edit', 'b', '--set', 'retries=4', '--yes');
  await put('c.yaml', 'name: c\nschedule: "broken\n');
  await put('docker-compose.yaml', 'services: {}\n');
  const { code, stdout, stderr } = await dkron('drift', folder);
  expect(code).toBe(7);
  expect(stdout).toContain('b  changed');
  expect(stdout).toMatch(/^c {2}cannot be read\n .*c\.yaml, line/m);
  expect(stderr).toContain('left out: ');
  expect(stderr).toContain('1 job cannot be compared');
  expect((await dkron('drift', join(folder, 'nowhere'))).code).toBe(8);
  expect((await run(['drift', folder, '--url', 'http://127.0.0.1:9'])).code).toBe(6);
  expect((await dkron('drift', folder, '--json', '--markdown')).code).toBe(2);
});

test('is Markdown that no text of a job breaks out of', async () => {
  const { dkron } = await exported();
  const evil = '```\n</details>\n<img src=x>\n@everyone | `` | \\| x';
  await dkron('edit', 'b', '--set', `owner=${evil}`, '--set', `tags.a|b\`c=${evil}`, '--yes');
  const { code, stdout } = await dkron('drift', folder, '--markdown');
  expect(code).toBe(3);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^### Drift: `.+` and `http.+`$/);
  const [row] = lines.filter((line) => line.startsWith('| `b`'));
  expect(row).toBe('| `b` | changed | `owner` ``tags.a¦b`c`` |');
  // The block's fence is longer than any inside, and ends where we end it.
  const fence = lines.find((line) => line.endsWith('`diff'))!.replace('diff', '');
  expect(fence.length).toBeGreaterThan(3);
  const [from, to] = [lines.indexOf(`${fence}diff`), lines.lastIndexOf(fence)];
  const inside = lines.slice(from + 1, to);
  expect(inside.every((line) => /^(?:@@ |[-+ …] )/.test(line))).toBe(true);
  expect(inside.join('\n')).toContain('</details>');
  expect(lines.filter((line) => line === '</details>')).toHaveLength(1);
  expect(lines.slice(to + 1)).toEqual(['', '</details>', '']);
});
