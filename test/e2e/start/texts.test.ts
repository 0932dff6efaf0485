import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { program } from '../driver/node.ts';

const texts = readdirSync(fileURLToPath(new URL('../../../dist/texts', import.meta.url)));

/** The arguments that a text answers. */
const asking = (name: string): string[][] => {
  const [first, ...words] = name.split('.');
  if (first === 'version') return [['--version'], ['-V']];
  return first === 'help'
    ? [
        [...words, '--help'],
        [...words, '-h'],
      ]
    : [[first!, ...words]];
};

const home = mkdtempSync(join(tmpdir(), 'dkron-tui-texts-'));
afterAll(() => rmSync(home, { recursive: true }));
const said = (args: readonly string[], env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    env: { HOME: home, PATH: process.env['PATH']!, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

it.each(texts)('%s is said as the program says it', (name) => {
  const [asked = [], ...alike] = asking(name);
  // A log is what no text can write: the program answers.
  const long = said(asked, { DKRON_TUI_LOG: join(home, 'log') });
  for (const words of [asked, ...alike]) expect(said(words)).toEqual(long);
  expect(long).toMatchObject({ status: 0, stderr: '' });
  expect(long.stdout.length).toBeGreaterThan(5);
});

it.each([
  ['--help', '--json'],
  ['--no-color', '--version'],
  ['nonsense', '--help'],
  ['jobs', '--help', '--url', 'x'],
  ['--color', 'pink', '--version'],
  ['completion', 'csh'],
  ['completion'],
  ['help', 'jobs'],
  ['--', '--help'],
])('%s %s %s %s is left to the program', (...args) => {
  const words = args.filter((word) => word !== undefined);
  expect(said(words)).toEqual(said(words, { DKRON_TUI_LOG: join(home, 'log') }));
});

const sh = (script: string) =>
  spawnSync('bash', ['-c', script, process.execPath, program], { encoding: 'utf8' });

it('nobody who reads is no failure', () => {
  const { stdout, stderr } = sh('set -o pipefail; "$0" "$1" --help | true; echo $?');
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
});

it('a full disk is told', () => {
  const { stdout, stderr } = sh('"$0" "$1" --version > /dev/full; echo $?');
  expect(stdout).toBe('1\n');
  expect(stderr).toMatch(/standard output cannot be written/);
});
