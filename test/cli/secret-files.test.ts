import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { countedServer } from '../support/counted-server.ts';
import { home, run } from './run.ts';

test('a password that is at its right place is in no file, and in nothing that is printed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [log, snapshot] = [join(folder, 'log'), join(folder, 'snapshot')];
  const server = await countedServer({ name: 'zones' });
  const env = { DKRON_URL: server.url.replace('//', '//ops:hush@'), DKRON_TUI_LOG: log };
  let said = '';
  for (const argv of [
    ['edit', 'zones', '--yes', '--set', 'retries=3'],
    ['run', 'zones', '--yes'],
    ['undo', '--yes', '--json'],
    ['journal', '--json'],
    ['backup', snapshot],
    ['info', '--json'],
    ['doctor', '--json'],
    ['contexts', '--json'],
    ['job', 'none'],
    ['jobs', '--json'],
  ]) {
    const { stdout, stderr } = await run(argv, { env });
    said += stdout + stderr;
  }
  expect(server.changes()).toEqual(['POST /v1/jobs', 'POST /v1/jobs/zones', 'POST /v1/jobs']);
  const authorization = `Basic ${btoa('ops:hush')}`;
  expect(new Set(server.came.map(({ headers }) => headers['authorization']))).toEqual(
    new Set([authorization]),
  );
  const files = [folder, home].flatMap(filesBelow);
  expect(files).toEqual(expect.arrayContaining([log, snapshot]));
  for (const text of [said, ...files, ...files.map((path) => readFileSync(path, 'latin1'))])
    expect(text).not.toMatch(/hush|b3BzOmh1c2g=/);
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
