import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './run.ts';

/** Addresses with a user and a password `hush`, written right or wrong. */
const addresses = [
  'http://ops:hush@127.0.0.1',
  'http://ops:hush/HOST',
  'http://ops:hush',
  'http://ops:hu/hush@127.0.0.1',
  'http//ops:hush@127.0.0.1',
  'http:/ops:hush@127.0.0.1',
  'http:ops:hush@127.0.0.1',
  'htp://ops:hush@127.0.0.1',
  'HTTPS://ops:hush@127.0.0.1:99999',
  'ops:hush@127.0.0.1',
  'ops:hu/hush@127.0.0.1:8080',
  '//ops:hush@127.0.0.1',
  'https://ops:hush hush@127.0.0.1',
  'https://ops:hush"hush@127.0.0.1',
  "https://ops:hush'hush@127.0.0.1",
  'https://ops:hush<hush>@127.0.0.1',
  'https://ops:hush#hush@127.0.0.1',
  'https://ops:hush?hush@127.0.0.1',
  'https://ops:hush\\hush@127.0.0.1',
  'https://ops:hush@hush@127.0.0.1',
  'https://:hush@127.0.0.1',
  'https://hush@127.0.0.1',
  'https://ops:hush@',
  'https://ops:hush@[::1',
  'https://ops:hush@ho st/path',
  'https://ops:hush\nhush@127.0.0.1',
  '\u202ehttps://ops:hush@127.0.0.1',
  '=https://ops:hush@127.0.0.1',
  '"https://ops:hush@127.0.0.1"',
];

/** An address that is taken for the name of a file is one. */
const before = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'dkron-tui-echo-'));
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const doors: Readonly<Record<string, (address: string) => string[]>> = {
  '--url': (a) => ['jobs', '--url', a],
  '--url=': (a) => ['jobs', `--url=${a}`],
  'a mistyped option': (a) => ['jobs', `--urll=${a}`],
  'a mistyped option of its own': (a) => ['jobs', '--urll', a],
  'a short option': (a) => ['jobs', `-u${a}`],
  'a command': (a) => [a],
  'one operand too many': (a) => ['jobs', a],
  'a job': (a) => ['job', a],
  'a job to run': (a) => ['run', '--yes', a],
  '--refresh': (a) => ['--refresh', a, 'jobs'],
  '--zone': (a) => ['jobs', '--zone', a],
  '--server-zone': (a) => ['jobs', '--server-zone', a],
  '--context': (a) => ['jobs', '--context', a],
  '--limit': (a) => ['executions', 'a', '--limit', a],
  'a shell': (a) => ['completion', a],
  'a file': (a) => ['restore', '--yes', a],
  'a schedule': (a) => ['schedule', 'next', a],
  'a setting': (a) => ['edit', 'a', '--yes', '--set', a],
  'a template': (a) => ['create', 'a', '--yes', '--template', a],
  'a change': (a) => ['undo', '--yes', '--change', a],
  'a port': (a) => ['demo', '--port', a],
  'a topic of help': (a) => ['help', a],
};

describe('a password that was typed at a wrong place', () => {
  test.each(Object.keys(doors))('is not told back: %s', async (door) => {
    const leaks: string[] = [];
    for (const address of addresses)
      for (const json of [[], ['--json']]) {
        const argv = [...doors[door]!(address), ...json];
        const env = argv.includes('--url') ? {} : { DKRON_URL: 'http://127.0.0.1:1' };
        const { stdout, stderr } = await run(argv, { env });
        if (/hush/.test(stdout + stderr)) leaks.push(`${address} → ${stdout + stderr}`);
      }
    expect(leaks).toEqual([]);
  });

  test.each(['DKRON_URL', 'DKRON_CONTEXT', 'DKRON_SERVER_ZONE', 'DKRON_TUI_LOG'])(
    'is not told back: %s',
    async (name) => {
      const leaks: string[] = [];
      for (const address of addresses) {
        const { stdout, stderr } = await run(['jobs'], { env: { [name]: address } });
        if (/hush/.test(stdout + stderr)) leaks.push(`${address} → ${stdout + stderr}`);
      }
      expect(leaks).toEqual([]);
    },
  );
});
